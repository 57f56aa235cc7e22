import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { JournalError } from "../model/errors.ts";
import { showError } from "../util/show-error.ts";

/** Says that a file is a journal of ours: "TRSJ". SQLite keeps it in the header. */
const applicationId = 0x5452534a;
/** What this version writes. A file of a newer version is refused: it may hold what this one does not understand. */
const fileVersion = 1;

const schema = `
  create table meta (name text primary key, value text not null) strict, without rowid;
  create table trail (
    seq integer primary key,
    at integer not null,
    type text not null,
    entry text,
    call text not null,
    body text not null,
    hash blob not null
  ) strict;
  create index trail_of_call on trail (call);
  pragma application_id = ${applicationId};
  pragma user_version = ${fileVersion};
`;

/** An open file, and which file that is. */
export type JournalFile = {
  readonly database: DatabaseSync;
  /** In full, links resolved. */
  readonly path: string;
  /** @throws {JournalError} when another file, or none, is at its path now: what is written here would be lost */
  refuseIfReplaced(): void;
  close(): void;
};

type Sqlite = typeof import("node:sqlite");

/** @throws {JournalError} code `JOURNAL`: this Node has no SQLite */
export async function loadSqlite(): Promise<Sqlite> {
  try {
    return await import("node:sqlite");
  } catch (cause) {
    throw new JournalError("The journal needs SQLite, which this runtime does not have.", {
      cause,
      hint: "Use Node 22.13 or newer, or a journal of another kind: createRedisJournal of ./redis, or your own.",
    });
  }
}

/** Opens the file for the one process that writes to it, and makes it if there is none. @throws {JournalError} code `JOURNAL` */
export function openForWriting(sqlite: Sqlite, givenPath: string): JournalFile {
  const path = fullPath(givenPath);
  const lock = takeLock(sqlite, path);
  try {
    return guarded(path, () => {
      const database = new sqlite.DatabaseSync(path);
      try {
        if (isEmpty(database)) database.exec(`pragma journal_mode = wal; begin immediate; ${schema} commit;`);
        refuseUnlessOurs(database, path);
        refuseIfTorn(database, path);
        database.exec("pragma journal_mode = wal; pragma synchronous = normal;");
      } catch (error) {
        database.close();
        throw error;
      }
      return asFile(database, path, lock);
    });
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** Opens the file beside the process that writes to it. @throws {JournalError} code `JOURNAL` */
export function openForReading(sqlite: Sqlite, givenPath: string): JournalFile {
  const path = fullPath(givenPath);
  return guarded(path, () => {
    const database = new sqlite.DatabaseSync(path, { readOnly: true });
    try {
      refuseUnlessOurs(database, path);
    } catch (error) {
      database.close();
      throw error;
    }
    return asFile(database, path);
  });
}

/** Runs what reads or writes the file; whatever SQLite says becomes one clear error. @throws {JournalError} code `JOURNAL` */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof JournalError ? error : fileError(path, error);
  }
}

function asFile(database: DatabaseSync, path: string, lock?: DatabaseSync): JournalFile {
  const opened = statSync(path);
  return {
    database,
    path,
    refuseIfReplaced() {
      const found = statSync(path, { throwIfNoEntry: false });
      if (found?.ino === opened.ino && found.dev === opened.dev) return;
      const what = found === undefined ? "is not there any more" : "was replaced by another one";
      throw new JournalError(`The journal's file ${path} ${what}.`, {
        hint: "What is written to the old one would be lost: end this process's recordings, and start it anew.",
      });
    },
    close() {
      database.close();
      lock?.close();
    },
  };
}

/** Links are resolved: who comes by another name meets the same lock. */
function fullPath(path: string): string {
  const full = resolve(path);
  try {
    if (statSync(full, { throwIfNoEntry: false }) !== undefined) return realpathSync(full);
    return join(realpathSync(dirname(full)), basename(full));
  } catch (error) {
    throw fileError(full, error);
  }
}

/** One process writes: the system holds the lock, and frees it when the process ends, however it ends. Readers do not ask for it. */
function takeLock({ DatabaseSync }: Sqlite, path: string): DatabaseSync {
  const lockPath = `${path}-lock`;
  const lock = guarded(lockPath, () => new DatabaseSync(lockPath, { timeout: 0 }));
  try {
    lock.exec("begin exclusive");
    return lock;
  } catch (error) {
    lock.close();
    if (codeOf(error) !== codes.busy) throw fileError(lockPath, error);
    throw new JournalError(`The journal ${path} belongs to a process that is running.`, {
      cause: error,
      hint: "One process writes to a journal: give each its own path, or use createRedisJournal of ./redis. To look into it, use readSqliteJournal.",
    });
  }
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare("select count(*) as count from sqlite_schema").get()?.count === 0 && numberOf(database, "application_id") === 0;
}

function refuseUnlessOurs(database: DatabaseSync, path: string): void {
  if (numberOf(database, "application_id") !== applicationId)
    throw new JournalError(`${path} is a SQLite file, but no journal.`, {
      hint: "Nothing was changed in it: give the journal another path.",
    });
  const version = numberOf(database, "user_version");
  if (version === fileVersion) return;
  throw new JournalError(`The journal ${path} was written by another version of this library: ${version} instead of ${fileVersion}.`, {
    hint: "Nothing was changed in it: use the version that wrote it, or give this one another path.",
  });
}

function refuseIfTorn(database: DatabaseSync, path: string): void {
  const found = database.prepare("pragma quick_check(1)").get()?.quick_check;
  if (found !== "ok") throw tornError(path, new Error(String(found)));
}

function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(Object.values(database.prepare(`pragma ${pragma}`).get() ?? {})[0]);
}

/** https://sqlite.org/rescode.html: the primary result codes that need words of their own. */
const codes = { busy: 5, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;

function codeOf(error: unknown): number {
  return Number((error as { errcode?: unknown } | null)?.errcode) & 0xff;
}

export function tornError(path: string, cause: unknown): JournalError {
  return new JournalError(`The journal ${path} is damaged: ${showError(cause)}.`, {
    cause,
    hint: "Move it away (with its -wal and -shm) and keep it: what it says of recordings that were left behind has to be looked up by hand.",
  });
}

function fileError(path: string, cause: unknown): JournalError {
  const code = codeOf(cause);
  if (code === codes.corrupt || code === codes.notADatabase) return tornError(path, cause);
  const hints: { readonly [code: number]: string } = {
    [codes.full]: "The disk is full: make room.",
    [codes.ioError]: "The disk cannot be written to: it may be full, or failing.",
    [codes.readOnly]: "The file or its folder cannot be written to.",
    [codes.cannotOpen]: "Its folder must exist, and this process must be allowed to write there.",
    [codes.busy]: "Another program keeps it locked.",
  };
  return new JournalError(`The journal ${path} cannot be used: ${showError(cause)}.`, { cause, hint: hints[code] });
}
