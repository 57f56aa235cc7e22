import type { GraphFetch } from "teams-recording-status";
import type { Json } from "./spec.ts";

/** One request as it went to the wire, and what came back. */
export type Exchange = {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Headers;
  /** The body, parsed; undefined when there is none. */
  readonly body: Json | undefined;
  readonly redirect: RequestRedirect | undefined;
  /** Undefined until the headers of the answer are in. */
  answer?: { readonly status: number; readonly headers: Headers };
};

/** A `fetch` that keeps a record. `exchanges` is empty when nothing was sent. */
export function observeFetch(inner: GraphFetch = fetch) {
  const exchanges: Exchange[] = [];
  const observed: GraphFetch = async (url, init) => {
    const { method, headers, body, redirect } = init;
    const parsed = typeof body === "string" ? (JSON.parse(body) as Json) : undefined;
    const exchange: Exchange = { url, method, headers: new Headers(headers), body: parsed, redirect };
    exchanges.push(exchange);
    const response = await inner(url, init);
    exchange.answer = { status: response.status, headers: response.headers };
    return response;
  };
  return { fetch: observed, exchanges };
}

/** Asks Prism's mock for one of the spec's examples: it knows no other way. */
export function preferring(code: number, example: string): GraphFetch {
  return (url, init) => {
    const headers = new Headers(init.headers);
    headers.set("prefer", preference(code, example));
    return fetch(url, { ...init, headers });
  };
}

export function preference(code: number, example: string): string {
  return `code=${code}, example=${example}`;
}
