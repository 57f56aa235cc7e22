/** Lets so many pieces of work run at once; the others wait in the order in which they came. */
export type Lane = <T>(work: () => Promise<T>) => Promise<T>;

type Waiting = { readonly start: () => void; readonly refuse: (error: unknown) => void };

/**
 * Thousands of commands at once would each wait for all the others, and none would have its answer in time. When one fails, those that wait are
 * not tried: Redis does not answer.
 */
export function createLane(width: number): Lane {
  const waiting = new Set<Waiting>();
  let running = 0;
  const leave = () => {
    running--;
    const [next] = waiting;
    if (next === undefined) return;
    waiting.delete(next);
    next.start();
  };
  const enter = () => {
    if (running < width) {
      running++;
      return undefined;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const start = () => {
      running++;
      resolve();
    };
    waiting.add({ start, refuse: reject });
    return promise;
  };
  return async (work) => {
    const turn = enter();
    // At once where there is room: a lease counts from here.
    if (turn !== undefined) await turn;
    try {
      return await work();
    } catch (error) {
      const refused = [...waiting];
      waiting.clear();
      for (const { refuse } of refused) refuse(error);
      throw error;
    } finally {
      leave();
    }
  };
}
