import { statSync } from "node:fs";
import { type JournalFile, loadSqlite, openForReading } from "../journal/journal-file.ts";
import { UsageError } from "./invocation.ts";
import { type Option, one, type Values } from "./options.ts";

export const journalOption: Option = {
  value: "FILE",
  help: "The file that the bot gave to createSqliteJournal({ path }).",
  isRequired: true,
};

/**
 * @throws {UsageError} There is no such file: one must not be made because a path was mistyped. Or it is empty, which no journal is: what stood
 * in it is not known, and "nothing was left behind" would be a guess.
 */
export function readJournalPath(values: Values): string {
  const path = one(values, "journal") ?? "";
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined) throw new UsageError(`There is no file ${path}.`);
  // A pipe would be waited for without an end.
  if (!file.isFile()) throw new UsageError(`${path} is no file.`);
  if (file.size === 0) throw new UsageError(`${path} is empty, so it is no journal, or none any more.`);
  return path;
}

/** Opens the file beside whoever writes to it, for a look; nothing is changed in it. @throws {JournalError} code `JOURNAL` */
export async function withJournalRead<T>(path: string, look: (file: JournalFile) => T): Promise<Awaited<T>> {
  const file = openForReading(await loadSqlite(), path);
  try {
    return await look(file);
  } finally {
    file.close();
  }
}
