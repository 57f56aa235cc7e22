import type { DatabaseSync } from "node:sqlite";
import { callKey } from "../model/call-id.ts";
import type { JournalEntry } from "../model/journal.ts";
import type { TrailEvent } from "../model/trail.ts";
import { tornError } from "./journal-file.ts";
import { isSealed, type Row, readAnchor, type Written } from "./trail.ts";

/** The entries whose end nobody has reported, and which of them this process keeps: the others are orphans. */
export class OpenEntries {
  readonly #byId = new Map<string, JournalEntry>();
  readonly #idOfCall = new Map<string, string>();
  readonly #kept = new Set<string>();
  /** What an entry has replaced, for the case that it never came to be. */
  readonly #replaced = new Map<string, { readonly entry: JournalEntry; readonly wasKept: boolean }>();

  constructor(left: readonly JournalEntry[]) {
    for (const entry of left) this.#add(entry);
  }

  get all(): readonly JournalEntry[] {
    return [...this.#byId.values()];
  }

  get(id: string): JournalEntry | undefined {
    return this.#byId.get(id);
  }

  ofCall(callId: string): JournalEntry | undefined {
    return this.#byId.get(this.#idOfCall.get(callKey(callId)) ?? "");
  }

  /** What is written when these are opened together: each replaces an older one of its call. */
  eventsOfOpening(opened: readonly JournalEntry[]): readonly Written[] {
    const newest = new Map<string, JournalEntry | undefined>();
    return opened.flatMap((entry) => {
      const { callId } = entry;
      const key = callKey(callId);
      const older = newest.has(key) ? newest.get(key) : this.ofCall(callId);
      newest.set(key, entry);
      const opening: Written = { event: { type: "opened", ...entry }, callId };
      return older === undefined ? [opening] : [{ event: { type: "replaced", id: older.id }, callId }, opening];
    });
  }

  open(entry: JournalEntry): void {
    const older = this.ofCall(entry.callId);
    if (older !== undefined) this.#replaced.set(entry.id, { entry: older, wasKept: this.#kept.has(older.id) });
    if (older !== undefined) this.#remove(older);
    this.#add(entry);
    this.#kept.add(entry.id);
  }

  /** What is open again when this one never came to be. */
  replacedBy(id: string): JournalEntry | undefined {
    return this.#replaced.get(id)?.entry;
  }

  /** `refused`: it never came to be. */
  close(entry: JournalEntry, refused: boolean): void {
    const replaced = this.#replaced.get(entry.id);
    this.#remove(entry);
    if (!refused || replaced === undefined) return;
    this.#add(replaced.entry);
    if (replaced.wasKept) this.#kept.add(replaced.entry.id);
  }

  isKept(id: string): boolean {
    return this.#kept.has(id);
  }

  release(id: string): void {
    this.#kept.delete(id);
  }

  orphans(): readonly JournalEntry[] {
    return this.all.filter(({ id }) => !this.#kept.has(id));
  }

  claim(entries: readonly JournalEntry[]): void {
    for (const { id } of entries) this.#kept.add(id);
  }

  #add(entry: JournalEntry): void {
    this.#byId.set(entry.id, entry);
    this.#idOfCall.set(callKey(entry.callId), entry.id);
  }

  #remove({ id, callId }: JournalEntry): void {
    this.#byId.delete(id);
    this.#kept.delete(id);
    this.#replaced.delete(id);
    if (this.#idOfCall.get(callKey(callId)) === id) this.#idOfCall.delete(callKey(callId));
  }
}

/** The last event of each entry decides. With `max`, SQLite takes the other columns from the row that has it. */
const selectOpen = `
  select *, max(seq) from trail where entry is not null group by entry having type not in ('closed', 'replaced') order by seq`;
const selectOpening = "select * from trail where entry = ? and type in ('opened', 'carried') order by seq desc limit 1";

/** Reads what is open in a file; the rows that tell it must be whole. @throws {JournalError} code `JOURNAL` */
export function readOpenEntries(database: DatabaseSync, path: string): readonly JournalEntry[] {
  const before = database.prepare("select hash from trail where seq = ?");
  const opening = database.prepare(selectOpening);
  const anchor = readAnchor(database);
  const refuseUnlessSealed = (row: Row) => {
    const previous = row.seq === anchor.seq + 1 ? anchor.hash : (before.get(row.seq - 1)?.hash as Uint8Array | undefined);
    if (previous === undefined || !isSealed(previous, row)) throw tornError(path, new Error(`row ${row.seq} is not as it was written`));
  };
  const open = database.prepare(selectOpen).all() as unknown as (Row & { readonly entry: string })[];
  return open.map((last) => {
    refuseUnlessSealed(last);
    const row = (last.type === "opened" || last.type === "carried" ? last : opening.get(last.entry)) as Row | undefined;
    if (row === undefined) throw tornError(path, new Error(`what opened entry ${last.entry} is not there`));
    refuseUnlessSealed(row);
    return asEntry(JSON.parse(row.body));
  });
}

function asEntry({ id, callId, tenantId, openedAt }: Extract<TrailEvent, { readonly type: "opened" }>): JournalEntry {
  return { id, callId, tenantId, openedAt };
}
