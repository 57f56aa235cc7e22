import { JournalError } from "../model/errors.ts";
import { guarded, type JournalFile, loadSqlite, openForReading, openForWriting } from "./journal-file.ts";
import { keepEntries } from "./keep-entries.ts";
import { OpenEntries, readOpenEntries } from "./open-entries.ts";
import { prune } from "./prune.ts";
import { readBefore, readJournalOptions, type SqliteJournalOptions } from "./read-options.ts";
import { readLines, verifyTrail } from "./read-trail.ts";
import { readHead } from "./trail.ts";
import type { SqliteJournal, SqliteJournalReader, SqliteJournalRuntime } from "./types.ts";
import { createWriter, type Writer } from "./writer.ts";

/**
 * Opens a journal in a SQLite file, and makes the file if there is none. It needs Node 22.13 or newer (`node:sqlite`; Node 22 and 24 print an
 * ExperimentalWarning). One process writes to a file; a lock beside it, `<path>-lock`, is freed when that process ends, however it ends.
 *
 * An entry is on the disk before `recording` is reported. The records of attempts are with the operating system before anybody acts on them: a
 * crash of the process loses none, a power failure may lose the last.
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
  const file = openForWriting(await loadSqlite(), path);
  try {
    return guarded(file.path, () => {
      const open = new OpenEntries(readOpenEntries(file.database, file.path));
      return asJournal(file, open, createWriter(file, readHead(file.database), crypto.randomUUID(), now));
    });
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
  const file = openForReading(await loadSqlite(), path);
  return {
    timeline: async (callId) => guarded(file.path, () => readLines(file, callId)),
    verify: () => verifyTrail(file, () => undefined),
    close: async () => file.close(),
  };
}

function asJournal(file: JournalFile, entries: OpenEntries, writer: Writer): SqliteJournal {
  let isClosed = false;
  const refuseIfClosed = () => {
    if (!isClosed) return;
    throw new JournalError(`The journal ${file.path} is closed.`, {
      hint: "Close it after graph.close(), when nothing is recorded any more.",
    });
  };
  const { flush, ...keeping } = keepEntries(entries, writer, refuseIfClosed);
  return {
    ...keeping,
    async timeline(callId) {
      refuseIfClosed();
      return guarded(file.path, () => readLines(file, callId));
    },
    async verify() {
      refuseIfClosed();
      return verifyTrail(file, () => writer.head);
    },
    async prune(options) {
      refuseIfClosed();
      const before = readBefore(options);
      return { removed: guarded(file.path, () => prune(file.database, writer, entries.all, before)) };
    },
    async close() {
      if (isClosed) return;
      flush();
      isClosed = true;
      file.close();
    },
  };
}
