import { callKey } from "../model/call-id.ts";
import { type TrailEvent, trailLine } from "../model/trail.ts";
import { showError } from "../util/show-error.ts";
import type { JournalFile } from "./journal-file.ts";
import { createReadAfter, type Head, isSealed, readAnchor } from "./trail.ts";
import type { Verification } from "./types.ts";

/** Rows that are read at once; between two such portions others get their turn. */
const portion = 2_000;

export function readLines({ database }: JournalFile, callId: string): readonly string[] {
  const rows = database.prepare("select at, body from trail where call = ? order by seq").all(callKey(callId));
  return rows.map(({ at, body }) => trailLine(Number(at), JSON.parse(String(body)) as TrailEvent));
}

/** `head`: the last row, where this process has written it. A reader cannot know it: rows that are missing at the end are not seen. */
export async function verifyTrail({ database }: JournalFile, head: () => Head | undefined): Promise<Verification> {
  let rows = 0;
  const torn = (problem: string): Verification => ({ isWhole: false, rows, problem });
  try {
    const [found] = Object.values(database.prepare("pragma integrity_check(1)").get() ?? {});
    if (found !== "ok") return torn(String(found));
    const readAfter = createReadAfter(database);
    let last = readAnchor(database);
    for (let more = readAfter(last.seq, portion); more.length > 0; more = readAfter(last.seq, portion)) {
      for (const row of more) {
        if (row.seq !== last.seq + 1) return torn(`row ${last.seq + 1} is missing`);
        if (!isSealed(last.hash, row)) return torn(`row ${row.seq} is not as it was written`);
        last = { seq: row.seq, hash: row.hash };
        rows++;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    const written = head();
    if (written !== undefined && written.seq > last.seq) return torn(`row ${last.seq + 1} is missing`);
    return { isWhole: true, rows, problem: undefined };
  } catch (error) {
    return torn(showError(error));
  }
}
