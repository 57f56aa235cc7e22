import { countIoEvents, countSockets, pause, realNow, seeRealIo, turn } from "./real-time.ts";

/** The longest that a fake clock waits for real I/O before it says so, in milliseconds of real time: vitest and jest end a test after 4 s. */
const ioLimitMs = 4_000;

/**
 * I/O that goes on and on, where nobody said what to wait for: so long, in milliseconds of real time, and so many events. A source without end
 * must not stop the clock.
 */
const endless = { ms: 250, events: 1_000 };

/** The longest silence that counts as "nothing is under way" where work cannot be seen, in milliseconds of real time. */
const longestQuietMs = { alone: 125, withPeers: 500 };

/** Turns between two pauses, while something is under way: a pause for each request would make a long file slow. */
const turnsPerPause = 20;

/** Connections that are none of the tests: a test runner has some to its workers. One that an earlier test left open may be used again. */
const sockets = countSockets();

/**
 * Lets happen what needs no fake time, before it jumps by so much: promises and streams, and real I/O. Stops at once when `isDone`.
 * `isAwaited`: the caller has said what to wait for.
 * @throws {Error} When I/O is still under way after 4 s.
 */
export type Settle = (isDone: () => boolean, isAwaited: boolean, jumpMs: () => number) => Promise<void>;

/** Makes one, for a clock. */
export function createSettle(): Settle {
  /** The rest, by waiting until nothing has happened for a while: the longer the jump that follows, the longer. */
  const waitForSilence = async (isDone: () => boolean, isAwaited: boolean, jumpMs: number) => {
    // A peer may be about to answer on what was opened since: that cannot be seen, and takes longer than the thread pool.
    const hasPeers = countSockets() > sockets;
    const quietMs = Math.min(hasPeers ? longestQuietMs.withPeers : longestQuietMs.alone, Math.max(2, jumpMs / (hasPeers ? 10 : 40)));
    let events = countIoEvents();
    const end = realNow() + (isAwaited ? ioLimitMs : endless.ms);
    for (let since = realNow(); realNow() - since < quietMs && realNow() < end && !isDone(); ) {
      await pause();
      await waitForSeen(isDone, isAwaited);
      const now = countIoEvents();
      if (now !== events) since = realNow();
      events = now;
    }
  };
  let known = countIoEvents();
  return async (isDone, isAwaited, jumpMs) => {
    await waitForSeen(isDone, isAwaited);
    // Where nobody said what to wait for, real time is spent only when some I/O has ended: more may follow that cannot be seen.
    const ended = countIoEvents();
    if (!isDone() && (isAwaited || (ended !== known && jumpMs() > 0))) await waitForSilence(isDone, isAwaited, jumpMs());
    known = countIoEvents();
  };
}

/** What can be seen under way. */
async function waitForSeen(isDone: () => boolean, isAwaited: boolean): Promise<void> {
  const events = countIoEvents() ?? 0;
  const since = realNow();
  let busy = 0;
  // Streams and promises take several turns; a request can be seen one turn after it was made.
  for (let idle = 0; idle < 2 && !isDone(); ) {
    await turn();
    const seen = seeRealIo();
    idle = seen.length === 0 ? idle + 1 : 0;
    if (seen.length === 0 || ++busy % turnsPerPause !== 0) continue;
    await pause();
    const waitedMs = realNow() - since;
    if (!isAwaited && waitedMs >= endless.ms && (countIoEvents() ?? 0) - events >= endless.events) return;
    if (waitedMs >= ioLimitMs) throw stuck(seen);
  }
}

function stuck(seen: readonly string[]): Error {
  const names = [...new Set(seen)].join(", ");
  return new Error(
    `clock.advance: real I/O (${names}) is still under way after ${ioLimitMs / 1000} s of real time, and the fake clock stands still for it. End it first.`,
  );
}
