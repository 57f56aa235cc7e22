// Random lives of a recording against the rules of its end. SOAK_RUNS and SOAK_SEED make it longer: npm run test:soak.
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createClient } from "./library.ts";
import { findFaults, scenarios } from "./scenario.ts";
import { watchUnhandled } from "./unhandled.ts";

const runs = Number(process.env.SOAK_RUNS ?? 400);
const seed = Number(process.env.SOAK_SEED ?? Math.floor(Math.random() * 2 ** 31));
const unhandled = watchUnhandled();
afterAll(unhandled.stop);

test(`${runs} random recordings keep the rules of the end (seed ${seed})`, { timeout: 3_600_000 }, async () => {
  console.log(`model: ${runs} runs, seed ${seed}`);
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      expect(await findFaults(createClient, scenario, unhandled)).toEqual([]);
    }),
    { numRuns: runs, seed },
  );
});
