// `npm run bench:gate`: fails when a report costs much more than it did, beside `fetch` in the same run, or a bundle holds much more. The limits
// leave room for busy machines: what they catch is a mistake, not a percent.
import { measureBundles } from "./bundles.ts";
import { callFigures, type Kind } from "./call-figures.ts";
import { inWords, ratiosTo } from "./figures.ts";
import { serve } from "./serve.ts";

/** Of the medians: CPU as a ratio to `fetch`, and bytes. */
const limits: Readonly<Record<Kind, number>> = { "one after the other": 1.8, "64 at once": 1.9, "cold start": 1.5 };
const byteLimits: Readonly<Record<string, number>> = { ".": 42_000, "./client": 4_000, "./notifications": 19_000, "./testing": 11_000 };

let failures = 0;
function tell(what: string, words: string, value: number, limit: number): void {
  const isFine = value <= limit;
  if (!isFine) failures++;
  console.log(`${isFine ? "ok    " : "FAILED"} ${what.padEnd(36)} ${words}, at most ${limit}`);
}

const { origin, server } = await serve();
try {
  for (const [kind, limit] of Object.entries(limits) as [Kind, number][]) {
    const figures = await callFigures({ kind, clients: ["fetch", "ours"], rounds: 5, calls: 8_000, baseUrl: `${origin}/v1.0` });
    const ratios = ratiosTo(figures.get("fetch") ?? [], figures.get("ours") ?? []);
    tell(`a report, ${kind}`, `${inWords(ratios)} of fetch`, ratios.median, limit);
  }
  for (const { entry, first } of await measureBundles()) tell(`bundle of ${entry}, gzip`, `${first} bytes`, first, byteLimits[entry] ?? 0);
} finally {
  server.disconnect();
}
if (failures > 0) {
  console.log("To mend it: look for the cause by `node --cpu-prof`, or in the bundle; a limit moves only with a reason, in bench/gate.ts.");
  process.exitCode = 1;
}
