import type { TokenRequest } from "../auth/token-cache.ts";
import { type Answer, ConnectionFailure } from "../http/answer.ts";
import type { Attempted } from "../http/http-failure.ts";
import type { AttemptInit, Transport } from "../http/transport.ts";
import { NetworkError, type RecordingStatusError, TimeoutError } from "../model/errors.ts";
import { createRedact, type Redact } from "../util/redact.ts";
import { redactCause } from "../util/redact-cause.ts";
import { beginLifetime } from "../waiting/lifetime.ts";
import { type LeftMs, watchLease } from "./guard-hold.ts";
import type { Services } from "./services.ts";

const slow = "Check the connection to Graph, or allow more time by attemptTimeoutMs.";
const leaseIsOver = "The journal's lease of the call ended meanwhile, so another process may report it.";

/** A request that may be attempted several times. */
export type Request = {
  /** For messages, for example `updateRecordingStatus(recording)`. */
  readonly action: string;
  readonly callId: string;
  readonly tenantId: string | undefined;
  /** Ends the whole call. */
  readonly signal: AbortSignal;
  /** Throws when the request must not leave after all: asked when everything else is ready. */
  readonly mayLeave?: () => undefined | void | Promise<void>;
  /** How long it may be under way, besides. */
  readonly leftMs?: LeftMs | undefined;
  readonly send: (transport: Transport, init: AttemptInit) => Promise<Answer>;
};

/** The answer, or the error that came instead: NETWORK or TIMEOUT, or the reason why the call ended. */
type Result =
  | { readonly answer: Answer; readonly error?: undefined }
  | { readonly answer?: undefined; readonly error: RecordingStatusError };

/** An attempt that was made: a request left, or was about to. */
export type Attempt = Attempted &
  Result & {
    readonly startedAt: number;
    readonly endedAt: number;
    readonly token: string;
    readonly redact: Redact;
  };

/**
 * Makes one attempt: a token, a slot, a request and its answer. Rejects when the call ends before a request leaves, and with CREDENTIAL; what
 * happens later is the attempt's result.
 */
export async function makeAttempt(services: Services, request: Request, challenge: TokenRequest["challenge"]): Promise<Attempt> {
  const { settings, runtime, transport } = services;
  const { action, callId, signal } = request;
  const { token, release } = await prepare(services, request, challenge);
  const attempted = { action, callId, clientRequestId: runtime.randomUUID() };
  const redact = createRedact(token);
  const startedAt = runtime.now();
  const lease = request.leftMs && watchLease(runtime, request.leftMs);
  const lifetime = beginLifetime(runtime, {
    limitMs: settings.attemptTimeoutMs,
    ending: lease && {
      of: lease.over,
      error: () => new TimeoutError(`${action} was not answered in time.`, { ...attempted, hint: leaseIsOver }),
    },
    onLimit: () => new TimeoutError(`${action} was not answered within ${settings.attemptTimeoutMs} ms.`, { ...attempted, hint: slow }),
    parent: signal,
  });
  const made = (result: Result): Attempt => ({ ...attempted, ...result, startedAt, endedAt: runtime.now(), token, redact });
  try {
    const answer = await request.send(transport, { token, clientRequestId: attempted.clientRequestId, signal: lifetime.signal });
    return made({ answer });
  } catch (error) {
    return made({ error: lifetime.signal.aborted ? lifetime.signal.reason : networkError(error, attempted, redact) });
  } finally {
    lifetime.dispose();
    lease?.dispose();
    release();
  }
}

/** A token and a slot. A call may wait long for its slot: a token that has expired meanwhile is not sent. */
async function prepare({ tokens, slots }: Services, { callId, tenantId, signal, mayLeave }: Request, challenge: TokenRequest["challenge"]) {
  for (;;) {
    const { token, isStale } = await tokens.get({ callId, tenantId, signal, challenge });
    const release = await slots.take(signal);
    try {
      const asked = mayLeave?.();
      if (asked !== undefined) await asked;
      signal.throwIfAborted();
      if (!isStale()) return { token, release };
    } catch (error) {
      release();
      throw error;
    }
    release();
  }
}

function networkError(error: unknown, attempted: Attempted, redact: Redact): NetworkError {
  const [problem, thrown]: [string, unknown] =
    error instanceof ConnectionFailure ? [error.message, error.cause] : ["the request could not be made", error];
  return new NetworkError(`${attempted.action} failed: ${problem}${describe(thrown, redact)}.`, {
    ...attempted,
    cause: redactCause(thrown, redact),
    hint: "Check the connection from here to Graph, and proxies and firewalls on the way.",
  });
}

/** The system's code is in the cause of what `fetch` throws. */
function describe(thrown: unknown, redact: Redact): string {
  try {
    let error = thrown;
    // Bounded: causes may go round in a circle.
    for (let depth = 0; depth < 8 && error instanceof Error; depth++, error = error.cause) {
      const { code } = error as { code?: unknown };
      if (typeof code === "string") return ` (${redact(code, 50)})`;
    }
  } catch {
    // A getter of the caller's: what it hides is not needed.
  }
  return "";
}
