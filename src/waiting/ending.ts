/** The one end of something long-lived, such as a client. */
export type Ending = {
  readonly hasCome: boolean;
  /** Brings it about; later calls do nothing. */
  bringAbout(): void;
  /** Calls back once when it comes, at once if it has come. Returns what takes the callback away. */
  onCome(callback: () => void): () => void;
};

/**
 * Plain callbacks, no AbortController: some runtimes tie one to the request in which it was made, and a client lives longer than a request.
 * Besides, an AbortSignal with many listeners takes a walk along all of them to lose one.
 */
export function createEnding(): Ending {
  const callbacks = new Set<() => void>();
  let hasCome = false;
  return {
    get hasCome() {
      return hasCome;
    },
    bringAbout() {
      if (hasCome) return;
      hasCome = true;
      for (const callback of callbacks) {
        try {
          callback();
        } catch {
          // In a runtime that ties work to a request, what belongs to a request that is gone cannot be ended, and need not be; the others must.
        }
      }
      callbacks.clear();
    },
    onCome(callback) {
      if (hasCome) callback();
      else callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
  };
}
