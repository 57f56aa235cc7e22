/** What the client takes from the world besides `fetch`. Tests pass their own, so that time and chance are in their hands. */
export type Runtime = {
  /** Milliseconds since the epoch. @default Date.now */
  readonly now: () => number;
  /** Calls back once after so many milliseconds; returns what cancels it. @default setTimeout */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  /** Chance, from 0 to below 1. @default Math.random */
  readonly random: () => number;
  /** A fresh GUID. @default crypto.randomUUID */
  readonly randomUUID: () => string;
};

export const defaultRuntime: Runtime = {
  now: () => Date.now(),
  schedule: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
  randomUUID: () => crypto.randomUUID(),
};

/** The longest delay that timers can keep (2³¹ − 1 ms): they fire at once when asked for more. */
export const longestDelayMs = 2 ** 31 - 1;
