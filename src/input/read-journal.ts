import type { RecordingJournal } from "../model/journal.ts";
import { given, isArguments } from "../util/kind-of.ts";
import { own } from "../util/own.ts";
import type { Read } from "./read.ts";

const needed = ["opened", "closed", "claimOrphans", "close"] as const;
const optional = ["attempt", "released"] as const;

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
  const parts = [...needed.flatMap((part) => read(part, true)), ...optional.flatMap((part) => read(part, false))];
  return Object.fromEntries(parts) as RecordingJournal;
};
