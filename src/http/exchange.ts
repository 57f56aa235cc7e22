import { joinBytes } from "../util/join-bytes.ts";
import { untilEnd } from "../waiting/lifetime.ts";
import { acceptBrokenOff, answerLimitBytes, ConnectionFailure, type Exchange, isSuccess, readText } from "./answer.ts";

/** `fetch` as the client calls it: with a URL string and an init, whose headers are a plain object. The global `fetch` fits. */
export type GraphFetch = (url: string, init: RequestInit) => Promise<Response>;

/** Exchanges by any `fetch`. */
export function exchangeBy(fetch: GraphFetch): Exchange {
  return async (url, { method, headers, body }, signal) => {
    signal.throwIfAborted();
    const init: RequestInit = { method, headers, signal, redirect: "manual" };
    const pending = call(fetch, url, body === undefined ? init : { ...init, body });
    const response = await untilEnd(pending, signal).catch((error) => {
      if (signal.aborted) letGo(pending);
      signal.throwIfAborted();
      throw new ConnectionFailure("the connection failed", { cause: error });
    });
    // What `Response.error()` gives, and so some interceptors: a failed connection that does not reject. Others answer with no Response at all.
    if (typeof response?.headers?.get !== "function" || response.type === "error") throw new ConnectionFailure("the connection failed");
    const { status, headers: answered } = response;
    const { bytes, flaw } = await readBody(response, signal);
    return { status, ok: isSuccess(status), headers: answered, ...readText(bytes, flaw) };
  };
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

/** Reads up to the limit. */
async function readBody({ body, status }: Response, signal: AbortSignal): Promise<Body> {
  const reader = body?.getReader();
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
    acceptBrokenOff(status, signal, error);
    return { bytes: joinBytes(chunks, size), flaw: "broken off" };
  } finally {
    // Not awaited: a peer that is silent must not hold the caller. After a whole body this does nothing.
    reader.cancel().catch(() => {});
  }
}
