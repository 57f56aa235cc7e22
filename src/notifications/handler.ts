import { asDurationMs, asFunction, type Readers, readObject, readOptions, refuseFor } from "../input/read.ts";
import { readRuntime } from "../input/read-runtime.ts";
import { isRecordingStatusError } from "../model/any-error.ts";
import { TimeoutError } from "../model/errors.ts";
import type { CommsNotification } from "../model/notification.ts";
import { isBag } from "../util/own.ts";
import { beginLifetime, untilEnd } from "../waiting/lifetime.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { type Refusal, readPosted, refuse } from "./read-body.ts";
import type { NotificationVerifier } from "./verifier.ts";

/** Takes notifications: the client of `createRecordingClient` fits. */
export type NotificationReceiver = {
  /** Where a body that was verified goes. */
  readonly notifications: {
    handle(payload: unknown): Promise<{ readonly settled: readonly unknown[]; readonly unmatched: readonly CommsNotification[] }>;
  };
};

/** Options of `createNotificationHandler`. */
export type NotificationHandlerOptions = {
  /**
   * Receives the notifications that nothing waits for here, and the tenant that the token names: a fleet passes them on to the instance that waits.
   * It is awaited, at most for 10 s; when it fails, the answer is 500, so that Graph may send again. What was settled stays settled.
   * @default none
   */
  onUnmatched?: ((unmatched: readonly CommsNotification[], from: { readonly tenantId: string }) => unknown) | undefined;
  /**
   * Receives the error of every request that is not answered with 202, and the status of the answer, for logs. It is not awaited, and what it throws
   * is dropped. No error holds the token.
   * @default none
   */
  onRefused?: ((error: unknown, status: number) => unknown) | undefined;
  /** Longest time for the whole body to come, in milliseconds. @default 10_000 */
  bodyTimeoutMs?: number | undefined;
};

/** A handler in the style of `fetch`. */
export type FetchHandler = (request: Request) => Promise<Response>;

const readers = {
  onUnmatched: asFunction<NonNullable<NotificationHandlerOptions["onUnmatched"]>>(),
  onRefused: asFunction<NonNullable<NotificationHandlerOptions["onRefused"]>>(),
  bodyTimeoutMs: asDurationMs(1),
} satisfies Readers<NotificationHandlerOptions>;

const defaultBodyTimeoutMs = 10_000;
const unmatchedLimitMs = 10_000;
const notGraphs = "The body is no notification of Graph.";

/**
 * Makes the webhook that Graph sends its notifications to: whatever it does not answer with 202 has changed nothing here, except where
 * `onUnmatched` failed. Hono and workers take it as it is; Express and node:http through `toNodeListener`.
 *
 * | answer | when |
 * |---|---|
 * | 202 | the notifications were taken, also when nothing waits for them |
 * | 400 | the body is no JSON in UTF-8, no notification of Graph, or broke off |
 * | 401 | `verifier` refused the `Authorization` header; nothing of the body was read |
 * | 405 | the method is not POST |
 * | 408 | the body did not come within `bodyTimeoutMs` |
 * | 413 | the body has more than 1 MiB |
 * | 415 | the body is compressed |
 * | 500 | the body was read before, `onUnmatched` failed, or something threw that should not |
 *
 * The handler itself never rejects.
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { createNotificationHandler, createNotificationVerifier, toNodeListener } from "teams-recording-status/notifications";
 *
 * const verifier = createNotificationVerifier({ audience: "<your bot's app id>" });
 * createServer(toNodeListener(createNotificationHandler(graph, verifier))).listen(8080);
 * ```
 * @throws {BadInputError} code `BAD_INPUT`: an argument cannot be used.
 * @see https://learn.microsoft.com/graph/api/resources/commsnotifications
 */
export function createNotificationHandler(
  graph: NotificationReceiver,
  verifier: NotificationVerifier,
  options: NotificationHandlerOptions = {},
  runtime: Partial<ClientRuntime> = {},
): FetchHandler {
  const { take, onRefused } = readArguments(graph, verifier, options, runtime);
  return async (request) => {
    const refusal = await take(request).catch((error: unknown): Refusal => ({ status: 500, error }));
    if (refusal === undefined) return new Response(null, { status: 202 });
    dropBody(request);
    tell(onRefused, refusal);
    return answerOf(refusal, request);
  };
}

