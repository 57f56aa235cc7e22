import type { ClientRuntime } from "../waiting/runtime.ts";

/** A clock that stands still until it is moved: pass it to `createRecordingClient` as the second argument, and no test waits. */
export type FakeClock = ClientRuntime & {
  /** Lets so many milliseconds pass, timer by timer, with everything that each sets going. */
  advance(ms: number): Promise<void>;
  /** Timers that are still set. */
  readonly pending: number;
};

/** Makes a clock. Ids count up; chance is 0 unless it is given, so that back-off is the shortest there is. */
export function createFakeClock({
  start = Date.UTC(2026, 0, 1),
  random = () => 0,
}: {
  start?: number;
  random?: () => number;
} = {}): FakeClock {
  let time = start;
  let ids = 0;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const firstDue = (end: number) => {
    let first: { readonly at: number; readonly callback: () => void } | undefined;
    for (const timer of timers) if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
    return first;
  };
  return {
    now: () => time,
    monotonicNow: () => time,
    random,
    randomUUID: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`,
    schedule(callback, delayMs) {
      const timer = { at: time + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const end = time + ms;
      await settle();
      for (let due = firstDue(end); due !== undefined; due = firstDue(end)) {
        timers.delete(due);
        time = Math.max(time, due.at);
        due.callback();
        await settle();
      }
      time = end;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** Lets everything happen that needs no time: streams and promises take several turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => nextTurn(resolve));
}

const nextTurn: (callback: () => void) => void =
  (globalThis as { setImmediate?: (callback: () => void) => void }).setImmediate ?? ((callback) => setTimeout(callback, 0));
