// What is public: without the types of Node, which a consumer may not have.

import type { RecordingJournal } from "../model/journal.ts";

/** What `verify` found. */
export type Verification = {
  /** Whether every row is as it was written, and none between the first and the last is missing. */
  readonly isWhole: boolean;
  /** How many rows were read. */
  readonly rows: number;
  /** What is wrong, and where; undefined when nothing is. */
  readonly problem: string | undefined;
};

/** What can be read of a journal in a file. */
export type SqliteJournalReader = {
  /** What happened to a call, one plain line for each event, in order. The call's id may be spelled in any way that Graph spells it. */
  timeline(callId: string): Promise<readonly string[]>;
  /** Reads the whole file, and says whether each row is as it was written and none is missing. */
  verify(): Promise<Verification>;
  /** Frees the file. */
  close(): Promise<void>;
};

/** A journal in a file that belongs to this process, and the audit trail that it holds. Everything rejects with `JOURNAL` when the file fails. */
export type SqliteJournal = Required<Omit<RecordingJournal, "holder">> &
  SqliteJournalReader & {
    /**
     * Removes what happened before a time (a date, or milliseconds since the epoch), and resolves with how many rows that were. What is still open
     * is kept. The file does not become smaller: its room is used again.
     */
    prune(options: { readonly before: Date | number }): Promise<{ readonly removed: number }>;
  };

/** What the journal takes from the world besides the file. For tests. */
export type SqliteJournalRuntime = {
  /** The wall clock, in milliseconds since the epoch. @default Date.now */
  readonly now: () => number;
};
