// Would the model notice? Each rule of the end is broken by hand, by injection; the random recordings must find every one of them.
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { findFaults, scenarios } from "./scenario.ts";
import { rulesDoor, seededFaults } from "./seeded-faults.ts";
import { watchUnhandled } from "./unhandled.ts";

const runs = 3_000;
const door = await rulesDoor();
const unhandled = watchUnhandled();
afterAll(unhandled.stop);

test("the lifecycle takes its rules from outside", () => expect(door).toBeDefined());

describe.runIf(door !== undefined)("the model notices", () => {
  test.each(seededFaults)("$name ($noticedBy)", { timeout: 120_000 }, async ({ noticedBy, breaks }) => {
    if (door === undefined) return;
    const { createClient, rules } = door;
    const broken = { ...rules, ...breaks(rules) };
    const property = fc.asyncProperty(scenarios, async (scenario) => {
      const faults = await findFaults((options, runtime) => createClient(options, runtime, broken), scenario, unhandled);
      return !faults.some((fault) => noticedBy.includes(fault.charAt(0)));
    });
    const { failed } = await fc.check(property, { numRuns: runs, seed: 1, endOnFailure: true });
    expect(failed).toBe(true);
  });
});
