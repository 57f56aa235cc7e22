import { existsSync } from "node:fs";
import { type JournalFile, loadSqlite, openForReading } from "../journal/journal-file.ts";
import { UsageError } from "./invocation.ts";
import { type Option, one, type Values } from "./options.ts";

export const journalOption: Option = {
  value: "FILE",
  help: "The file that the bot gave to createSqliteJournal({ path }).",
  isRequired: true,
};

/** @throws {UsageError} There is no such file: one must not be made because a path was mistyped. */
export function readJournalPath(values: Values): string {
  const path = one(values, "journal") ?? "";
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}.`);
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
