import type { JournalHold } from "../model/journal.ts";
import { createEnding } from "../waiting/ending.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";

/**
 * What an entry permits, by the clock of this process. It counts from the moment before the last confirmed renewal was written, and Redis counts
 * from when that arrived: so the lease is over here before it is over there, and no two clocks are compared.
 */
export type Hold = Required<JournalHold> & {
  /** A renewal was confirmed that began then. */
  renewed(begunAt: number): void;
  /** Its recording has ended: nothing is permitted from here on, and nobody is called back for that. */
  end(): void;
  /** The lease is nobody's: nothing may be reported before it is confirmed. */
  give(): void;
  /** Nothing is permitted any more: it is not renewed in time. */
  lose(): void;
  /** Another one has the entry: also nothing may be reported, whatever the clock says. */
  take(): void;
};

/** The shares of a lease in which media may be persisted, and a report may leave: it takes some time to get there. */
const persistShare = 0.75;
const reportShare = 0.95;

type HoldParts = {
  readonly leaseMs: number;
  readonly runtime: Pick<ClientRuntime, "monotonicNow" | "schedule">;
  /** Asks Redis whether the entry is still this process's; rejects when that cannot be asked. */
  readonly ask: () => Promise<boolean>;
};

/** Makes the hold on an entry that was opened or claimed by a request that began then. */
export function createHold({ leaseMs, runtime, ask }: HoldParts, opened: number): Hold {
  const state = { begunAt: opened, hasEnded: false, isTaken: false, unwatch: () => {} };
  /** Once lost it is never permitted again, even if it is renewed: the recording ends. */
  const loss = createEnding();
  const left = (share: number) => state.begunAt + leaseMs * share - runtime.monotonicNow();
  const lose = () => {
    state.unwatch();
    if (!state.hasEnded) loss.bringAbout();
  };
  const permits = () => {
    if (left(persistShare) <= 0) lose();
    return !state.hasEnded && !loss.hasCome;
  };
  const watch = () => {
    state.unwatch();
    // Timers may fire a little early.
    if (permits()) state.unwatch = runtime.schedule(watch, Math.max(1, left(persistShare)));
  };
  const mayReport = () => !state.isTaken && left(reportShare) > 0;
  watch();
  return {
    permits,
    mayReport,
    leftMs: () => (mayReport() ? left(reportShare) : 0),
    confirm: async () => !state.isTaken && (await ask().catch(mayReport)),
    // After whoever asked: what a callback does, or throws, is not the business of a renewal or of `permits`.
    onLost: (callback) => void loss.onCome(() => queueMicrotask(callback)),
    renewed(begunAt) {
      // Between the two there was a time when nothing was permitted, even if nobody asked.
      if (begunAt - state.begunAt >= leaseMs * persistShare) lose();
      state.begunAt = Math.max(state.begunAt, begunAt);
      watch();
    },
    end() {
      state.unwatch();
      state.hasEnded = true;
    },
    give() {
      state.begunAt = Number.NEGATIVE_INFINITY;
    },
    lose,
    take() {
      state.isTaken = true;
      lose();
    },
  };
}
