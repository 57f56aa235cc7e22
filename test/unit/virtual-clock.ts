import { createFakeClock } from "../../src/testing/fake-clock.ts";

/** The project's own fake clock, at a time that is easy to read in an expectation. */
export function createVirtualClock(start = 1_000_000) {
  const runtime = createFakeClock({ start });
  return {
    runtime,
    advance: runtime.advance,
    /** Timers that are still set. */
    get pending() {
      return runtime.pending;
    },
  };
}

/** Lets every promise that can settle without time do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
