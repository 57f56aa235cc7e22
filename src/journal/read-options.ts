import { asNonEmptyString, type Readers, type Refuse, readObject, readOptions, refuseFor } from "../input/read.ts";
import { given } from "../util/kind-of.ts";

/** Options of `createSqliteJournal` and `readSqliteJournal`. */
export type SqliteJournalOptions = {
  /** The file. Its folder must exist, on a disk of this machine: network file systems have no reliable locks. Required. */
  path: string;
};

const pathReaders = { path: asNonEmptyString } satisfies Readers<SqliteJournalOptions>;

/** @throws BAD_INPUT */
export function readJournalOptions(options: unknown, action: string): { readonly path: string } {
  const refuse = refuseFor(action);
  const example = 'the options must be an object such as { path: "recordings.db" }';
  const { path } = readOptions(readObject(options, example, refuse), pathReaders, refuse);
  if (path === undefined) throw refuse("path is missing: the file of the journal.");
  if (/^(:memory:$|file:)/.test(path)) throw refuse(`path must be the path of a file, not ${path}: a journal must outlive its process.`);
  return { path };
}

/** The time before which is pruned, in milliseconds since the epoch. @throws BAD_INPUT */
export function readBefore(options: unknown): number {
  const refuse = refuseFor("prune");
  const { before } = readOptions(
    readObject(options, "the options must be an object such as { before: date }", refuse),
    { before: asTime },
    refuse,
  );
  return before;
}

function asTime(value: unknown, name: string, refuse: Refuse): number {
  const time = value instanceof Date ? value.getTime() : value;
  if (typeof time === "number" && Number.isFinite(time)) return time;
  throw refuse(`${name} must be a date, or a number of milliseconds since the epoch; ${given(value)}`);
}
