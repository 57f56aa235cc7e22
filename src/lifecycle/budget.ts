import type { ClientRuntime } from "../waiting/runtime.ts";

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
  /** Leaves no timer behind. */
  dispose(): void;
};

export function createBudget(runtime: ClientRuntime, limitMs: number): Budget {
  const [half, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const cancels: (() => void)[] = [];
  let limit = limitMs;
  let endsAt = Number.POSITIVE_INFINITY;
  const shorten = (leftMs: number) => {
    const at = runtime.monotonicNow() + leftMs;
    if (at >= endsAt) return;
    endsAt = at;
    limit = Math.min(limit, leftMs);
    cancels.push(runtime.schedule(half.resolve, leftMs / 2), runtime.schedule(over.resolve, leftMs));
  };
  shorten(limitMs);
  return {
    get limitMs() {
      return limit;
    },
    half: half.promise,
    over: over.promise,
    shorten,
    dispose: () => {
      for (const cancel of cancels.splice(0)) cancel();
    },
  };
}
