import type { Exchange } from "../http/answer.ts";
import { exchangeBy } from "../http/exchange.ts";
import { exchangeByNode } from "./exchange-by-node.ts";
import { isFetchUntouched } from "./is-fetch-untouched.ts";
import { nodeModules, type RuntimeGlobals } from "./modules.ts";

/**
 * How requests leave where the caller gives no `fetch`: on Node by its HTTP client, as long as nobody has changed what `fetch` does; else by
 * `globalThis.fetch`. Both are looked up at each request.
 */
export function createDefaultExchange(baseUrl: string): Exchange {
  const byFetch = exchangeBy((url, init) => globalThis.fetch(url, init));
  const modules = nodeModules(globalThis as RuntimeGlobals);
  if (modules === undefined) return byFetch;
  const byNode = exchangeByNode(baseUrl, modules);
  return (url, sent, signal) => (isFetchUntouched(modules) ? byNode : byFetch)(url, sent, signal);
}