function readArguments(graph: unknown, verifier: unknown, options: unknown, runtime: unknown) {
  const refuseInput = refuseFor("createNotificationHandler");
  const { notifications } = readObject(graph, "the first argument must be the client of createRecordingClient", refuseInput);
  if (!isBag(notifications) || typeof notifications.handle !== "function") {
    throw refuseInput("the first argument must be the client of createRecordingClient: it has no notifications.handle.");
  }
  const verify = readObject(verifier, "the second argument must be the verifier of createNotificationVerifier", refuseInput);
  if (typeof verify.verify !== "function") {
    throw refuseInput("the second argument must be the verifier of createNotificationVerifier: it has no verify.");
  }
  const read = readOptions(readObject(options, "the options must be an object", refuseInput), readers, refuseInput);
  const taker = {
    // Both were looked at; they are called as methods, for classes.
    graph: graph as NotificationReceiver,
    verifier: verifier as NotificationVerifier,
    onUnmatched: read.onUnmatched,
    bodyTimeoutMs: read.bodyTimeoutMs ?? defaultBodyTimeoutMs,
    runtime: readRuntime(runtime, refuseInput, "fourth"),
  };
  return { take: (request: Request) => takeFrom(taker, request), onRefused: read.onRefused };
}

type Taker = Pick<NotificationHandlerOptions, "onUnmatched"> & {
  readonly graph: NotificationReceiver;
  readonly verifier: NotificationVerifier;
  readonly bodyTimeoutMs: number;
  readonly runtime: ClientRuntime;
};

/** Takes the notifications of one request; says why when it does not. */
async function takeFrom(taker: Taker, request: Request): Promise<Refusal | undefined> {
  const { graph, verifier, onUnmatched, bodyTimeoutMs, runtime } = taker;
  if (request.method !== "POST") return refuse(405, "Notifications are sent by POST.", { headers: { allow: "POST" } });
  const token = await settle(verifier.verify(request.headers.get("authorization")));
  if ("error" in token) return hasCode(token.error, "UNVERIFIED") ? unauthorized(token.error) : { status: 500, error: token.error };
  const posted = await readPosted(request, bodyTimeoutMs, runtime);
  if ("refusal" in posted) return posted.refusal;
  // The client takes what the parser made of a body, too; Graph does not post that.
  if (isParsed(posted.value)) return refuse(400, notGraphs);
  const taken = await settle(graph.notifications.handle(posted.value));
  if ("error" in taken) {
    const isTheirs = hasCode(taken.error, "BAD_NOTIFICATION");
    return { status: isTheirs ? 400 : 500, error: taken.error, ...(isTheirs && { text: notGraphs }) };
  }
  const { unmatched } = taken.value;
  if (onUnmatched === undefined || unmatched.length === 0) return undefined;
  await passOn(async () => onUnmatched(unmatched, { tenantId: token.value.tenantId }), runtime);
  return undefined;
}

/** RFC 6750 section 3: the answer names the scheme. */
function unauthorized(error: unknown): Refusal {
  return { status: 401, error, text: "The token was refused.", headers: { "www-authenticate": "Bearer" } };
}

async function passOn(work: () => Promise<unknown>, runtime: ClientRuntime): Promise<void> {
  const onLimit = () => new TimeoutError(`onUnmatched did not end within ${unmatchedLimitMs / 1000} s.`);
  const { signal, dispose } = beginLifetime(runtime, { limitMs: unmatchedLimitMs, onLimit });
  try {
    await untilEnd(work(), signal);
  } finally {
    dispose();
  }
}

function isParsed(value: unknown): boolean {
  return isBag(value) && !Array.isArray(value.value) && Array.isArray(value.notifications);
}

async function settle<T>(promise: Promise<T>): Promise<{ readonly value: T } | { readonly error: unknown }> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

function hasCode(error: unknown, code: string): boolean {
  return isRecordingStatusError(error) && error.code === code;
}

/** What nobody will read must not hold a connection. */
function dropBody({ body }: Request): void {
  if (!body?.locked) body?.cancel().catch(() => {});
}

function tell(onRefused: NotificationHandlerOptions["onRefused"], { error, status }: Refusal): void {
  (async () => onRefused?.(error, status))().catch(() => {});
}

function answerOf({ status, text, headers }: Refusal, { method }: Request): Response {
  if (text === undefined || method === "HEAD") return new Response(null, { status, headers: { ...headers } });
  const body = new TextEncoder().encode(`${text}\n`);
  // Its length is told, so that who is still sending sees where the answer ends.
  const about = { "content-type": "text/plain; charset=utf-8", "content-length": `${body.byteLength}` };
  return new Response(body, { status, headers: { ...about, ...headers } });
}
