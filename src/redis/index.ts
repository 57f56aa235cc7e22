/**
 * A journal that several instances of a bot share, in Redis: a call is recorded by one of them at a time, and what one leaves behind when it
 * dies, another one ends.
 * @module
 */
export type { JournalEntry, JournalHold, Orphan, RecordingJournal } from "../model/journal.ts";
export type { RedisCommandOptions, RedisJournalClient, RedisJournalOptions } from "./journal-options.ts";
export { createRedisJournal, type RedisJournal, type RedisJournalRuntime } from "./redis-journal.ts";
