import { untilEnd } from "./lifetime.ts";
import type { ClientRuntime } from "./runtime.ts";

/**
 * Work that may be shared. It never rejects: a failure is an outcome too, from which each of those who wait makes an error of its own.
 * Its signal is aborted when nobody waits any more, and when it has taken too long.
 */
export type Work<T> = (signal: AbortSignal) => Promise<T>;

/** Shares work among those who want the same at the same time. */
export type SingleFlight<T> = {
  /** Joins the work under way for the key, unless it is too old, or starts it. Rejects with the signal's reason when that ends first. */
  join(key: string, work: Work<T>, signal: AbortSignal): Promise<T>;
  /** Starts work that nobody waits for and nobody joins. */
  startAlone(work: Work<T>): void;
  /** Ends the work that nobody waits for. */
  endAlone(): void;
};

export type SingleFlightOptions<T> = {
  /** Work older than this is not joined, in milliseconds: who comes later starts anew, so what hangs does not hold them. */
  readonly joinableMs: number;
  /** The longest that work may take, in milliseconds. */
  readonly limitMs: number;
  /** The outcome for those who wait then. */
  readonly onLimit: () => T;
  /** Whether an outcome, even one that comes late, is good for all who wait for work of the key: other work of it is ended. */
  readonly servesAll: (outcome: T) => boolean;
};

type Flight<T> = {
  /** Undefined for work that nobody joins. */
  readonly key: string | undefined;
  readonly startedAt: number;
  readonly outcome: Promise<T>;
  readonly resolve: (outcome: T) => void;
  readonly abort: AbortController;
  readonly cancelLimit: () => void;
  waiters: number;
  isOver: boolean;
};

/** Nothing is kept of work that has ended, so that nothing asynchronous lies between one call and the next. */
export function createSingleFlight<T>(options: SingleFlightOptions<T>, runtime: ClientRuntime): SingleFlight<T> {
  const underWay = createRegistry<T>();

  const start = (work: Work<T>, key?: string): Flight<T> => {
    const startedAt = runtime.monotonicNow();
    // Some runtimes drop a timer with the request that set it, so that the limit never comes: what must be over is forgotten, not touched.
    underWay.forgetUntil(startedAt - 2 * options.limitMs);
    const { promise: outcome, resolve } = Promise.withResolvers<T>();
    const cancelLimit = runtime.schedule(() => cutOff(flight, options.onLimit()), options.limitMs);
    const flight: Flight<T> = { key, startedAt, outcome, resolve, abort: new AbortController(), cancelLimit, waiters: 0, isOver: false };
    underWay.add(flight);
    work(flight.abort.signal).then((result) => land(flight, result));
    return flight;
  };
  const land = (flight: Flight<T>, outcome: T) => {
    if (end(flight)) flight.resolve(outcome);
    if (options.servesAll(outcome)) for (const other of underWay.ofKey(flight.key)) cutOff(other, outcome);
  };
  const cutOff = (flight: Flight<T>, outcome?: T) => {
    if (!end(flight)) return;
    if (outcome !== undefined) flight.resolve(outcome);
    abortSafely(flight.abort);
  };
  /** Returns whether it was still under way. */
  const end = (flight: Flight<T>): boolean => {
    if (flight.isOver) return false;
    flight.isOver = true;
    flight.cancelLimit();
    underWay.forget(flight);
    return true;
  };

  return {
    async join(key, work, signal) {
      signal.throwIfAborted();
      const newest = underWay.ofKey(key).at(-1);
      const isYoung = newest !== undefined && runtime.monotonicNow() - newest.startedAt <= options.joinableMs;
      const flight = isYoung ? newest : start(work, key);
      flight.waiters++;
      try {
        return await untilEnd(flight.outcome, signal);
      } finally {
        if (--flight.waiters === 0) cutOff(flight);
      }
    },
    startAlone: (work) => void start(work),
    endAlone() {
      for (const flight of underWay.alone()) cutOff(flight);
    },
  };
}

/** The flights that are under way, in the order in which they began: all of them, and those of a key. */
function createRegistry<T>() {
  const flights = new Set<Flight<T>>();
  const lanes = new Map<string, readonly Flight<T>[]>();
  const ofKey = (key: string | undefined) => (key === undefined ? [] : (lanes.get(key) ?? []));

  const forget = (flight: Flight<T>) => {
    flights.delete(flight);
    if (flight.key === undefined) return;
    const others = ofKey(flight.key).filter((other) => other !== flight);
    if (others.length > 0) lanes.set(flight.key, others);
    else lanes.delete(flight.key);
  };

  return {
    add(flight: Flight<T>) {
      flights.add(flight);
      if (flight.key !== undefined) lanes.set(flight.key, [...ofKey(flight.key), flight]);
    },
    forget,
    /** Forgets those that began before the time, in milliseconds of the monotonic clock. */
    forgetUntil(time: number) {
      for (const flight of flights) {
        if (flight.startedAt >= time) return;
        forget(flight);
      }
    },
    /** Those that nobody waits for. */
    alone: (): readonly Flight<T>[] => [...flights].filter(({ waiters }) => waiters === 0),
    ofKey,
  };
}

function abortSafely(controller: AbortController): void {
  try {
    controller.abort();
  } catch {
    // The work of a request that is gone, in a runtime that ties work to requests: it cannot be ended, and need not be.
  }
}
