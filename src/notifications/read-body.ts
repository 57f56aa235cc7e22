import { BadInputError, BadNotificationError } from "../model/errors.ts";
import { joinBytes } from "../util/join-bytes.ts";
import { parseJson } from "../util/json.ts";
import { beginLifetime, untilEnd } from "../waiting/lifetime.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";

/** Why a request is not answered with 202: the status, the error for who runs the bot, and a short text for who sent it. */
export type Refusal = {
  readonly status: number;
  readonly error: unknown;
  readonly text?: string;
  readonly headers?: { [name: string]: string };
};

/** The JSON value that was posted, or why there is none. */
export type PostedValue = { readonly value: unknown } | { readonly refusal: Refusal };

/** The longest body that is read, in bytes: a notification has less than 10 KiB. */
export const bodyLimitBytes = 1024 * 1024;

/** Reads the body as JSON: bounded in bytes, which are counted as they come, and in time. It never rejects. */
export async function readPosted(request: Request, limitMs: number, runtime: ClientRuntime): Promise<PostedValue> {
  const refusal = refusedByHeaders(request) ?? refusedByUse(request);
  if (refusal !== undefined) return { refusal };
  const onLimit = () => new OutOfTime();
  const { signal, dispose } = beginLifetime(runtime, { limitMs, onLimit, userSignal: request.signal ?? undefined });
  try {
    const bytes = await readBytes(request.body, signal);
    return bytes === undefined ? { refusal: tooLarge() } : parse(bytes);
  } catch (error) {
    return { refusal: error instanceof OutOfTime ? tooSlow(limitMs) : brokenOff(error) };
  } finally {
    dispose();
  }
}

class OutOfTime extends Error {}

function refusedByHeaders({ headers }: Request): Refusal | undefined {
  const coding = headers.get("content-encoding")?.trim().toLowerCase() ?? "";
  if (coding !== "" && coding !== "identity") {
    // RFC 9110 section 12.5.3: the answer says what would be accepted.
    return refuse(415, "The body is compressed, which Graph's notifications are not.", { headers: { "accept-encoding": "identity" } });
  }
  const length = headers.get("content-length")?.trim() ?? "";
  return /^\d+$/.test(length) && Number(length) > bodyLimitBytes ? tooLarge() : undefined;
}

function refusedByUse(request: Request): Refusal | undefined {
  if (!request.bodyUsed && !request.body?.locked) return undefined;
  const text = "The body was already read: mount the handler before the body parser.";
  const hint = "In Express, put app.post(path, toNodeListener(handler)) before app.use(express.json()); in Hono, do not read c.req before.";
  // The mistake is not the sender's.
  return { status: 500, text, error: new BadInputError(`createNotificationHandler: ${text}`, { hint }) };
}

/** The whole body, undefined when there is too much of it. */
async function readBytes(body: ReadableStream<unknown> | null | undefined, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const bytes = { chunks: [] as Uint8Array[], size: 0 };
  const reader = body?.getReader();
  try {
    while (reader !== undefined) {
      const { done, value } = await untilEnd(reader.read(), signal);
      if (done) break;
      if (!(value instanceof Uint8Array)) throw new TypeError("The body is no stream of bytes.");
      bytes.size += value.byteLength;
      if (bytes.size > bodyLimitBytes) return undefined;
      bytes.chunks.push(value);
    }
  } finally {
    // Not awaited: who sends nothing must not hold the answer. After a whole body this does nothing.
    reader?.cancel().catch(() => {});
  }
  return joinBytes(bytes.chunks, bytes.size);
}

function parse(bytes: Uint8Array): PostedValue {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { refusal: refuse(400, "The body is not UTF-8.") };
  }
  const value = parseJson(text);
  return value === undefined ? { refusal: refuse(400, "The body is no JSON.") } : { value };
}

function tooLarge(): Refusal {
  return refuse(413, `The body has more than ${bodyLimitBytes} bytes.`);
}

/** RFC 9110 section 15.5.9. */
function tooSlow(limitMs: number): Refusal {
  return refuse(408, `The body did not come within ${limitMs} ms.`);
}

function brokenOff(cause: unknown): Refusal {
  return refuse(400, "The body broke off.", { cause });
}

/** A refusal of what was sent. */
export function refuse(status: number, text: string, more: { cause?: unknown; headers?: { [name: string]: string } } = {}): Refusal {
  const { cause, headers = {} } = more;
  return { status, text, headers, error: new BadNotificationError(text, { cause }) };
}
