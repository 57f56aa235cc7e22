/** What waits to be written, all of it at once. */
export type Group<T> = {
  /** Resolves when it is written; rejects with what the writing threw. */
  add(item: T): Promise<void>;
  /** Writes now what waits. */
  flush(): void;
};

type Waiting<T> = { readonly item: T; readonly resolve: () => void; readonly reject: (error: unknown) => void };

/** Everything that comes in one turn of the event loop is written together: what costs is the wait for the disk, not how much is written. */
export function createGroup<T>(write: (items: readonly T[]) => void): Group<T> {
  let waiting: Waiting<T>[] = [];
  const flush = () => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      write(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  return {
    add(item) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ item, resolve, reject });
      return promise;
    },
    flush,
  };
}
