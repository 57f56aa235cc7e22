// A recorder and a body that say themselves what they do: when they run, when they persist, when they have ended.
import type { Moment, OutsideClock, Settled } from "./clock.ts";
import type { ObservedRecorder, StartContext, StopContext } from "./library.ts";

export type StartSpec = {
  /** `late` does not care for its signal or for `stop`: when it is ready it persists. */
  readonly does: "resolves" | "rejects" | "throws" | "hangs" | "obeys" | "late";
  readonly delayMs: number;
  readonly obedience: Obedience;
};
export type StopSpec = { readonly does: "resolves" | "rejects" | "throws" | "hangs" | "waits"; readonly delayMs: number };

/** The ways to reject because one was told to end. */
export type Obedience = "reason" | "causedByIt" | "abortError" | "notPermitted";

export function obey(how: Obedience, signal: AbortSignal, assertRecording: (() => void) | undefined): unknown {
  if (how === "causedByIt") return new Error("told to end", { cause: signal.reason });
  if (how === "abortError") return new DOMException("told to end", "AbortError");
  if (how === "notPermitted" && assertRecording !== undefined) {
    try {
      assertRecording();
    } catch (error) {
      return error;
    }
  }
  return signal.reason;
}

export type RecorderFacts = {
  started?: Moment;
  /** The signal of its start was aborted: the end had begun. */
  told?: Moment;
  startSettled?: Settled;
  readonly stops: { readonly called: Moment; readonly reason: string; readonly hasSignal: boolean; told?: Moment; settled?: Settled }[];
  /** From here on it persists, until `persistedUntil`. */
  persistsFrom?: Moment;
  persistedUntil?: Moment;
};

export function createRecorder(
  clock: OutsideClock,
  spec: { readonly start: StartSpec; readonly stop: StopSpec },
  waitForOwnEnd: () => Promise<unknown>,
): { readonly facts: RecorderFacts; readonly recorder: ObservedRecorder } {
  const facts: RecorderFacts = { stops: [] };

  const startWork = async ({ signal }: StartContext) => {
    const { does, delayMs, obedience } = spec.start;
    if (does === "hangs") await new Promise(() => {});
    if (does === "obeys") await orTold(clock.sleep(delayMs), signal, () => obey(obedience, signal, undefined));
    else await clock.sleep(delayMs);
    if (does === "rejects") throw new Error("recorder.start failed");
    // One that works well looks whether it was stopped meanwhile.
    if (does === "late" || (facts.stops.length === 0 && !signal.aborted)) facts.persistsFrom = clock.mark();
  };

  const stopWork = async () => {
    const { does, delayMs } = spec.stop;
    if (does === "hangs") await new Promise(() => {});
    if (does === "waits") await waitForOwnEnd();
    await clock.sleep(delayMs);
    if (does === "rejects") throw new Error("recorder.stop failed");
    if (facts.persistsFrom !== undefined) facts.persistedUntil ??= clock.mark();
  };

  const recorder: ObservedRecorder = {
    start(context) {
      facts.started ??= clock.mark();
      context.signal.addEventListener("abort", () => {
        facts.told ??= clock.mark();
      });
      if (spec.start.does === "throws") {
        facts.startSettled = { moment: clock.mark(), failed: true };
        throw new Error("recorder.start threw");
      }
      return noting(clock, startWork(context), (settled) => {
        facts.startSettled = settled;
      });
    },
    stop({ reason, signal }: StopContext) {
      const stop: RecorderFacts["stops"][number] = { called: clock.mark(), reason, hasSignal: signal instanceof AbortSignal };
      facts.stops.push(stop);
      signal?.addEventListener("abort", () => {
        stop.told ??= clock.mark();
      });
      if (spec.stop.does === "throws") {
        stop.settled = { moment: clock.mark(), failed: true };
        throw new Error("recorder.stop threw");
      }
      return noting(clock, stopWork(), (settled) => {
        stop.settled = settled;
      });
    },
  };
  return { facts, recorder };
}

/** The same promise, noted before its owner can hear of it. */
export async function noting<T>(clock: OutsideClock, work: Promise<T>, note: (settled: Settled) => void): Promise<T> {
  try {
    const value = await work;
    note({ moment: clock.mark(), failed: false, value });
    return value;
  } catch (error) {
    note({ moment: clock.mark(), failed: true, error });
    throw error;
  }
}

/** The work, unless the signal ends it before. */
export async function orTold<T>(work: Promise<T>, signal: AbortSignal, reason: () => unknown): Promise<T> {
  if (signal.aborted) throw reason();
  const told = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => told.reject(reason()));
  return Promise.race([work, told.promise]);
}
