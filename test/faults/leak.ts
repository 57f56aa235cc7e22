// Many calls with one signal: what is left of them.
import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { heapMiB } from "../support/memory.ts";
import { type ClientOptions, callId, connect, report } from "./harness.ts";

/** Real timers, counted. */
function countTimers() {
  let pending = 0;
  const schedule = (callback: () => void, delayMs: number) => {
    pending++;
    let open = true;
    const close = () => {
      if (open) pending--;
      open = false;
    };
    const timer = setTimeout(() => {
      close();
      callback();
    }, delayMs);
    return () => {
      close();
      clearTimeout(timer);
    };
  };
  return { schedule, pending: () => pending };
}

/** What the client needs of an empty answer: a real `Response` costs more than the whole call. */
const nullOperation = { status: 204, headers: new Headers(), body: null } as Response;

export function setUp(fetch: () => Promise<Response>, options: ClientOptions = {}) {
  const timers = countTimers();
  const controller = new AbortController();
  const { graph } = connect(
    "http://127.0.0.1:9",
    { fetch, onAttempt: undefined, ...options },
    { schedule: timers.schedule, random: () => 0 },
  );
  const call = (id: string) => report(graph, { signal: controller.signal }, id);
  const left = () => ({ listeners: getEventListeners(controller.signal, "abort").length, timers: timers.pending() });
  return { call, left, controller, graph };
}

export const nothing = { listeners: 0, timers: 0 };

/** What is remembered whatever came after it, bounded by count: contexts that were sent, operations, repeats. */
const rememberedMiB = 0.5;

/** Runs so many calls; the heap may grow by a tenth of a KiB for each, beside what is remembered. */
export function describeLeaks(calls: number): void {
  describe(`${calls} calls with one signal`, () => {
    test("one after another", { timeout: 30_000 }, async () => {
      const { call, left } = setUp(async () => nullOperation);
      for (let count = 0; count < 2_000; count++) await call(callId);
      const before = heapMiB();
      for (let count = 0; count < calls; count++) await call(`call-${count}`);
      expect(left()).toEqual(nothing);
      const growth = heapMiB() - before;
      console.info(`leak, one after another: heap ${growth.toFixed(2)} MiB more after ${calls} calls`);
      expect(growth).toBeLessThan(calls / 10_240 + rememberedMiB);
    });

    test("a thousand at once", { timeout: 30_000 }, async () => {
      const { call, left } = setUp(async () => nullOperation);
      const thousand = (start: number) => Promise.all(Array.from({ length: 1_000 }, (_, i) => call(`call-${start + i}`)));
      await thousand(0);
      const before = heapMiB();
      for (let start = 0; start < calls; start += 1_000) await thousand(start);
      expect(left()).toEqual(nothing);
      const growth = heapMiB() - before;
      console.info(`leak, a thousand at once: heap ${growth.toFixed(2)} MiB more after ${calls} calls`);
      expect(growth).toBeLessThan(calls / 10_240 + rememberedMiB);
    });
  });
}
