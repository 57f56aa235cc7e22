import type { ClientRequest, IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { type Answer, acceptBrokenOff, answerLimitBytes, ConnectionFailure, type Exchange, isSuccess, readText } from "../http/answer.ts";
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

/** Exchanges by `node:http` or `node:https`, which take a third of the CPU of `fetch`, and Node's global agent, which keeps connections. */
export function exchangeByNode(baseUrl: string, modules: Pick<NodeModules, "http" | "https" | "stream" | "zlib">): Exchange {
  const { protocol, hostname, port, origin } = new URL(baseUrl);
  // As `fetch` does: brackets belong to the URL, what comes several times is joined, and some gateways refuse who does not name himself.
  const server = { ...leftOut, protocol, host: hostname.replace(/^\[(.*)\]$/, "$1"), port, joinDuplicateHeaders: true };
  const own = { "user-agent": "node" };
  return (url, { method, headers, body }, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      // Looked up at each request: what intercepts requests puts its own function there.
      const { request } = protocol === "https:" ? modules.https : modules.http;
      const sent = begin(() => request({ ...server, path: url.slice(origin.length), method, headers: { ...own, ...headers } }));
      const stopListening = onAbort(signal, () => {
        sent.destroy();
        reject(signal.reason);
      });
      const fail = (error: unknown) => {
        stopListening();
        reject(failed(error));
      };
      sent.on("error", fail);
      // Without an error: when the server changes the protocol, which nobody asked for.
      const onClose = () => fail(new Error("the connection was closed without an answer"));
      sent.on("close", onClose);
      sent.on("response", (response) => {
        stopListening();
        sent.off("close", onClose);
        // From here on what happens to the request happens to the answer.
        resolve(readAnswer(response, decode(response, modules), signal));
      });
      sent.end(body);
    });
}

/** What Node refuses to send is a failed connection, as it is with `fetch`. */
function begin(request: () => ClientRequest): ClientRequest {
  try {
    return request();
  } catch (error) {
    throw failed(error);
  }
}

/** The system's error is the cause's cause, where `fetch` has it too. */
function failed(error: unknown): ConnectionFailure {
  return new ConnectionFailure("the connection failed", { cause: new TypeError("request failed", { cause: error }) });
}

/** Reads up to the limit, of the decoded body. */
function readAnswer(response: IncomingMessage, body: Readable, signal: AbortSignal): Promise<Answer> {
  const { statusCode: status = 0 } = response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const finish = (flaw?: "too large" | "broken off") => {
      stopListening();
      resolve({ status, ok: isSuccess(status), headers: headersOf(response), ...readText(joinBytes(chunks, size), flaw) });
    };
    const letGo = () => {
      body.destroy();
      response.destroy();
    };
    const breakOff = (error: unknown) => {
      stopListening();
      letGo();
      try {
        acceptBrokenOff(status, signal, error);
        finish("broken off");
      } catch (why) {
        reject(why);
      }
    };
    const stopListening = onAbort(signal, () => breakOff(signal.reason));
    body.on("data", (chunk: Uint8Array) => {
      if (size + chunk.byteLength > answerLimitBytes) {
        finish("too large");
        return letGo();
      }
      size += chunk.byteLength;
      chunks.push(chunk);
    });
    body.on("end", () => finish());
    body.on("error", breakOff);
  });
}

function headersOf({ headers }: IncomingMessage): Answer["headers"] {
  return { get: (name) => headers[name.toLowerCase()]?.toString() ?? null };
}
