import type { JournalEntry, JournalHold } from "../model/journal.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { createHold } from "./hold.ts";
import { createKeptEntries, type Kept, type KeptEntries } from "./kept-entries.ts";
import { createOutbox, type Letter, type Outbox } from "./outbox.ts";
import type { Store } from "./store.ts";

/** Holds entries, renews them, and tells Redis of their ends. What cannot be told is told again with each renewal. */
export type Keeper = {
  /** Holds an entry that was opened or claimed by a request that began then. */
  keep(entry: JournalEntry, begunAt: number): JournalHold;
  /** A newer recording of the call replaced it. */
  replace(id: string): void;
  /**
   * The recording ended, and the letter says so to Redis. While that fails the entry is renewed: else somebody would take a recording that ended
   * well for one that was left behind.
   */
  close(id: string, letter: Letter): Promise<void>;
  /**
   * The recording ended unreported. The entry is not renewed any more, so that it can be claimed even if Redis is never told. `tell` gets the
   * number of this release: what confirms the hold later makes it void, however late it arrives.
   */
  release(id: string, tell: (number: number) => Promise<void>): Promise<void>;
  /** An entry may have been opened, or may yet be, that nobody wants: `tell` takes it back, with the next renewal. */
  withdraw(id: string, tell: () => Promise<void>): void;
  /** Renews all entries; rejects when one could not be. */
  renew(): Promise<void>;
  /** Renews what it can, and tells what Redis was not told: for a connection that is new. Never rejects. */
  catchUp(): Promise<void>;
  /** Nothing is renewed any more, so every hold is lost. What is still to be told waits for Redis a little. Gives the calls whose ends it does not know. */
  stop(): Promise<readonly string[]>;
};

export type KeeperParts = {
  readonly store: Store;
  readonly leaseMs: number;
  readonly runtime: Pick<ClientRuntime, "monotonicNow" | "schedule">;
  readonly isReady: () => boolean;
  /** How long Redis may take to answer, in milliseconds. */
  readonly answerMs: number;
  /** Waits for Redis, for so many milliseconds at most. */
  readonly readyWithin: (limitMs: number) => Promise<void>;
};

/** The parts of a keeper, and whether it is stopped. */
type State = KeeperParts & {
  readonly kept: KeptEntries;
  readonly closings: Outbox;
  readonly releases: Outbox;
  /** How many releases there were. */
  given: number;
  disarm: (() => void) | undefined;
  isStopped: boolean;
};

/** Stands for the call of what was withdrawn: nobody misses its end. */
const withdrawn = "";

const renewalsPerLease = 4;
/** How soon it is tried again when that failed: a Redis that has just started reads its data first, and a command may get lost. */
const retriesPerLease = 40;

/** Makes the keeper of one owner. It has a timer only while there is something to keep. */
export function createKeeper(parts: KeeperParts): Keeper {
  const kept = createKeptEntries(parts.store, parts.runtime);
  const state: State = {
    ...parts,
    kept,
    closings: createOutbox(),
    releases: createOutbox(),
    given: 0,
    disarm: undefined,
    isStopped: false,
  };
  const { closings, releases } = state;
  return {
    keep: (entry, begunAt) => keep(state, entry, begunAt),
    replace(id) {
      const one = kept.get(id);
      if (one !== undefined) kept.drop(one);
    },
    close(id, { callId, tell }) {
      const one = kept.get(id);
      one?.hold.end();
      releases.takeBack(id);
      // First what happened first: an older recording of the call must not stand up again when this one was refused.
      void closings.retry();
      const tellAll = async () => {
        await tell();
        if (one !== undefined) kept.remove(one);
      };
      return closings.send(id, { callId, tell: tellAll }).finally(() => arm(state));
    },
    release(id, tell) {
      const one = kept.get(id);
      one?.hold.end();
      one?.hold.give();
      if (one !== undefined) kept.remove(one);
      const number = ++state.given;
      return releases.send(id, { callId: one?.entry.callId ?? "", tell: () => tell(number) }).finally(() => arm(state));
    },
    withdraw(id, tell) {
      closings.keep(id, { callId: withdrawn, tell });
      arm(state);
    },
    renew: async () => void (await kept.renew(kept.all())),
    catchUp: () => catchUp(state),
    stop: () => stop(state),
  };
}

function keep(state: State, entry: JournalEntry, begunAt: number): JournalHold {
  const { kept, leaseMs, runtime, releases } = state;
  const before = kept.get(entry.id);
  if (before !== undefined) kept.drop(before);
  const one: Kept = { entry, hold: createHold({ leaseMs, runtime, ask: () => confirm(state, one) }, begunAt) };
  kept.add(one);
  releases.takeBack(entry.id);
  if (state.isStopped) one.hold.lose();
  arm(state);
  const { permits, mayReport, confirm: ask, leftMs, onLost } = one.hold;
  return { permits, mayReport, confirm: ask, leftMs, onLost };
}

/** Whether an entry is still this process's, also one that was given up: then it is held again. */
async function confirm(state: State, one: Kept): Promise<boolean> {
  const { kept, releases } = state;
  const { id } = one.entry;
  if (state.isStopped) return one.hold.mayReport();
  // Given up, and claimed by this very process: Redis sees the same owner, but it is the claimer's.
  if ((kept.get(id) ?? one) !== one) {
    kept.drop(one);
    return false;
  }
  const release = releases.takeBack(id);
  try {
    const [isOurs = false] = await kept.renew([one], state.given);
    if (isOurs) kept.add(one);
    return isOurs;
  } catch (error) {
    if (release !== undefined) releases.keep(id, release);
    throw error;
  } finally {
    arm(state);
  }
}

/** Sees to it that there is a next renewal, while there is something to renew or to tell. */
function arm(state: State, timesPerLease = renewalsPerLease): void {
  const { kept, closings, releases, runtime, leaseMs } = state;
  const isIdle = kept.isEmpty && closings.isEmpty && releases.isEmpty;
  if (state.isStopped || state.disarm !== undefined || isIdle) return;
  state.disarm = runtime.schedule(() => {
    state.disarm = undefined;
    arm(state);
    void catchUp(state);
  }, leaseMs / timesPerLease);
}

async function catchUp(state: State): Promise<void> {
  const { kept, closings, releases, isReady } = state;
  if (!isReady()) return;
  const [renewed] = await Promise.allSettled([kept.renew(kept.all()), closings.retry(), releases.retry()]);
  if (renewed.status === "fulfilled") return;
  state.disarm?.();
  state.disarm = undefined;
  arm(state, retriesPerLease);
}

async function stop(state: State): Promise<readonly string[]> {
  const { kept, closings, releases, isReady, readyWithin, runtime, answerMs } = state;
  state.isStopped = true;
  state.disarm?.();
  for (const { hold } of kept.all()) hold.lose();
  const tell = async () => {
    if (isReady()) await Promise.all([closings.retry(), releases.retry()]);
  };
  await tell();
  const end = runtime.monotonicNow() + answerMs;
  for (let leftMs = answerMs; !closings.isEmpty && leftMs > 0; leftMs = end - runtime.monotonicNow()) {
    // One that has just started reads its data first.
    if (isReady()) await new Promise<void>((resolve) => runtime.schedule(resolve, answerMs / retriesPerLease));
    else await readyWithin(leftMs);
    await tell();
  }
  return closings.callIds.filter((callId) => callId !== withdrawn);
}
