// Would the model notice? Each rule of the end is broken by hand, by injection; the random recordings must find every one of them.
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { findFaults, notifiedScenarios, scenarios } from "./scenario.ts";
import { createBroken, type SeededFault, seededFaults } from "./seeded-faults.ts";
import { watchUnhandled } from "./unhandled.ts";

const runs = 4_000;
const unhandled = watchUnhandled();
afterAll(unhandled.stop);

/** Random recordings until one has a violation of these rules. */
async function look(breaks: SeededFault["breaks"], noticedBy: string, numRuns: number) {
  const createClient = createBroken(breaks);
  const property = fc.asyncProperty(noticedBy.includes("n") ? notifiedScenarios : scenarios, async (scenario) => {
    const faults = await findFaults(createClient, scenario, unhandled);
    return !faults.some((fault) => noticedBy.includes(fault.charAt(0)));
  });
  return fc.check(property, { numRuns, seed: 1, endOnFailure: true });
}

test.each([
  ["abcdefghijk", 400],
  ["n", 100],
])("with nothing broken the same recordings show nothing (%s)", async (letters, numRuns) => {
  expect(await look(() => ({}), letters, numRuns)).toMatchObject({ failed: false });
});

test.each(seededFaults)("the model notices: $name ($noticedBy)", { timeout: 120_000 }, async ({ noticedBy, breaks }) => {
  const { failed, numRuns, errorInstance } = await look(breaks, noticedBy, runs);
  if (process.env.SHOW_RUNS !== undefined) console.log(`${numRuns} runs`);
  expect([failed, errorInstance]).toEqual([true, new Error("Property failed by returning false")]);
});
