// The time that an end has, when the process stands still and its timers come late, all at once.
import { expect, test } from "vitest";
import { createBudget } from "../../src/lifecycle/budget.ts";
import { completeRuntime } from "../../src/waiting/runtime.ts";

/** A clock whose timers fire only when told, however long they have been due. */
function createStalledClock() {
  let time = 0;
  const timers = new Map<() => void, number>();
  const runtime = completeRuntime({
    monotonicNow: () => time,
    schedule: (callback, delayMs) => {
      timers.set(callback, time + delayMs);
      return () => timers.delete(callback);
    },
  });
  const wake = async (ms: number) => {
    time += ms;
    const due = [...timers].filter(([, at]) => at <= time);
    for (const [callback] of due) if (timers.delete(callback)) callback();
    await Promise.resolve();
  };
  return { runtime, wake, timers };
}

function watch(limitMs: number) {
  const clock = createStalledClock();
  const budget = createBudget(clock.runtime, limitMs);
  const told: string[] = [];
  void budget.half.then(() => told.push("half"));
  void budget.over.then(() => told.push("over"));
  return { ...clock, budget, told };
}

test("a process that stood still for all of it has its second half all the same: recorder.stop gets its time", async () => {
  const { wake, told, timers } = watch(400);
  await wake(5_000);
  expect(told).toEqual(["half"]);
  await wake(199);
  expect(told).toEqual(["half"]);
  await wake(1);
  expect([told, timers.size]).toEqual([["half", "over"], 0]);
});

test("shortened, it ends within what is left; a longer one changes nothing; disposed of, it leaves no timer", async () => {
  const { wake, told, timers, budget } = watch(10_000);
  budget.shorten(1_000);
  budget.shorten(60_000);
  await wake(500);
  await wake(500);
  expect([told, budget.limitMs]).toEqual([["half", "over"], 1_000]);
  const other = watch(400);
  other.budget.dispose();
  expect([other.timers.size, timers.size]).toEqual([0, 0]);
});

test("shortened, its half never comes later than it would have", async () => {
  const { wake, told, budget } = watch(1_000);
  await wake(352);
  budget.shorten(300);
  await wake(148);
  expect(told).toEqual(["half"]);
  await wake(151);
  expect(told).toEqual(["half"]);
  await wake(1);
  expect(told).toEqual(["half", "over"]);
});

test("a time that ends at an instant has no second half after it", async () => {
  const { wake, told, budget, timers } = watch(400);
  budget.endWithin(200);
  expect(budget.hasEnded()).toBe(false);
  await wake(5_000);
  expect([told, budget.hasEnded()]).toEqual([["half", "over"], true]);
  expect(timers.size).toBe(1);
  budget.dispose();
  expect(timers.size).toBe(0);
  const early = watch(400);
  early.budget.endWithin(200);
  early.budget.dispose();
  expect(early.timers.size).toBe(0);
});

test("what is shortened after a pause is counted from then, and nothing happens after its end", async () => {
  const { wake, told, budget, timers, runtime } = watch(10_000);
  await wake(8_000);
  expect(told).toEqual(["half"]);
  budget.shorten(2_000);
  await wake(2_000);
  expect(told).toEqual(["half", "over"]);
  budget.dispose();
  budget.endWithin(1_000);
  budget.shorten(1);
  budget.endWithin(Number.POSITIVE_INFINITY);
  expect([timers.size, runtime.monotonicNow(), budget.hasEnded()]).toEqual([0, 10_000, false]);
});
