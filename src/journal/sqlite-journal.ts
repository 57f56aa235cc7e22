import { JournalError } from "../model/errors.ts";
import { guarded } from "./file-errors.ts";
import { type JournalFile, loadSqlite, openForReading, openForWriting, type Sqlite } from "./journal-file.ts";
import { keepEntries } from "./keep-entries.ts";
import { OpenEntries } from "./open-entries.ts";
import { prune } from "./prune.ts";
import { readBefore, readJournalOptions, type SqliteJournalOptions } from "./read-options.ts";
import { readAll, readLines, verifyTrail } from "./read-trail.ts";
import type { Head } from "./trail.ts";
import type { SqliteJournal, SqliteJournalReader, SqliteJournalRuntime, Verification } from "./types.ts";
import { createWriter, type Writer } from "./writer.ts";

/**
 * Opens a journal in a SQLite file, and makes the file if there is none. It needs Node 22.13 or newer (`node:sqlite`; Node 22 and 24 print an
 * ExperimentalWarning). One process writes to a file; a lock beside it, `<path>-lock`, is freed when that process ends, however it ends.
 *
 * An entry is on the disk before `recording` is reported. The records of attempts are with the operating system before anybody acts on them: a
 * crash of the process loses none, a power failure may lose the last.
 * @example
 * ```ts
 * import { createRecordingClient } from "teams-recording-status";
 * import { createSqliteJournal } from "teams-recording-status/journal";
 *
 * const journal = await createSqliteJournal({ path: "recordings.db" });
 * const graph = createRecordingClient({ credential, journal });
 * await graph.recoverRecordings(); // what the last process left open; on a timer too
 * ```
 * @throws {JournalError} code `JOURNAL`: a second process, a damaged file, one of a newer version or of another program, a folder that cannot be
 * written to, a Node without SQLite
 * @throws {BadInputError} code `BAD_INPUT`
 */
export async function createSqliteJournal(
  options: SqliteJournalOptions,
  runtime: Partial<SqliteJournalRuntime> = {},
): Promise<SqliteJournal> {
  const { path } = readJournalOptions(options, "createSqliteJournal");
  const { now = Date.now } = runtime;
  const sqlite = await loadSqlite();
  const file = openForWriting(sqlite, path, readAll);
  try {
    const { open, head } = file.found;
    const writer = guarded(file.path, () => createWriter(file, head, crypto.randomUUID(), now));
    return asJournal(sqlite, file, new OpenEntries(open), writer);
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * Opens a journal beside the process that writes to it, for a look from outside: `timeline` and `verify`, nothing else.
 * @throws {JournalError} code `JOURNAL`
 * @throws {BadInputError} code `BAD_INPUT`
 */
export async function readSqliteJournal(options: SqliteJournalOptions): Promise<SqliteJournalReader> {
  const { path } = readJournalOptions(options, "readSqliteJournal");
  const sqlite = await loadSqlite();
  const file = openForReading(sqlite, path);
  const closing = createClosing(file);
  return {
    ...reading(sqlite, file, closing.refuseIfClosed, () => undefined),
    close: async () => closing.close(),
  };
}

function asJournal(sqlite: Sqlite, file: JournalFile, entries: OpenEntries, writer: Writer): SqliteJournal {
  const { refuseIfClosed, close } = createClosing(file);
  const { flush, ...keeping } = keepEntries(entries, writer, refuseIfClosed);
  return {
    ...keeping,
    ...reading(sqlite, file, refuseIfClosed, () => writer.head),
    async prune(options) {
      refuseIfClosed();
      const before = readBefore(options);
      return { removed: guarded(file.path, () => prune(file.database, writer, entries.all, before)) };
    },
    async close() {
      flush();
      close();
    },
  };
}

/** What a writer and a reader have in common. `head`: the last row that is written, where that is known. */
function reading(sqlite: Sqlite, file: JournalFile, refuseIfClosed: () => void, head: () => Head | undefined) {
  return {
    async timeline(callId: string): Promise<readonly string[]> {
      refuseIfClosed();
      return readLines(file, callId);
    },
    async verify(): Promise<Verification> {
      refuseIfClosed();
      // A connection of its own: others write meanwhile, and the journal may be closed.
      const own = openForReading(sqlite, file.path);
      try {
        return await verifyTrail(own, head());
      } finally {
        own.close();
      }
    },
  };
}

function createClosing(file: JournalFile): { refuseIfClosed(): void; close(): void } {
  let isClosed = false;
  return {
    refuseIfClosed() {
      if (!isClosed) return;
      throw new JournalError(`The journal ${file.path} is closed.`, {
        hint: "Close it after graph.close(), when nothing is recorded any more.",
      });
    },
    close() {
      if (!isClosed) file.close();
      isClosed = true;
    },
  };
}
