import type { AttemptRecord } from "./attempt-record.ts";
import type { RecordingOutcome } from "./outcome.ts";

/** A recording as a journal keeps it: all that another process needs to report its end. */
export type JournalEntry = {
  /** Fresh for each recording; not the call's id. */
  readonly id: string;
  /** The call that is recorded. */
  readonly callId: string;
  /** The tenant of the call, as the caller named it. */
  readonly tenantId: string | undefined;
  /** When it was opened, by the wall clock; milliseconds since the epoch. */
  readonly openedAt: number;
};

/**
 * What a journal gives that several processes write to: an entry is held for a time and must be renewed, so it can be lost. The journal renews
 * it by itself. Its first two functions are asked at every permission and every request: they decide at once, by a clock of this process.
 */
export type JournalHold = {
  /** Whether the call's media, and what is derived from it, may be persisted at this instant. Ends before `mayReport` does. */
  permits(): boolean;
  /** Whether a report of the call may leave at this instant: nobody else can have taken the entry yet. */
  mayReport(): boolean;
  /** Asks the journal, when `mayReport` says no. Resolves with whether the entry is still this process's, and is held anew. */
  confirm(): Promise<boolean>;
  /** For how many milliseconds `mayReport` will say yes: what persists is cut off then. @default unknown: as long as `stopTimeoutMs` allows */
  leftMs?(): number;
  /** Calls back once, when `permits` has become false. The recording ends as failed then. */
  onLost(callback: () => void): void;
};

/** An entry whose end nobody has reported: its owner died, or gave it up. The claimer holds it, as if it had opened it. */
export type Orphan = JournalEntry & {
  /** For a journal of several processes: how long the claimer may act for the call. */
  readonly hold?: JournalHold | undefined;
  /** For a journal of one process: whether the entry is still open at this instant, and no newer recording has replaced it. @default it is */
  readonly isStillOpen?: (() => boolean) | undefined;
};

/**
 * What survives a crash: who may be shown as recording. `createSqliteJournal` of `./journal` makes one, `createRedisJournal` of `./redis` another.
 * Each function may be asynchronous. The client waits for them as long as an attempt may take (`attemptTimeoutMs`), for `claimOrphans` as long as
 * `recoverRecordings` may take (`deadlineMs`); its errors are `JOURNAL`.
 */
export type RecordingJournal = {
  /**
   * Writes down that `recording` is about to be reported for a call. Must be durable when it resolves: nothing is sent before, and nothing at all
   * when it rejects. Replaces an older entry of the same call.
   */
  opened(entry: JournalEntry): Promise<JournalHold | undefined> | Promise<void> | JournalHold | undefined | void;
  /** Adds one record to the trail. Nothing waits for it but the end of its recording. @default no trail is kept */
  attempt?(record: AttemptRecord): Promise<void> | void;
  /**
   * The end was reported and confirmed, the call is gone, or `recording` cannot be in effect (`reported` is undefined then, and `reason` is not
   * `callEnded`): nobody needs to recover it. An entry that is not there is no error.
   */
  closed(id: string, outcome: RecordingOutcome): Promise<void> | void;
  /** The recording ended, but its end could not be reported: the entry is an orphan now. @default it becomes one when its process ends */
  released?(id: string): Promise<void> | void;
  /**
   * Names the other process that records a call at this instant; undefined: nobody else does. Asked before a plain closing status of a call that this
   * client has not opened, which would end a living recording. @default nobody is asked
   */
  holder?(callId: string): Promise<string | undefined> | string | undefined;
  /** Hands each orphan out once. What is handed out is this process's until it is closed or released. */
  claimOrphans(): Promise<readonly Orphan[]> | readonly Orphan[];
  /** Frees files and connections. The client never calls it: who made the journal closes it. */
  close(): Promise<void> | void;
};
