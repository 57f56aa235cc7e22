import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { callKey } from "../model/call-id.ts";
import type { TrailEvent } from "../model/trail.ts";

/** A row of the trail. `hash` seals it and, by the hash of the row before, everything before it. */
export type Row = {
  readonly seq: number;
  /** By the wall clock; milliseconds since the epoch. */
  readonly at: number;
  readonly type: string;
  readonly entry: string | null;
  readonly call: string;
  readonly body: string;
  readonly hash: Uint8Array;
};

/** The last row: the next one is chained to it. */
export type Head = Pick<Row, "seq" | "hash">;

const noHead: Head = { seq: 0, hash: new Uint8Array(32) };

/** What is written of an event. */
export type Written = { readonly event: TrailEvent; readonly callId: string };

/** The column by which the rows of a call are found. */
export function callColumn(callId: string): string {
  return JSON.stringify(callKey(callId));
}

/** The column by which the rows of an entry are found. */
export function entryColumn(id: string): string {
  return JSON.stringify(id);
}

/** Adds events to the trail, each chained to the one before. Within the caller's transaction. */
export function createAppend(database: DatabaseSync): (head: Head, at: number, events: readonly Written[]) => Head {
  const insert = database.prepare("insert into trail (seq, at, type, entry, call, body, hash) values (?, ?, ?, ?, ?, ?, ?)");
  return (head, at, events) => {
    let last = head;
    for (const { event, callId } of events) {
      const entry = event.type === "attempt" ? null : entryColumn(event.id);
      const row = { seq: last.seq + 1, at, type: event.type, entry, call: callColumn(callId), body: JSON.stringify(event) };
      const hash = seal(last.hash, row);
      insert.run(row.seq, row.at, row.type, row.entry, row.call, row.body, hash);
      last = { seq: row.seq, hash };
    }
    return last;
  };
}

/** The hash that a row must have. */
function seal(previous: Uint8Array, { seq, at, type, entry, call, body }: Omit<Row, "hash">): Uint8Array {
  return createHash("sha256")
    .update(previous)
    .update(JSON.stringify([seq, at, type, entry, call, body]))
    .digest();
}

/** What is wrong with a row that follows this one; undefined when nothing is. */
export function breakOf(last: Head, row: Row): string | undefined {
  if (row.seq !== last.seq + 1) return `row ${last.seq + 1} is missing`;
  return Buffer.compare(seal(last.hash, row), row.hash) === 0 ? undefined : `row ${row.seq} is not as it was written`;
}

/** Where the trail begins: after what was pruned. */
export function readAnchor(database: DatabaseSync): Head {
  const found = database.prepare("select value from meta where name = 'anchor'").get()?.value;
  if (typeof found !== "string") return noHead;
  const [seq, hash] = found.split(" ") as [string, string];
  return { seq: Number(seq), hash: Buffer.from(hash, "hex") };
}

/** The text by which an anchor is kept. */
export function anchorText({ seq, hash }: Head): string {
  return `${seq} ${Buffer.from(hash).toString("hex")}`;
}

/** Reads rows in their order, from after a row. */
export function createReadAfter(database: DatabaseSync): (seq: number, limit: number) => readonly Row[] {
  const select = database.prepare("select * from trail where seq > ? order by seq limit ?");
  return (seq, limit) => select.all(seq, limit) as unknown as Row[];
}
