import { asAnswered } from "../model/call-id.ts";
import { JournalError } from "../model/errors.ts";
import type { JournalEntry } from "../model/journal.ts";
import { type TrailEvent, trailLine } from "../model/trail.ts";
import { codes, fileError, guarded, resultCodeOf, tornError } from "./file-errors.ts";
import type { JournalFile } from "./journal-file.ts";
import { breakOf, callColumn, createReadAfter, type Head, readAnchor } from "./trail.ts";
import type { Verification } from "./types.ts";

/** Rows that are read at once; between two such portions others get their turn. */
const portion = 2_000;

export function readLines({ database, path }: JournalFile, callId: string): readonly string[] {
  return guarded(path, () => {
    const rows = database.prepare("select at, body from trail where call = ? order by seq").all(callColumn(callId));
    return rows.map(({ at, body }) => trailLine(Number(at), JSON.parse(String(body)) as TrailEvent));
  });
}

/** The calls of which the trail tells, in the order of their first row, in the spelling of Graph's answers. */
export function readCalls({ database, path }: JournalFile): readonly string[] {
  return guarded(path, () => {
    const rows = database.prepare("select call from trail group by call order by min(seq)").all();
    return rows.map(({ call }) => asAnswered(JSON.parse(String(call)) as string));
  });
}

/** What a file holds: the entries that are open, and its last row. Every row must be as it was written. @throws {JournalError} code `JOURNAL` */
export function readAll({ database, path }: JournalFile): { readonly open: readonly JournalEntry[]; readonly head: Head } {
  const open = new Map<string, JournalEntry>();
  const known = new Map<string, JournalEntry>();
  const readAfter = createReadAfter(database);
  let head = readAnchor(database);
  for (let rows = readAfter(head.seq, portion); rows.length > 0; rows = readAfter(head.seq, portion)) {
    for (const row of rows) {
      const problem = breakOf(head, row);
      if (problem !== undefined) throw tornError(path, problem);
      head = { seq: row.seq, hash: row.hash };
      if (row.entry !== null) follow(JSON.parse(row.body) as TrailEvent, open, known);
    }
  }
  return { open: [...open.values()], head };
}

function follow(event: TrailEvent, open: Map<string, JournalEntry>, known: Map<string, JournalEntry>): void {
  if (event.type === "attempt") return;
  const { id } = event;
  if (event.type === "closed" || event.type === "replaced") return void open.delete(id);
  if ("openedAt" in event) known.set(id, asEntry(event as JournalEntry));
  const entry = known.get(id);
  if (entry !== undefined) open.set(id, entry);
}

function asEntry({ id, callId, tenantId, openedAt }: JournalEntry): JournalEntry {
  return { id, callId, tenantId, openedAt };
}

/**
 * Reads everything in one transaction, so that nothing that is written or pruned meanwhile is mistaken for a fault. `head`: the last row, where
 * this process has written it; a reader cannot know it, so rows that are missing at the end are not seen.
 * @throws {JournalError} code `JOURNAL`: the file cannot be read, which says nothing of its rows
 */
export async function verifyTrail({ database, path }: JournalFile, head: Head | undefined): Promise<Verification> {
  let rows = 0;
  const torn = (problem: string): Verification => ({ isWhole: false, rows, problem });
  try {
    database.exec("begin");
    const readAfter = createReadAfter(database);
    let last = readAnchor(database);
    const [found] = Object.values(database.prepare("pragma integrity_check(1)").get() ?? {});
    if (found !== "ok") return torn(String(found));
    for (let more = readAfter(last.seq, portion); more.length > 0; more = readAfter(last.seq, portion)) {
      for (const row of more) {
        const problem = breakOf(last, row);
        if (problem !== undefined) return torn(problem);
        last = { seq: row.seq, hash: row.hash };
        rows++;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    const problem = head && problemOfHead(last, head);
    return problem === undefined ? { isWhole: true, rows, problem } : torn(problem);
  } catch (error) {
    if (resultCodeOf(error) === codes.corrupt) return torn((error as Error).message);
    throw error instanceof JournalError ? error : fileError(path, error);
  }
}

/** More may have been written since; what was written before must be there. */
function problemOfHead(last: Head, head: Head): string | undefined {
  if (last.seq < head.seq) return `row ${last.seq + 1} is missing`;
  return last.seq === head.seq && Buffer.compare(last.hash, head.hash) !== 0 ? `row ${head.seq} is not as it was written` : undefined;
}
