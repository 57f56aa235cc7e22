import { type ClientRuntime, completeRuntime } from "../waiting/runtime.ts";
import { type NodeRequest, toWebRequest } from "./node-request.ts";

/** What is used of a `ServerResponse` of node:http; that of Express is one too. */
export type NodeResponse = {
  statusCode: number;
  readonly writableEnded: boolean;
  readonly destroyed: boolean;
  setHeader(name: string, value: string | readonly string[]): unknown;
  flushHeaders(): void;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  destroy(): unknown;
  once(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
};

/** How much of a body that nobody wants is read, so that its sender gets to see the answer, in bytes and in milliseconds. */
const drainLimitBytes = 256 * 1024;
const drainLimitMs = 1_000;

/**
 * Makes a listener of node:http from a handler in the style of `fetch`: `createServer(toNodeListener(handler))`, or in Express
 * `app.post(path, toNodeListener(handler))`, before any body parser. Its promise never rejects.
 *
 * The request's signal is aborted when the client disconnects. A body that the handler has not read to its end is read on for 256 KiB and one
 * second at most, and then the connection is closed. A handler that throws is answered with 500.
 */
export function toNodeListener(
  handler: (request: Request) => Response | Promise<Response>,
  runtime: Partial<ClientRuntime> = {},
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  const time = completeRuntime(runtime);
  return async (request, response) => {
    const gone = new AbortController();
    // What fails after the client has gone is told by "close".
    response.once("error", () => {});
    response.once("close", () => {
      if (!response.writableEnded) gone.abort();
    });
    try {
      await write(await answer(handler, request, gone.signal), request, response, time);
    } catch {
      // The client is gone, or a body broke off in the middle of an answer: nobody can be told.
      response.destroy();
    }
  };
}

async function answer(
  handler: (request: Request) => Response | Promise<Response>,
  request: NodeRequest,
  signal: AbortSignal,
): Promise<Response> {
  const webRequest = await toWebRequest(request, signal).catch(() => undefined);
  if (webRequest === undefined) {
    return isForbidden(request) ? new Response(null, { status: 405, headers: { allow: "POST" } }) : new Response(null, { status: 400 });
  }
  try {
    return await handler(webRequest);
  } catch {
    return new Response(null, { status: 500 });
  }
}

/** No web Request may have one of these: Fetch, "forbidden method". */
function isForbidden({ method = "" }: NodeRequest): boolean {
  return /^(CONNECT|TRACE|TRACK)$/i.test(method);
}

async function write(answer: Response, request: NodeRequest, response: NodeResponse, runtime: ClientRuntime): Promise<void> {
  if (response.destroyed) return void (await answer.body?.cancel());
  const { status, headers, body } = answer;
  const isWhole = request.complete;
  response.statusCode = status;
  for (const [name, value] of headers) if (name !== "set-cookie") response.setHeader(name, value);
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  // The next request of a connection begins where this body ends, and nobody is going to read so far.
  if (!isWhole) response.setHeader("connection", "close");
  // Else the answer of a listener that is still reading would have no end before that has.
  if (body === null && request.method !== "HEAD" && status !== 204 && status !== 304) response.setHeader("content-length", "0");
  response.flushHeaders();
  if (body !== null) await writeBody(body, response);
  if (!isWhole) await drain(request, runtime);
  if (!response.destroyed) response.end();
}

async function writeBody(body: ReadableStream<Uint8Array>, response: NodeResponse): Promise<void> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || response.destroyed) return;
      if (!response.write(value)) await flushed(response);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function flushed(response: NodeResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once("drain", resolve);
  response.once("close", resolve);
  await promise;
  response.off("drain", resolve);
  response.off("close", resolve);
}

/** Reads on and throws away: a connection that is closed on what was not read is reset, and the answer on its way with it. */
async function drain(request: NodeRequest, runtime: ClientRuntime): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let size = 0;
  const count = (chunk: Uint8Array) => {
    size += chunk.byteLength;
    if (size > drainLimitBytes) resolve();
  };
  const cancel = runtime.schedule(resolve, drainLimitMs);
  if (request.readableEnded || request.destroyed) resolve();
  request.on("data", count);
  const finish = () => resolve();
  for (const event of ["end", "close", "error"]) request.on(event, finish);
  await promise;
  cancel();
  request.off("data", count);
  // The listener for errors stays: one that comes later would be thrown.
  for (const event of ["end", "close"]) request.off(event, finish);
  request.pause();
}
