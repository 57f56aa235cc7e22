import { TimeoutError } from "../model/errors.ts";
import { joinBytes } from "../util/join-bytes.ts";
import { untilEnd } from "../waiting/lifetime.ts";

/** `fetch` as the client calls it: with a URL string and an init. The global `fetch` fits. */
export type GraphFetch = (url: string, init: RequestInit) => Promise<Response>;

/** A whole answer in memory. `headers` are live, the body is bounded. */
export type Answer = {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly body: string;
  /** Why the body is not all that was sent, if so. */
  readonly flaw?: "too large" | "broken off" | "not UTF-8" | undefined;
};

/** The most that is read of an answer, in bytes after decompression: Graph's operations and errors are below 2 KiB. */
export const answerLimitBytes = 1024 * 1024;

/** The connection failed or broke: `cause` is what `fetch` threw, not yet checked for the token. */
export class ConnectionFailure extends Error {
  override readonly name = "ConnectionFailure";
}

/**
 * One request and its whole answer, nothing decided. Redirects are not followed: the token goes to the configured origin only.
 * Rejects with the signal's reason when it ends, else with a ConnectionFailure.
 */
export async function exchange(fetch: GraphFetch, url: string, init: RequestInit, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const pending = call(fetch, url, { ...init, signal, redirect: "manual" });
  const response = await untilEnd(pending, signal).catch((error) => {
    if (signal.aborted) letGo(pending);
    signal.throwIfAborted();
    throw new ConnectionFailure("the connection failed", { cause: error });
  });
  // What `Response.error()` gives, and so some interceptors: a failed connection that does not reject.
  if (response.type === "error") throw new ConnectionFailure("the connection failed");
  const { status, headers } = response;
  const ok = status >= 200 && status <= 299;
  const { bytes, flaw } = await readBody(response, ok, signal);
  return { status, ok, headers, ...decode(bytes, flaw) };
}

/** A `fetch` that is deaf to its signal may still answer: its connection must not stay open for a body that nobody reads. */
function letGo(pending: Promise<Response>): void {
  pending.then((response) => response.body?.cancel()).catch(() => {});
}

/** A `fetch` that throws instead of rejecting is a failed connection too. */
async function call(fetch: GraphFetch, url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init);
}

type Body = { readonly bytes: Uint8Array; readonly flaw?: "too large" | "broken off" | undefined };

/** Reads up to the limit. A body that breaks off makes a 2xx a failed connection; of a refusal it takes nothing away. */
async function readBody(response: Response, ok: boolean, signal: AbortSignal): Promise<Body> {
  const reader = response.body?.getReader();
  if (reader === undefined) return { bytes: new Uint8Array() };
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await untilEnd(reader.read(), signal);
      if (done) return { bytes: joinBytes(chunks, size) };
      size += value.byteLength;
      if (size > answerLimitBytes) return { bytes: joinBytes(chunks, size - value.byteLength), flaw: "too large" };
      chunks.push(value);
    }
  } catch (error) {
    // A time-out of the attempt, too: what a refusal says is known, however slowly it comes. The end of the call is another thing.
    const callEnded = signal.aborted && !(signal.reason instanceof TimeoutError);
    if (!ok && !callEnded) return { bytes: joinBytes(chunks, size), flaw: "broken off" };
    signal.throwIfAborted();
    throw new ConnectionFailure("the connection broke while Microsoft Graph was answering", { cause: error });
  } finally {
    // Not awaited: a peer that is silent must not hold the caller. After a whole body this does nothing.
    reader.cancel().catch(() => {});
  }
}

/** UTF-8 without a byte order mark (RFC 8259 section 8.1 lets a reader ignore it). */
function decode(bytes: Uint8Array, flaw: Body["flaw"]): Pick<Answer, "body" | "flaw"> {
  try {
    return { body: new TextDecoder("utf-8", { fatal: true }).decode(bytes), flaw };
  } catch {
    return { body: new TextDecoder().decode(bytes), flaw: flaw ?? "not UTF-8" };
  }
}
