import type { DatabaseSync } from "node:sqlite";
import type { JournalEntry } from "../model/journal.ts";
import { anchorText, entryColumn, type Head } from "./trail.ts";
import type { Writer } from "./writer.ts";

/**
 * Removes the rows before the first one that is as young as `before`. What is open is written down once more, so that it is not removed with
 * them, and the trail begins anew after them.
 */
export function prune(database: DatabaseSync, writer: Writer, open: readonly JournalEntry[], before: number): number {
  const youngest = database.prepare("select min(seq) as seq from trail where at >= ?").get(before)?.seq;
  const end = typeof youngest === "number" ? youngest : writer.head.seq + 1;
  const last = database.prepare("select seq, hash from trail where seq < ? order by seq desc limit 1").get(end) as Head | undefined;
  if (last === undefined) return 0;
  const opening = database.prepare("select min(seq) as seq from trail where entry = ? and type in ('opened', 'carried')");
  const carried = open.filter(({ id }) => Number(opening.get(entryColumn(id))?.seq) <= last.seq);
  let removed = 0;
  writer.change((append) => {
    append(carried.map((entry) => ({ event: { type: "carried" as const, ...entry }, callId: entry.callId })));
    removed = Number(database.prepare("delete from trail where seq <= ?").run(last.seq).changes);
    database.prepare("insert or replace into meta values ('anchor', ?)").run(anchorText(last));
  }, true);
  return removed;
}
