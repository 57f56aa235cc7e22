/**
 * A journal in a SQLite file: what survives a crash of the process, and an audit trail that a person can read. For Node 22.13 and newer.
 * @module
 */

export type { JournalEntry, RecordingJournal } from "../model/journal.ts";
export type { SqliteJournalOptions } from "./read-options.ts";
export { createSqliteJournal, readSqliteJournal } from "./sqlite-journal.ts";
export type { SqliteJournal, SqliteJournalReader, SqliteJournalRuntime, Verification } from "./types.ts";
