// Random lives of a recording against the rule of order. SOAK_RUNS and SOAK_SEED make it longer: npm run test:soak.
import fc from "fast-check";
import * as library from "teams-recording-status";
import { expect, test } from "vitest";
import { findFaults, scenarios } from "./scenario.ts";

const runs = Number(process.env.SOAK_RUNS ?? 2_000);
const seed = Number(process.env.SOAK_SEED ?? Math.floor(Math.random() * 2 ** 31));

test(`${runs} random recordings keep the rule of order (seed ${seed})`, { timeout: 3_600_000 }, async () => {
  console.log(`model: ${runs} runs, seed ${seed}`);
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      expect(await findFaults(library, scenario)).toEqual([]);
    }),
    { numRuns: runs, seed },
  );
});
