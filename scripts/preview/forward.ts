import { type IncomingMessage, request, type ServerResponse } from "node:http";

/** The longest body that is passed on: the longest valid one has a few hundred bytes. */
const maxBytes = 1024 * 1024;
/** Prism never answers a body that is no JSON: it is refused here, and everything else has a limit. */
const timeLimitMs = 10_000;
/** Of one connection, not of the message. */
const hopByHop = [
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "content-length",
  "host",
  "origin",
  "referer",
  "cookie",
];

/** Passes a request on to the mock, at `path` of its root, and its answer back. */
export async function forward(incoming: IncomingMessage, outgoing: ServerResponse, mock: string, path: string): Promise<void> {
  const body = await readBody(incoming);
  if (body === undefined) return say(outgoing, 413, "The body is longer than 1 MiB.");
  const type = incoming.headers["content-type"] ?? "";
  if (body.length > 0 && /\bjson\b/i.test(type) && !isJson(body))
    return say(outgoing, 400, "The body is no JSON: the mock has not seen it.");
  const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !hopByHop.includes(name)));
  await new Promise<void>((resolve) => {
    const options = { method: incoming.method, headers: { ...headers, "content-length": body.length }, timeout: timeLimitMs };
    const passed = request(new URL(mock + path), options, (answer) => {
      const kept = Object.entries(answer.headers).filter(([name]) => !["connection", "keep-alive", "transfer-encoding"].includes(name));
      outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
      answer.pipe(outgoing).on("close", resolve);
      answer.on("error", () => outgoing.destroy());
    });
    passed.on("timeout", () => passed.destroy(new Error(`no answer within ${timeLimitMs / 1000} s`)));
    passed.on("error", (error) => {
      if (outgoing.headersSent) outgoing.destroy();
      else say(outgoing, 504, `The mock failed: ${error.message}.`);
      resolve();
    });
    outgoing.on("close", () => passed.destroy());
    passed.end(body);
  });
}

/** An answer of the preview itself, not of the mock. */
export function say(outgoing: ServerResponse, status: number, text: string): void {
  outgoing.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
  }
  return length > maxBytes ? undefined : Buffer.concat(chunks);
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString("utf8"));
    return true;
  } catch {
    return false;
  }
}
