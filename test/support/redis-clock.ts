// Time in the test's hands while the Redis is real: the process's own clock stands still until it is moved.

type Timer = { readonly at: number; readonly callback: () => void };

/** Makes one; pass it to `createRedisJournal` as the second argument. Ids are random, as two instances need them. */
export function createHandClock() {
  let time = 1_000;
  const timers = new Set<Timer>();
  const nextDue = (end: number) => [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  return {
    monotonicNow: () => time,
    schedule(callback: () => void, delayMs: number) {
      const timer = { at: time + delayMs, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    /** Lets time pass, timer by timer. */
    advance(ms: number) {
      const end = time + ms;
      for (let due = nextDue(end); due !== undefined; due = nextDue(end)) {
        timers.delete(due);
        time = Math.max(time, due.at);
        due.callback();
      }
      time = end;
    },
    /** Time passes, but the process sleeps: no timer fires. */
    sleep(ms: number) {
      time += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}
