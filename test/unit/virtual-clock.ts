import type { Runtime } from "../../src/runtime.ts";

/** A clock that stands still until a test moves it: no test waits. Chance is 0, ids count up. */
export function createVirtualClock(start = 1_000_000) {
  let time = start;
  let ids = 0;
  const timers = new Map<symbol, { at: number; callback: () => void }>();
  const runtime: Runtime = {
    now: () => time,
    random: () => 0,
    randomUUID: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`,
    schedule: (callback, delayMs) => {
      const key = Symbol();
      timers.set(key, { at: time + delayMs, callback });
      return () => timers.delete(key);
    },
  };
  return {
    runtime,
    /** Timers that are still set. */
    get pending() {
      return timers.size;
    },
    /** Lets time pass, timer by timer, with everything that each sets going. */
    async advance(ms: number): Promise<void> {
      const end = time + ms;
      await settle();
      for (;;) {
        const [next] = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
        if (next === undefined) break;
        const [key, { at, callback }] = next;
        timers.delete(key);
        time = Math.max(time, at);
        callback();
        await settle();
      }
      time = end;
    },
  };
}

/** Lets every promise that can settle without time do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
