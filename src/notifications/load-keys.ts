import { createLocalJWKSet } from "jose";
import type { Answer } from "../http/answer.ts";
import { exchangeBy, type GraphFetch } from "../http/exchange.ts";
import { TimeoutError } from "../model/errors.ts";
import { parseJson } from "../util/json.ts";
import { isBag } from "../util/own.ts";
import { showError } from "../util/show-error.ts";
import { beginLifetime } from "../waiting/lifetime.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { flawOfUrl } from "./verifier-options.ts";

/** The keys of an issuer, as they were published. */
export type PublishedKeys = {
  readonly url: string;
  readonly kids: ReadonlySet<unknown>;
  readonly count: number;
  /** Finds the key for a token's header: what jose takes for a key. */
  readonly find: ReturnType<typeof createLocalJWKSet>;
};

/** Asks for the keys; the address that was last found will do while the OpenID configuration cannot be read. */
export type LoadKeys = (lastUrl: string | undefined, signal: AbortSignal) => Promise<PublishedKeys>;

/** The longest that one of the two requests may take, in milliseconds. */
const requestLimitMs = 5_000;

/** Makes the function that asks for the OpenID configuration, and then for the keys that it names. OpenID Connect Discovery 1.0 section 4. */
export function createLoadKeys(openIdConfigurationUrl: string, fetch: GraphFetch, runtime: ClientRuntime): LoadKeys {
  const ask = (url: string, signal: AbortSignal) => askFor(url, fetch, runtime, signal);
  const discover = async (signal: AbortSignal) => {
    const { jwks_uri: url } = await ask(openIdConfigurationUrl, signal);
    if (typeof url !== "string") throw new Error(`${openIdConfigurationUrl} names no jwks_uri`);
    const flaw = flawOfUrl(url);
    if (flaw !== undefined) throw new Error(`the jwks_uri that ${openIdConfigurationUrl} names ${flaw}`);
    return url;
  };
  return async (lastUrl, signal) => {
    const url = await discover(signal).catch((error) => {
      if (lastUrl === undefined || signal.aborted) throw error;
      return lastUrl;
    });
    return readKeys(url, await ask(url, signal));
  };
}

function readKeys(url: string, document: { readonly [name: string]: unknown }): PublishedKeys {
  const { keys } = document;
  // None at all is a mistake, as of a service that is starting: the keys from before are better.
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isBag)) throw new Error(`${url} answered with no keys`);
  const kids = new Set(keys.map(({ kid }) => kid));
  return { url, kids, count: keys.length, find: createLocalJWKSet({ keys }) };
}

/** One JSON object; rejects with what went wrong, in words. */
async function askFor(url: string, fetch: GraphFetch, runtime: ClientRuntime, parent: AbortSignal) {
  const onLimit = () => new TimeoutError(`${url} did not answer within ${requestLimitMs / 1000} s`);
  const { signal, dispose } = beginLifetime(runtime, { limitMs: requestLimitMs, onLimit, parent });
  try {
    const headers = { accept: "application/json" };
    const answer = await exchangeBy(fetch)(url, { method: "GET", headers }, signal).catch((error) => {
      if (signal.aborted) throw error;
      throw new Error(`${url} could not be reached (${reasonOf(error)})`, { cause: error });
    });
    return readAnswer(url, answer);
  } finally {
    dispose();
  }
}

function readAnswer(url: string, { status, body, flaw }: Answer): { readonly [name: string]: unknown } {
  // A browser shows a redirect that is not followed as status 0.
  if (status === 0 || (status >= 300 && status <= 399)) throw new Error(`${url} redirects, which is not followed`);
  if (status !== 200) throw new Error(`${url} answered ${status}`);
  if (flaw !== undefined) throw new Error(`${url} answered with a body that is ${flaw}`);
  const document = parseJson(body);
  if (!isBag(document)) throw new Error(`${url} answered with no JSON object`);
  return document;
}

/** The innermost cause, which tells more than "fetch failed". */
function reasonOf(error: unknown): string {
  const messages: string[] = [];
  for (let inner = error; inner instanceof Error && messages.length < 4; inner = inner.cause) messages.push(showError(inner));
  return messages.filter((message) => message !== "").at(-1) ?? "the connection failed";
}
