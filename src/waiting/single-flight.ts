import { untilEnd } from "./lifetime.ts";

/** Shares work among those who want the same at the same time. */
export type SingleFlight<T> = {
  /** Joins the work under way for the key, or starts it. Rejects with the signal's reason when that ends first. */
  join(key: string, start: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
};

type Flight<T> = { readonly promise: Promise<T>; readonly abort: AbortController; waiters: number };

/** Work that its last waiter has left is aborted and forgotten: who comes next starts anew, so what hangs holds nobody. */
export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>();
  const forget = (key: string, flight: Flight<T>) => {
    if (flights.get(key) === flight) flights.delete(key);
  };
  const takeOff = (key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> => {
    const abort = new AbortController();
    const flight = { promise: start(abort.signal), abort, waiters: 0 };
    flights.set(key, flight);
    // Whoever waits sees the rejection; when nobody waits any more it is nobody's.
    flight.promise.then(
      () => forget(key, flight),
      () => forget(key, flight),
    );
    return flight;
  };
  return {
    async join(key, start, signal) {
      signal.throwIfAborted();
      const flight = flights.get(key) ?? takeOff(key, start);
      flight.waiters++;
      try {
        return await untilEnd(flight.promise, signal);
      } finally {
        flight.waiters--;
        if (flight.waiters === 0) {
          forget(key, flight);
          flight.abort.abort();
        }
      }
    },
  };
}
