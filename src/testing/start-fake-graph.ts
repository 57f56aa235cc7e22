import type { IncomingMessage, ServerResponse } from "node:http";
import { parseJson } from "../util/json.ts";
import { isBag } from "../util/own.ts";
import { refusal } from "./fake-answers.ts";
import { createFake, type FakeGraph, type FakeGraphOptions } from "./fake-graph.ts";
import { loadModule } from "./load-module.ts";
import { readText } from "./read-text.ts";
import { createRealClock } from "./real-clock.ts";
import type { UntimedEvent } from "./trace.ts";

/** A fake Graph that is served over HTTP: a fake, and where it is. */
export type FakeGraphServer = FakeGraph & {
  /** Its root, `http://127.0.0.1:<port>`; `baseUrl` is the same with `/v1.0`. */
  readonly url: string;
  /** Breaks its connections, frees the port and takes its timers away. Idempotent. */
  close(): Promise<void>;
};

/** The longest body that is read, in bytes: a report has less than 2 KiB. */
const bodyLimitBytes = 1024 * 1024;

/**
 * Serves a fake Graph on a free port of 127.0.0.1, for bots in any language. Needs Node. Any Bearer token will do, as such bots have credentials
 * of their own. Delays are real: pass `clock: createFakeClock()` where the test moves time itself.
 *
 * A bot in another process cannot use `recorder` and `sink`: it, or what watches its files, tells what happened by
 * `POST <url>/note` with an event as JSON, for example `{ "type": "persisted", "callId": "my-call", "chunk": "line 1" }`.
 */
export async function startFakeGraph({ clock }: FakeGraphOptions = {}): Promise<FakeGraphServer> {
  const { createServer } = await loadModule<typeof import("node:http")>("node:http");
  const real = clock === undefined ? createRealClock() : undefined;
  const server = createServer((request, response) => {
    serve(fake, url, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const fake = createFake({
    clock: clock ?? real ?? createRealClock(),
    origin: url,
    accepts: anyToken,
  });
  let closed: Promise<void> | undefined;
  return {
    ...fake,
    url,
    close() {
      closed ??= new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        real?.stop();
      });
      return closed;
    },
  };
}

/** Bots in other languages have credentials of their own. */
export const anyToken = (authorization: string | null): boolean => /^Bearer ./i.test(authorization ?? "");

/** Answers a request to a fake that is served over HTTP. */
export async function serve(fake: FakeGraph, root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  // Who hangs up waits for no answer any more: what the fake waits with ends too.
  response.on("close", () => gone.abort());
  const { method = "GET", url = "/" } = request;
  const body = await readText(request, bodyLimitBytes);
  const answer = await answerTo(fake, new URL(url, root), { method, headers: readHeaders(request), signal: gone.signal }, body);
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

async function answerTo(fake: FakeGraph, url: URL, init: RequestInit, body: string | undefined): Promise<Response> {
  if (body === undefined) return refusal(413, "RequestEntityTooLarge", `A body has at most ${bodyLimitBytes} bytes.`);
  if (url.pathname === "/note" && init.method === "POST") return takeNote(fake, parseJson(body));
  return fake.fetch(url.href, init.method === "GET" || init.method === "HEAD" ? init : { ...init, body });
}

/** Types that a bot may tell of; the fake knows the others itself. */
const noted: ReadonlySet<unknown> = new Set<UntimedEvent["type"]>([
  "recorderStart",
  "recorderStop",
  "recorderStopped",
  "stopBegan",
  "callEnded",
  "settled",
  "offered",
  "persisted",
]);

function takeNote(fake: FakeGraph, event: unknown): Response {
  if (!isBag(event) || !noted.has(event.type) || typeof event.callId !== "string") {
    return refusal(
      400,
      "FakeGraph",
      `A note has a callId and a type: ${[...noted].join(", ")}; what was offered or persisted has a chunk.`,
    );
  }
  const { type, callId, chunk = "" } = event;
  const hasChunk = type === "offered" || type === "persisted";
  fake.note({ type, callId, ...(hasChunk && { chunk: String(chunk) }) } as UntimedEvent);
  return new Response(null, { status: 204 });
}

function readHeaders(request: IncomingMessage): [string, string][] {
  return Object.entries(request.headers).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one]));
}
