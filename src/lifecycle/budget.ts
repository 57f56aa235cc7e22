import { type ClientRuntime, longestDelayMs } from "../waiting/runtime.ts";

/** The time that an end has, for everything together. */
export type Budget = {
  /** The whole of it, in milliseconds, as it is now. */
  readonly limitMs: number;
  /** Resolves when half of it is gone. */
  readonly half: Promise<void>;
  /** Resolves when it is over. */
  readonly over: Promise<void>;
  /** Leaves at most so many milliseconds from now on. */
  shorten(limitMs: number): void;
  /** The same, to the instant: also for a process that stood still meanwhile nothing is left after it. */
  endWithin(limitMs: number): void;
  /** Whether that instant has come. */
  hasEnded(): boolean;
  /** Leaves no timer behind. */
  dispose(): void;
};

/** Nothing ends a budget before that. */
const isOver = Number.NEGATIVE_INFINITY;

export function createBudget(runtime: ClientRuntime, limitMs: number): Budget {
  const [half, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let cancel = () => {};
  const instant = createInstant(runtime, over.resolve);
  let limit = limitMs;
  let [endsAt, halfAt] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let isHalfGone = false;
  // The second half begins when the first is over: a process that stood still, and whose timers come all at once, has it all the same.
  const begin = (leftMs: number) => {
    cancel();
    const now = runtime.monotonicNow();
    endsAt = now + leftMs;
    halfAt = Math.min(halfAt, now + leftMs / 2);
    const secondMs = isHalfGone ? leftMs : endsAt - halfAt;
    const beginSecond = () => {
      isHalfGone = true;
      endsAt = runtime.monotonicNow() + secondMs;
      half.resolve();
      cancel = runtime.schedule(over.resolve, secondMs);
    };
    if (isHalfGone) beginSecond();
    else cancel = runtime.schedule(beginSecond, halfAt - now);
  };
  const shorten = (leftMs: number) => {
    if (runtime.monotonicNow() + leftMs >= endsAt) return;
    limit = Math.min(limit, leftMs);
    begin(leftMs);
  };
  begin(limitMs);
  return {
    get limitMs() {
      return limit;
    },
    half: half.promise,
    over: over.promise,
    shorten,
    endWithin(leftMs) {
      if (endsAt === isOver || leftMs === Number.POSITIVE_INFINITY) return;
      shorten(leftMs);
      instant.set(leftMs);
    },
    hasEnded: instant.hasCome,
    dispose() {
      endsAt = isOver;
      cancel();
      instant.cancel();
    },
  };
}

/** An instant, however late its timer comes. */
function createInstant({ monotonicNow, schedule }: ClientRuntime, onCome: () => void) {
  let at = Number.POSITIVE_INFINITY;
  let cancel = () => {};
  return {
    set(leftMs: number) {
      cancel();
      at = monotonicNow() + leftMs;
      cancel = schedule(() => onCome(), Math.min(leftMs, longestDelayMs));
    },
    hasCome: () => monotonicNow() >= at,
    cancel: () => cancel(),
  };
}
