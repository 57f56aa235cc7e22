import { closeSync, existsSync, openSync, readFileSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { JournalError } from "../model/errors.ts";
import { codes, fileError, guarded, resultCodeOf, tornError } from "./file-errors.ts";
import { applicationId, busyTimeoutMs, fileVersion, schema } from "./schema.ts";

/** An open file, and which file that is. */
export type JournalFile = {
  readonly database: DatabaseSync;
  /** In full, links resolved. */
  readonly path: string;
  /** @throws {JournalError} when another file, or none, is at its path now: what is written here would be lost */
  refuseIfReplaced(): void;
  close(): void;
};

export type Sqlite = typeof import("node:sqlite");

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

/**
 * Opens the file for the one process that writes to it, and makes it if there is none. What is in it is read by `judge` first, through a
 * connection that changes nothing: a file that is refused stays as it is. @throws {JournalError} code `JOURNAL`
 */
export function openForWriting<T>(sqlite: Sqlite, givenPath: string, judge: (file: JournalFile) => T): JournalFile & { readonly found: T } {
  const path = makeFile(resolve(givenPath));
  if (!isUnfinished(path)) openForReading(sqlite, path).close();
  const lock = takeLock(sqlite, path);
  try {
    return guarded(path, () => {
      if (isUnfinished(path)) create(sqlite, path);
      const found = judgeFirst(sqlite, path, judge);
      const database = new sqlite.DatabaseSync(path);
      database.exec(`pragma busy_timeout = ${busyTimeoutMs}; pragma journal_mode = wal; pragma synchronous = normal;`);
      return Object.assign(asFile(database, path, lock), { found });
    });
  } catch (error) {
    lock.close();
    throw error;
  }
}

/**
 * Opens the file beside the process that writes to it. By SQLite alone: who opens a file and closes it again frees the locks that its process has
 * on it. @throws {JournalError} code `JOURNAL`
 */
export function openForReading(sqlite: Sqlite, givenPath: string): JournalFile {
  const full = resolve(givenPath);
  const path = guarded(full, () => realpathSync(full));
  return guarded(path, () => {
    const database = new sqlite.DatabaseSync(path, { readOnly: true });
    try {
      database.exec(`pragma busy_timeout = ${busyTimeoutMs}`);
      refuseUnlessOurs(database, path);
    } catch (error) {
      database.close();
      throw error;
    }
    return asFile(database, path);
  });
}

/** Empty, or in the middle of its creation when its process died. Later on it is in WAL mode and has no such journal beside it. */
function isUnfinished(path: string): boolean {
  return guarded(path, () => {
    if (statSync(path).size === 0) return true;
    if (!existsSync(`${path}-journal`)) return false;
    const header = readFileSync(path);
    // https://sqlite.org/fileformat.html, "The Database Header": 100 bytes, the application id at 68.
    return header.length < 100 || header.readUInt32BE(68) === applicationId;
  });
}

/** What a crash left half done SQLite rolls back by itself. */
function create({ DatabaseSync }: Sqlite, path: string): void {
  const database = new DatabaseSync(path);
  try {
    const { tables } = database.prepare("select count(*) as tables from sqlite_schema").get() ?? {};
    // Not in WAL mode yet: what the file is stands in the file itself then, whatever becomes of the log.
    if (tables === 0) database.exec(`pragma synchronous = full; begin immediate; ${schema} commit;`);
  } finally {
    database.close();
  }
}

function judgeFirst<T>(sqlite: Sqlite, path: string, judge: (file: JournalFile) => T): T {
  const file = openForReading(sqlite, path);
  try {
    const found = file.database.prepare("pragma quick_check(1)").get()?.quick_check;
    if (found !== "ok") throw tornError(path, String(found));
    return judge(file);
  } finally {
    file.close();
  }
}

function asFile(database: DatabaseSync, path: string, lock?: DatabaseSync): JournalFile {
  const inode = (name: string) => statSync(name, { throwIfNoEntry: false })?.ino;
  const opened = inode(path);
  let log: number | undefined;
  return {
    database,
    path,
    refuseIfReplaced() {
      log ??= inode(`${path}-wal`);
      const [found, foundLog] = [inode(path), inode(`${path}-wal`)];
      if (found === opened && foundLog === log) return;
      const what = found === undefined || foundLog === undefined ? "is not there any more" : "was replaced by another one";
      throw new JournalError(`The journal's file ${found === opened ? `${path}-wal` : path} ${what}.`, {
        hint: "What is written to the old one would be lost: end this process's recordings, and start it anew.",
      });
    },
    close() {
      database.close();
      lock?.close();
    },
  };
}

/** The path of the file itself, links resolved, so that who comes by another name meets the same lock. Made if it is not there. */
function makeFile(path: string): string {
  return guarded(path, () => {
    // Also through a link that leads nowhere yet.
    if (!existsSync(path)) closeSync(openSync(path, "a"));
    const real = realpathSync(path);
    const file = statSync(real);
    if (!file.isFile())
      throw new JournalError(`${real} is no file.`, { hint: "The path of a journal names a file; its folder must exist." });
    if (file.nlink === 1) return real;
    throw new JournalError(`The journal ${real} has ${file.nlink} names (hard links).`, {
      hint: "Two processes could open it by different names, and destroy it: copy it, and remove the other names.",
    });
  });
}

function refuseUnlessOurs(database: DatabaseSync, path: string): void {
  const numberOf = (pragma: string) => Number(Object.values(database.prepare(`pragma ${pragma}`).get() ?? {})[0]);
  if (numberOf("application_id") !== applicationId)
    throw new JournalError(`${path} is a SQLite file, but no journal.`, {
      hint: "Nothing was changed in it: give the journal another path.",
    });
  const version = numberOf("user_version");
  if (version === fileVersion) return;
  throw new JournalError(`The journal ${path} was written by another version of this library: ${version} instead of ${fileVersion}.`, {
    hint: "Nothing was changed in it: use the version that wrote it, or give this one another path.",
  });
}

/**
 * One process writes: the system holds the lock, and frees it when the process ends, however it ends. Readers do not ask for it. Who opens and
 * closes the lock's file in the process that holds it, as a backup of the folder may, frees it too: that is how POSIX locks are.
 */
function takeLock({ DatabaseSync }: Sqlite, path: string): DatabaseSync {
  const lockPath = `${path}-lock`;
  const lock = guarded(lockPath, () => new DatabaseSync(lockPath));
  try {
    lock.exec("begin exclusive");
    return lock;
  } catch (error) {
    lock.close();
    const code = resultCodeOf(error);
    if (code === codes.notADatabase)
      throw new JournalError(`${lockPath} is no lock of a journal.`, { cause: error, hint: "Remove that file." });
    if (code !== codes.busy) throw fileError(lockPath, error);
    throw new JournalError(`The journal ${path} belongs to a process that is running.`, {
      cause: error,
      hint: "One process writes to a journal: give each its own path, or use createRedisJournal of ./redis. To look into it, use readSqliteJournal.",
    });
  }
}
