import type { RecordingJournal } from "../model/journal.ts";
import { given, isArguments } from "../util/kind-of.ts";
import { own } from "../util/own.ts";
import type { Read } from "./read.ts";

/** Every function of a journal, and whether each has it. */
const functions: Readonly<Record<keyof RecordingJournal, boolean>> = {
  opened: true,
  closed: true,
  claimOrphans: true,
  close: true,
  attempt: false,
  released: false,
  holder: false,
};

/** Each function is read once, and called on the journal that it belongs to. */
export const asJournal: Read<RecordingJournal | undefined> = (journal, name, refuse) => {
  if (journal === undefined) return undefined;
  const wanted = `${name} must be a journal, for example await createSqliteJournal({ path })`;
  if (!isArguments(journal)) throw refuse(`${wanted}; ${given(journal)}`);
  const read = (part: string, isNeeded: boolean) => {
    const found = own(journal, part);
    if (typeof found === "function") return [[part, found.bind(journal)]];
    if (found === undefined && !isNeeded) return [];
    throw refuse(`${wanted}; for ${name}.${part} ${given(found)}`);
  };
  return Object.fromEntries(Object.entries(functions).flatMap(([part, isNeeded]) => read(part, isNeeded))) as RecordingJournal;
};
