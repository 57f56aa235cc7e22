import type { Exchange } from "../http/answer.ts";
import { exchangeBy } from "../http/exchange.ts";
import { exchangeByNode } from "./exchange-by-node.ts";
import { isFetchUntouched } from "./is-fetch-untouched.ts";
import { nodeModules, type RuntimeGlobals } from "./modules.ts";

/**
 * How requests could leave where the caller gives no `fetch`: on Node by its HTTP client, as long as nobody has changed what `fetch` does; else by
 * `globalThis.fetch`. Both are looked up at each request.
 *
 * The client does not use it yet. It is so quick that a closing status may overtake at Graph a `recording` that was cut off in flight a millisecond
 * before (test/journal/crash.test.ts shows it in one run of 30 to 40): the one that was cut off must be given time first.
 */
export function createDefaultExchange(baseUrl: string): Exchange {
  const byFetch = exchangeBy((url, init) => globalThis.fetch(url, init));
  const modules = nodeModules(globalThis as RuntimeGlobals);
  if (modules === undefined) return byFetch;
  const byNode = exchangeByNode(baseUrl, modules);
  return (url, sent, signal) => (isFetchUntouched(modules) ? byNode : byFetch)(url, sent, signal);
}
