import { untilEnd } from "./lifetime.ts";

/** Bounds how many requests are under way at once; the others wait in the order they came. */
export type Slots = {
  /** Resolves with what frees the slot again; rejects with the signal's reason when it ends first. */
  take(signal: AbortSignal): Promise<() => void>;
};

export function createSlots(limit: number): Slots {
  let free = limit;
  const waiting = new Set<() => void>();

  const release = () => {
    const [next] = waiting;
    if (next === undefined) {
      free++;
      return;
    }
    waiting.delete(next);
    next();
  };
  /** A slot is freed once, however often its holder says so. */
  const once = () => {
    let held = true;
    return () => {
      if (held) release();
      held = false;
    };
  };

  return {
    async take(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free--;
        return once();
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.add(resolve);
      try {
        await untilEnd(promise, signal);
      } catch (error) {
        // The slot may have been handed over in the very moment in which the wait ended.
        if (!waiting.delete(resolve)) release();
        throw error;
      }
      return once();
    },
  };
}
