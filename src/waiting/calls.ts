/** The calls that are under way: `close` waits for them. */
export type Calls = { track<T>(call: Promise<T>): Promise<T>; settled(): Promise<unknown> };

export function createCalls(): Calls {
  const underWay = new Set<Promise<unknown>>();
  return {
    track(call) {
      const settled: Promise<unknown> = call.then(
        () => underWay.delete(settled),
        () => underWay.delete(settled),
      );
      underWay.add(settled);
      return call;
    },
    settled: () => Promise.all(underWay),
  };
}
