import type { AdvanceOptions, FakeClock } from "./fake-clock.ts";

/** The clock of a fake that is served over HTTP: real time, with the members of a fake one. */
export type RealClock = FakeClock & {
  /** Takes all timers away. */
  stop(): void;
};

/** Real time. `advance` waits for it to pass, and `step` moves the wall clock that the fake shows. */
export function createRealClock(): RealClock {
  const cancels = new Set<() => void>();
  let stepped = 0;
  const schedule = (callback: () => void, delayMs: number) => {
    const timer = setTimeout(() => {
      cancels.delete(cancel);
      callback();
    }, delayMs);
    const cancel = () => {
      clearTimeout(timer);
      cancels.delete(cancel);
    };
    cancels.add(cancel);
    return cancel;
  };
  return {
    now: () => Date.now() + stepped,
    monotonicNow: () => performance.now(),
    schedule,
    random: Math.random,
    randomUUID: () => crypto.randomUUID(),
    async advance(ms: number, { until }: AdvanceOptions = {}) {
      const passed = Promise.withResolvers<void>();
      const cancel = schedule(passed.resolve, ms);
      until?.then(
        () => passed.resolve(),
        () => passed.resolve(),
      );
      await passed.promise;
      cancel();
    },
    step(ms) {
      stepped += ms;
    },
    get pending() {
      return cancels.size;
    },
    stop() {
      for (const cancel of cancels) cancel();
    },
  };
}
