import type { ClientRequest, IncomingMessage } from "node:http";
import {
  type Answer,
  acceptBrokenOff,
  answerLimitBytes,
  ConnectionFailure,
  type Exchange,
  isSuccess,
  readText,
  type Sent,
} from "../http/answer.ts";
import { joinBytes } from "../util/join-bytes.ts";
import { onAbort } from "../waiting/lifetime.ts";
import { decode } from "./decode.ts";
import type { NodeModules } from "./modules.ts";

/** Named, as the client of Node 22 also reads what stands on a polluted `Object.prototype`: the token would go elsewhere. */
const leftOut = {
  agent: undefined,
  auth: undefined,
  createConnection: undefined,
  defaultPort: undefined,
  hostname: undefined,
  lookup: undefined,
  setHost: undefined,
  signal: undefined,
  socketPath: undefined,
  timeout: undefined,
};

/** Headers that `fetch` adds as well: some gateways refuse who does not name himself. We want no compression: an answer is small. */
const own = { "user-agent": "node", "accept-encoding": "identity" };

type Modules = Pick<NodeModules, "http" | "https" | "zlib">;

/** Exchanges by `node:http` or `node:https`, which take a third of the CPU of `fetch`, and Node's global agent, which keeps connections. */
export function exchangeByNode(baseUrl: string, modules: Modules): Exchange {
  const { protocol, hostname, port, origin } = new URL(baseUrl);
  // Brackets belong to the URL. What comes several times is joined, as `fetch` does.
  const server = { ...leftOut, protocol, host: hostname.replace(/^\[(.*)\]$/, "$1"), port, joinDuplicateHeaders: true };
  const begin = (url: string, { method, headers }: Sent): ClientRequest => {
    // Looked up at each request: what intercepts requests puts its own function there.
    const { request } = protocol === "https:" ? modules.https : modules.http;
    try {
      return request({ ...server, path: url.slice(origin.length), method, headers: { ...own, ...headers } });
    } catch (error) {
      // What Node refuses to send is a failed connection, as it is with `fetch`.
      throw failed(error);
    }
  };
  return async (url, sent, signal) => {
    signal.throwIfAborted();
    return answerTo(begin(url, sent), sent.body, signal, modules);
  };
}

/** Sends the body, and reads the answer. */
function answerTo(request: ClientRequest, body: string | undefined, signal: AbortSignal, modules: Modules): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      stopListening();
      reject(failed(error));
      letGo(request);
    };
    const abort = () => {
      reject(signal.reason);
      letGo(request);
    };
    const stopListening = onAbort(signal, abort);
    // Once the answer has begun, an error of the request says nothing that the answer does not say.
    request.on("error", fail);
    // Without an error: when the server changes the protocol, which nobody asked for.
    const onClose = () => fail(new Error("the connection was closed without an answer"));
    request.on("close", onClose);
    request.on("response", (response) => {
      stopListening();
      request.off("close", onClose);
      // Who listens beside us may have ended the call in this very moment.
      if (signal.aborted) return letGo(request);
      // The answer itself is still to come: on this connection it would be taken for that of the next request.
      if (!(Number(response.statusCode) >= 200)) return fail(new Error(`the server answered with HTTP ${response.statusCode}`));
      resolve(readAnswer(response, signal, modules));
    });
    // What is asked for a connection, or sees each request that is made, may have ended the call as well.
    if (signal.aborted) abort();
    else request.end(body);
  });
}

/** The system's error is the cause's cause, where `fetch` has it too. */
function failed(error: unknown): ConnectionFailure {
  return new ConnectionFailure("the connection failed", { cause: new TypeError("request failed", { cause: error }) });
}

/** Closes the connection. What stands in the place of Node's own may not be able to. */
function letGo(connection: { destroy(): unknown }): void {
  try {
    connection.destroy();
  } catch {
    // Nobody waits for it any more.
  }
}

async function readAnswer(response: IncomingMessage, signal: AbortSignal, modules: Modules): Promise<Answer> {
  const { statusCode: status = 0, headers = {} } = response;
  const { bytes, flaw, error } = await collect(response, signal);
  if (flaw === "broken off") acceptBrokenOff(status, signal, error);
  const answer = { status, ok: isSuccess(status), headers: headersOf(headers) };
  try {
    const decoded = decode(bytes, headers["content-encoding"], modules);
    return { ...answer, ...readText(decoded.bytes, flaw ?? decoded.flaw) };
  } catch (reason) {
    acceptBrokenOff(status, signal, reason);
    return { ...answer, body: "", flaw: "broken off" };
  }
}

type Collected = { readonly bytes: Uint8Array; readonly flaw?: "too large" | "broken off"; readonly error?: unknown };

/** Collects the body as it comes, up to the limit. What has not come whole is let go of. */
function collect(response: IncomingMessage, signal: AbortSignal): Promise<Collected> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isDone = false;
  return new Promise((resolve) => {
    const finish = (how: Omit<Collected, "bytes">) => {
      if (isDone) return;
      isDone = true;
      stopListening();
      resolve({ bytes: joinBytes(chunks, size), ...how });
      if (how.flaw !== undefined) letGo(response);
    };
    const breakOff = (error: unknown) => finish({ flaw: "broken off", error });
    const stopListening = onAbort(signal, () => breakOff(signal.reason));
    response.on("data", (chunk: unknown) => {
      const bytes = bytesOf(chunk);
      if (size + bytes.byteLength > answerLimitBytes) return finish({ flaw: "too large" });
      size += bytes.byteLength;
      chunks.push(bytes);
    });
    response.on("end", () => finish({}));
    response.on("error", breakOff);
    response.on("close", () => breakOff(new Error("the connection was closed amid the answer")));
  });
}

/** Text, where somebody who listens too has asked for it. */
function bytesOf(chunk: unknown): Uint8Array {
  return ArrayBuffer.isView(chunk) ? (chunk as Uint8Array) : new TextEncoder().encode(String(chunk));
}

function headersOf(headers: IncomingMessage["headers"]): Answer["headers"] {
  return { get: (name) => headers[name.toLowerCase()]?.toString() ?? null };
}
