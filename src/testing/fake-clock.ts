import type { ClientRuntime } from "../waiting/runtime.ts";
import { createSettle } from "./settle.ts";

/** A clock that stands still until it is moved: pass it to `createRecordingClient` as the second argument, and no test waits. */
export type FakeClock = ClientRuntime & {
  /**
   * Lets up to so many milliseconds pass, timer by timer, with everything that each sets going. Time stands still while real I/O is under way, at
   * most 4 s of real time for each wait, after which it rejects and says what it waited for. Without `until`, I/O that goes on and on, as that of
   * a source without end does, is waited for a quarter of a second.
   *
   * In Node it sees most requests to the system: files, look-ups of names, connects, writes (`process.getActiveResourcesInfo`). It does not see
   * the thread pool (gzip, ciphers, and small files in some versions), an answer that a socket or a child process waits for, or timers of the
   * global `setTimeout`. So with `until` it also waits for a silence before each step, of 2 to 125 ms of real time, or 500 ms while a connection
   * or a child process is open that was not when this module was loaded: tests of bots that do real I/O pass `until`. For what takes longer than
   * that, take a timer of this clock (`schedule`).
   * @throws {RangeError} When `ms` is no number from 0 on.
   * @throws {Error} When real I/O does not end.
   */
  advance(ms: number, options?: AdvanceOptions): Promise<void>;
  /** Steps the wall clock, forwards or back, as a correction of the system's time does: `now` jumps, `monotonicNow` and timers do not. */
  step(ms: number): void;
  /** Timers that are still set. */
  readonly pending: number;
};

/** How a clock is moved. */
export type AdvanceOptions = {
  /**
   * Time stops as soon as this has settled, also before all of it has passed. Await it afterwards: its error is not told here.
   * @default undefined: all of the time passes
   */
  until?: PromiseLike<unknown> | undefined;
};

type Timer = { readonly at: number; readonly callback: () => void };

/** Makes a clock. Ids count up; chance is 0 unless it is given, so that back-off is the shortest there is. */
export function createFakeClock({
  start = Date.UTC(2026, 0, 1),
  random = () => 0,
}: {
  start?: number;
  random?: () => number;
} = {}): FakeClock {
  let time = start;
  let stepped = 0;
  let ids = 0;
  const timers = new Set<Timer>();
  const settle = createSettle();
  return {
    now: () => time + stepped,
    monotonicNow: () => time,
    random,
    randomUUID: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`,
    schedule(callback, delayMs) {
      const timer = { at: time + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms, { until } = {}) {
      const end = time + checkTime(ms);
      const isDone = watch(until);
      for (;;) {
        await settle(isDone, until !== undefined, () => (firstDue(timers, end)?.at ?? end) - time);
        if (isDone()) return;
        const due = firstDue(timers, end);
        if (due === undefined) break;
        timers.delete(due);
        time = Math.max(time, due.at);
        due.callback();
      }
      time = end;
    },
    step(ms) {
      stepped += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** The timer that comes next, if it is due by then; of several at one time the one that was set first. */
function firstDue(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
  return first;
}

function checkTime(ms: number): number {
  if (!(ms >= 0 && ms < Number.POSITIVE_INFINITY)) throw new RangeError(`clock.advance: ms must be a number from 0 on, not ${ms}.`);
  return ms;
}

/** Whether it has settled, as a question that needs no await. */
function watch(until: PromiseLike<unknown> | undefined): () => boolean {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  until?.then(settle, settle);
  return () => settled;
}
