import { callKey } from "../model/call-id.ts";
import type { JournalEntry } from "../model/journal.ts";
import type { Written } from "./trail.ts";

/** The entries whose end nobody has reported, and which of them this process keeps: the others are orphans. */
export class OpenEntries {
  readonly #byId = new Map<string, JournalEntry>();
  readonly #idOfCall = new Map<string, string>();
  readonly #kept = new Set<string>();
  /** What an entry has replaced, for the case that it never came to be. */
  readonly #replaced = new Map<string, { readonly entry: JournalEntry; wasKept: boolean }>();

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

  /** Nobody here reports its end. The same of one that was replaced: it may be open again one day. */
  release(id: string): void {
    this.#kept.delete(id);
    for (const replaced of this.#replaced.values()) if (replaced.entry.id === id) replaced.wasKept = false;
  }

  /** An entry that was replaced, and has its end now: it is not open again. */
  forgetReplaced(id: string): void {
    for (const [by, { entry }] of this.#replaced) if (entry.id === id) this.#replaced.delete(by);
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
