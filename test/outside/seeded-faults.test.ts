// Would the model notice? Each rule of the end is broken by hand, by injection; the random recordings must find every one of them.
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { findFaults, notifiedScenarios, scenarios } from "./scenario.ts";
import { createBroken, type SeededFault, seededFaults } from "./seeded-faults.ts";
import { watchUnhandled } from "./unhandled.ts";

const runs = 4_000;
/** Where those begin that notice soon. With the seed of all others each of these takes 70 to 700 recordings; no seed in 16 notices none. */
const seeds: Readonly<Record<string, number>> = {
  "the end does not wait until gates are drained": 4,
  "a persist that fails at the end counts as well": 9,
  "a pipe that fails at the end counts as well": 2,
  "a persist that obeys counts as well": 9,
  "a body that obeys counts as failed": 9,
  "a recorder.start that obeys counts as failed": 13,
  "a close leaves nothing of its deadline for the report": 5,
  "the time is cut to a tenth": 14,
  "a persist that fails ends the recording": 13,
  "the closing report ends at 500": 5,
  "the closing report ends at 507": 7,
  "withRecording resolves although it was aborted": 9,
  "withRecording resolves although the client was closed": 10,
};
const unhandled = watchUnhandled();
afterAll(unhandled.stop);

/** Random recordings until one has a violation of these rules. */
async function look(breaks: SeededFault["breaks"], noticedBy: string, numRuns: number, seed = 1) {
  const createClient = createBroken(breaks);
  const property = fc.asyncProperty(noticedBy.includes("n") ? notifiedScenarios : scenarios, async (scenario) => {
    const faults = await findFaults(createClient, scenario, unhandled);
    return !faults.some((fault) => noticedBy.includes(fault.charAt(0)));
  });
  return fc.check(property, { numRuns, seed, endOnFailure: true });
}

// Few, for model.test.ts looks at 400 others with nothing broken, and `npm run test:soak` at 100,000.
test.each([
  ["abcdefghijk", 60],
  ["n", 100],
])("with nothing broken the same recordings show nothing (%s)", async (letters, numRuns) => {
  expect(await look(() => ({}), letters, numRuns)).toMatchObject({ failed: false });
});

test("every seed is that of a fault", () => {
  expect(seededFaults.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(seeds)));
});

test.each(seededFaults)("the model notices: $name ($noticedBy)", { timeout: 120_000 }, async ({ name, noticedBy, breaks }) => {
  const { failed, numRuns, errorInstance } = await look(breaks, noticedBy, runs, seeds[name]);
  if (process.env.SHOW_RUNS !== undefined) console.log(`${numRuns} runs`);
  expect([failed, errorInstance]).toEqual([true, new Error("Property failed by returning false")]);
});
