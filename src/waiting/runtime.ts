/** What the client takes from the world besides `fetch`. Tests pass their own, so that time and chance are in their hands. */
export type ClientRuntime = {
  /** The wall clock, in milliseconds since the epoch: what records say, and when a token expires. It may step. @default Date.now */
  readonly now: () => number;
  /** A clock that never steps, in milliseconds since any moment: every duration is measured by it. @default performance.now */
  readonly monotonicNow: () => number;
  /** Calls back once after so many milliseconds; returns what cancels it. @default setTimeout */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  /** Chance, from 0 to below 1. @default Math.random */
  readonly random: () => number;
  /** A fresh GUID. @default crypto.randomUUID */
  readonly randomUUID: () => string;
};

const realRuntime: ClientRuntime = {
  now: () => Date.now(),
  monotonicNow: () => performance.now(),
  schedule: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  randomUUID: () => crypto.randomUUID(),
};

/** The runtime with what is given of another. Who gives a wall clock and no other has one clock for both: else durations would mix two times. */
export function completeRuntime(given: Partial<ClientRuntime>): ClientRuntime {
  const monotonicNow = given.monotonicNow ?? given.now ?? realRuntime.monotonicNow;
  return { ...realRuntime, ...given, monotonicNow };
}

/** The longest delay that timers can keep (2³¹ − 1 ms): they fire at once when asked for more. */
export const longestDelayMs = 2 ** 31 - 1;
