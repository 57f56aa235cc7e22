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

/** Before the first row. */
export const noHead: Head = { seq: 0, hash: new Uint8Array(32) };

/** What is written of an event. */
export type Written = { readonly event: TrailEvent; readonly callId: string };

/** Adds events to the trail, each chained to the one before. Within the caller's transaction. */
export function createAppend(database: DatabaseSync): (head: Head, at: number, events: readonly Written[]) => Head {
  const insert = database.prepare("insert into trail (seq, at, type, entry, call, body, hash) values (?, ?, ?, ?, ?, ?, ?)");
  return (head, at, events) => {
    let last = head;
    for (const { event, callId } of events) {
      const row = { seq: last.seq + 1, at, type: event.type, entry: entryOf(event), call: callKey(callId), body: JSON.stringify(event) };
      const hash = seal(last.hash, row);
      insert.run(row.seq, row.at, row.type, row.entry, row.call, row.body, hash);
      last = { seq: row.seq, hash };
    }
    return last;
  };
}

/** The hash that a row must have. */
export function seal(previous: Uint8Array, { seq, at, type, entry, call, body }: Omit<Row, "hash">): Uint8Array {
  return createHash("sha256")
    .update(previous)
    .update(JSON.stringify([seq, at, type, entry, call, body]))
    .digest();
}

/** Where the trail begins: after what was pruned. */
export function readAnchor(database: DatabaseSync): Head {
  const found = database.prepare("select value from meta where name = 'anchor'").get()?.value;
  if (typeof found !== "string") return noHead;
  const [seq, hash] = found.split(" ") as [string, string];
  return { seq: Number(seq), hash: Buffer.from(hash, "hex") };
}

/** The last row; where there is none, what the next one is chained to. */
export function readHead(database: DatabaseSync): Head {
  const found = database.prepare("select seq, hash from trail order by seq desc limit 1").get();
  return (found as Head | undefined) ?? readAnchor(database);
}

/** The text by which an anchor is kept. */
export function anchorText({ seq, hash }: Head): string {
  return `${seq} ${Buffer.from(hash).toString("hex")}`;
}

/** The row before this one must seal it. */
export function isSealed(previous: Uint8Array, row: Row): boolean {
  return Buffer.compare(seal(previous, row), row.hash) === 0;
}

/** Reads rows in their order, from after a row. */
export function createReadAfter(database: DatabaseSync): (seq: number, limit: number) => readonly Row[] {
  const select = database.prepare("select * from trail where seq > ? order by seq limit ?");
  return (seq, limit) => select.all(seq, limit) as unknown as Row[];
}

function entryOf(event: TrailEvent): string | null {
  return event.type === "attempt" ? null : event.id;
}
