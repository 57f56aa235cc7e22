// Time in the hands of a test, and a count of the timers that a client leaves behind.
import { type ClientRuntime, longestDelayMs } from "../../src/waiting/runtime.ts";

export type FaultClock = {
  readonly runtime: ClientRuntime;
  readonly now: number;
  /** Timers that are set and neither called back nor cancelled. */
  readonly pending: number;
  /** Lets time pass, timer by timer, with everything that each sets going. */
  advance(ms: number): Promise<void>;
};

type Timer = { readonly at: number; readonly callback: () => void };

export function createFaultClock(random: () => number = () => 0): FaultClock {
  let now = 1_800_000_000_000;
  const timers = new Set<Timer>();
  const schedule: ClientRuntime["schedule"] = (callback, delayMs) => {
    // As Node and browsers do: what does not fit fires at once.
    const timer = { at: now + (delayMs <= longestDelayMs ? delayMs : 1), callback };
    timers.add(timer);
    return () => timers.delete(timer);
  };
  const soonest = () =>
    [...timers].reduce<Timer | undefined>((best, timer) => (best !== undefined && best.at <= timer.at ? best : timer), undefined);
  return {
    runtime: { now: () => now, monotonicNow: () => now, schedule, random, randomUUID: () => crypto.randomUUID() },
    get now() {
      return now;
    },
    get pending() {
      return timers.size;
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let timer = soonest(); timer !== undefined && timer.at <= end; timer = soonest()) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.callback();
        await settle();
      }
      now = end;
    },
  };
}

/** Lets everything happen that needs no time: promises, and streams, which take turns of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
