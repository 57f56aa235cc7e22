import { countIoEvents, countSockets, pause, seeRealIo, turn } from "./real-time.ts";

/** The longest that a fake clock waits for real I/O before it says so, in milliseconds of real time. */
const ioLimitMs = 5_000;

/** How long I/O that goes on and on is waited for, where nobody said what for: a source without end must not stop the clock. */
const endlessLimitMs = 250;

/** The longest silence that counts as "nothing is under way" where work cannot be seen, in milliseconds of real time. */
const longestQuietMs = 50;

/** Turns between two pauses, while something is under way: a pause for each request would make a long file slow. */
const turnsPerPause = 20;

/** Lets happen what needs no fake time. One for each clock: it knows what was open when the clock was made. */
export type Settle = {
  /**
   * Promises and streams, and the real I/O that can be seen. Stops at once when `isDone`.
   * @throws {Error} When I/O is still under way after 5 s.
   */
  visible(isDone: () => boolean, isAwaited: boolean): Promise<void>;
  /** The rest, by waiting until nothing has happened for a while: the longer the jump in time that follows, the longer. */
  hidden(isDone: () => boolean, jumpMs: number): Promise<void>;
};

/** Makes one. */
export function createSettle(): Settle {
  const sockets = countSockets();
  const visible: Settle["visible"] = async (isDone, isAwaited) => {
    const events = countIoEvents();
    let busy = 0;
    // Streams and promises take several turns; a request can be seen one turn after it was made.
    for (let idle = 0; idle < 2 && !isDone(); ) {
      await turn();
      const seen = seeRealIo();
      idle = seen.length === 0 ? idle + 1 : 0;
      if (seen.length === 0 || ++busy % turnsPerPause !== 0) continue;
      await pause();
      const waitedMs = busy / turnsPerPause;
      if (!isAwaited && waitedMs >= endlessLimitMs && countIoEvents() !== events) return;
      if (waitedMs >= ioLimitMs) throw stuck(seen);
    }
  };

  const hidden: Settle["hidden"] = async (isDone, jumpMs) => {
    // A peer may be about to answer on what was opened since: that cannot be seen, and takes longer than the thread pool.
    const slower = countSockets() > sockets ? 10 : 1;
    const quietMs = Math.min(longestQuietMs, Math.max(2, jumpMs / 100)) * slower;
    let events = countIoEvents();
    for (let quiet = 0, waitedMs = 0; quiet < quietMs && !isDone() && waitedMs < ioLimitMs; quiet++, waitedMs++) {
      await pause();
      await visible(isDone, true);
      const now = countIoEvents();
      if (now !== events) quiet = 0;
      events = now;
    }
  };
  return { visible, hidden };
}

function stuck(seen: readonly string[]): Error {
  const names = [...new Set(seen)].join(", ");
  return new Error(
    `clock.advance: real I/O (${names}) is still under way after ${ioLimitMs / 1000} s of real time, and the fake clock stands still for it. End it first.`,
  );
}
