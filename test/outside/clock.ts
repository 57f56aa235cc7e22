// A clock that stands still until it is moved, and a number for every moment: the one order in which all that is observed can be compared.

/** A moment of a run: its place in the order of all events, the time of the clock, and the turn of the event loop in which it fell. */
export type Moment = { readonly seq: number; readonly at: number; readonly turn: number };

export type OutsideClock = {
  /** What the client takes from the world: time, chance and ids. */
  readonly runtime: {
    readonly now: () => number;
    readonly monotonicNow: () => number;
    readonly schedule: (callback: () => void, delayMs: number) => () => void;
    readonly random: () => number;
    readonly randomUUID: () => string;
  };
  now(): number;
  /** Numbers this moment. */
  mark(): Moment;
  after(ms: number, callback: () => void): () => void;
  sleep(ms: number): Promise<void>;
  /** Lets so many milliseconds pass, timer by timer, with everything that each sets going. */
  advance(ms: number): Promise<void>;
  /** Timers that are still set. */
  readonly pending: number;
};

type Timer = { readonly at: number; readonly callback: () => void };

/** Back-off is drawn with this chance: short, but never nothing. */
const chance = 0.1;

export function createOutsideClock(start = Date.UTC(2026, 0, 1)): OutsideClock {
  let time = start;
  let ids = 0;
  let seq = 0;
  let turn = 0;
  const timers = new Set<Timer>();
  const after = (ms: number, callback: () => void) => {
    const timer: Timer = { at: time + Math.max(0, ms), callback };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const firstDue = (end: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
    return first;
  };
  /** Promises, ticks and streams of either kind come to rest before the loop turns; a second turn is for what they set going by turns. */
  const settle = async () => {
    for (let turns = 0; turns < 2; turns++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      turn++;
    }
  };
  const now = () => time;
  return {
    runtime: {
      now,
      monotonicNow: now,
      schedule: (callback, delayMs) => after(delayMs, callback),
      random: () => chance,
      randomUUID: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`,
    },
    now,
    mark: () => ({ seq: ++seq, at: time, turn }),
    after,
    sleep: (ms) => (ms <= 0 ? Promise.resolve() : new Promise((resolve) => void after(ms, resolve))),
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

/** How a promise ended, and when. */
export type Settled = { readonly moment: Moment; readonly failed: boolean; readonly value?: unknown; readonly error?: unknown };

/** A promise under watch. `settled` stays undefined while it is pending. */
export type Watched = { readonly name: string; readonly asked: Moment; settled?: Settled };

export function watch(clock: Pick<OutsideClock, "mark">, name: string, promise: PromiseLike<unknown>): Watched {
  const watched: Watched = { name, asked: clock.mark() };
  promise.then(
    (value) => {
      watched.settled = { moment: clock.mark(), failed: false, value };
    },
    (error: unknown) => {
      watched.settled = { moment: clock.mark(), failed: true, error };
    },
  );
  return watched;
}

/** Calls something of the library's that should give a promise, and may throw instead. */
export function call(clock: Pick<OutsideClock, "mark">, name: string, run: () => PromiseLike<unknown>): Watched {
  try {
    return watch(clock, name, run());
  } catch (error) {
    const asked = clock.mark();
    return { name, asked, settled: { moment: asked, failed: true, error } };
  }
}
