// A client and a signal that live long: thousands of calls later nothing of them is left.
import { expect, test } from "vitest";
import { heapMiB } from "../support/memory.ts";
import { failOnStrays } from "./guard.ts";
import { callId, statusResponse } from "./harness.ts";
import { describeLeaks, nothing, setUp } from "./leak.ts";

failOnStrays();

describeLeaks(5_000);

test.each<[string, () => Promise<Response>]>([
  ["refused", async () => statusResponse(403)],
  ["cut off", async () => new Response("x".repeat(2_000_000))],
  ["no operations", async () => new Response("<html>")],
  ["lost", async () => Promise.reject(new TypeError("fetch failed"))],
])("100 calls that are %s leave nothing", async (_, fetch) => {
  const { call, left, graph } = setUp(fetch, { retry: { limit: 0 } });
  await Promise.allSettled(Array.from({ length: 100 }, (_, i) => call(`call-${i % 50}`)));
  expect(left()).toEqual(nothing);
  await graph.close();
  expect(left()).toEqual(nothing);
});

test("1,000 calls that are aborted at once leave nothing", async () => {
  const { call, left, controller } = setUp(() => new Promise(() => {}), { maxConcurrency: 10 });
  const all = Promise.allSettled(Array.from({ length: 1_000 }, (_, i) => call(`call-${i % 100}`)));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(left().listeners).toBe(1_000);
  controller.abort();
  const outcomes = await all;
  expect(new Set(outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason.code))).toEqual(new Set(["ABORTED"]));
  expect(left()).toEqual(nothing);
});

test("an answer that comes after the end, from a fetch that is deaf to signals, is let go", async () => {
  let answer = (_: Response) => {};
  const late = new Promise<Response>((resolve) => {
    answer = resolve;
  });
  const { call, controller } = setUp(() => late);
  const ended = call(callId).catch(({ code }) => code);
  await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort();
  expect(await ended).toBe("ABORTED");
  const cancelled = new Promise((resolve) => answer(new Response(new ReadableStream({ cancel: () => resolve("cancelled") }))));
  const soon = new Promise((resolve) => setTimeout(resolve, 1_000, "left open"));
  expect(await Promise.race([cancelled, soon])).toBe("cancelled");
});

test("calls whose fate is unknown are remembered, and the memory of them is bounded", { timeout: 30_000 }, async () => {
  const { call, left } = setUp(async () => Promise.reject("lost"), { retry: { limit: 0 } });
  const batch = (start: number) => Promise.allSettled(Array.from({ length: 500 }, (_, i) => call(`call-${start + i}`)));
  for (let start = 0; start < 10_500; start += 500) await batch(start);
  const before = heapMiB();
  for (let start = 10_500; start < 14_000; start += 500) await batch(start);
  expect(left()).toEqual(nothing);
  // Without the bound it is twice that.
  expect(heapMiB() - before).toBeLessThan(0.2);
});
