import type { AttemptRecord } from "../model/attempt-record.ts";
import { callKey } from "../model/call-id.ts";
import type { JournalError } from "../model/errors.ts";
import type { JournalEntry, RecordingJournal } from "../model/journal.ts";
import { neverBegan, type RecordingOutcome } from "../model/outcome.ts";
import { untilEnd } from "../waiting/lifetime.ts";
import { refuseIfHeldElsewhere } from "./held-elsewhere.ts";
import { type Bound, type BoundDeps, createBound } from "./journal-bound.ts";
import { journalError } from "./journal-error.ts";
import { createKnownEnds } from "./known-ends.ts";
import { asHold, newPage, type Page } from "./page.ts";
import { type Claimed, sortOrphans } from "./sort-orphans.ts";
import { writeAttempt } from "./write-attempt.ts";

/** A call, and its tenant as the caller named it. */
export type Call = Pick<JournalEntry, "callId" | "tenantId">;

export type LedgerDeps = BoundDeps & {
  readonly journal: RecordingJournal;
  /** Hears of what the journal could not take where no outcome tells it. */
  readonly onMissed: (call: Call) => void;
};

/**
 * What the client writes into its journal: one page for each call that Graph may show as recording. The journal is the caller's: what it does is
 * bounded, whatever it throws becomes JOURNAL, and an end that it did not take is told to it again.
 */
export class Ledger {
  readonly #deps: LedgerDeps;
  readonly #bound: Bound;
  readonly #pages = new Map<string, Page>();
  /** By the ids of their entries: what the journal was told of them it did not take. */
  readonly #untold = new Map<string, Page>();
  /** Ends that plain reports have brought about for calls without a page: of another process, or of a client before this one. */
  readonly #ends = createKnownEnds();
  /** What the journal is being told of ends. */
  readonly #telling = new Set<Promise<unknown>>();
  /** Calls that Graph may show as recording, by a report that was late, and that are not written down. */
  readonly #owed = new Map<string, Call>();
  /** Openings that were given up and have not settled. */
  readonly #leftOver = new Map<string, Promise<void>>();

  constructor(deps: LedgerDeps) {
    this.#deps = deps;
    this.#bound = createBound(deps);
  }

  /** The page of a call. */
  of(callId: string): Page | undefined {
    return this.#pages.get(callKey(callId));
  }

  /** Writes down that a call is about to be shown as recording; durable when it resolves. @throws JOURNAL, or the signal's reason */
  async open({ callId, tenantId }: Call, signal: AbortSignal): Promise<Page> {
    const { journal, runtime } = this.#deps;
    const key = callKey(callId);
    // One that comes late would replace the newer one.
    const earlier = this.#leftOver.get(key);
    if (earlier !== undefined) await untilEnd(this.#bound(earlier, "opened", callId), signal);
    // Not the runtime's: a journal outlives a test, whose ids begin anew.
    const entry = Object.freeze({ id: crypto.randomUUID(), callId, tenantId, openedAt: runtime.now() });
    const opening = run(() => journal.opened(entry)).then(asHold);
    try {
      const hold = await untilEnd(this.#bound(opening, "opened", callId), signal);
      const page = newPage(entry, hold, this.of(callId), this.#owed.has(key));
      this.#ends.forget(callId);
      this.adopt(page);
      return page;
    } catch (error) {
      // It may be written all the same, now or later: nobody must take it for a recording that was left behind.
      const forget = () => journal.closed(entry.id, { callId, reason: "startFailed", reported: undefined, error });
      const left = opening.then(forget, forget).then(nothing, nothing);
      this.#leftOver.set(key, left);
      left.then(() => this.#leftOver.get(key) === left && this.#leftOver.delete(key));
      throw error;
    }
  }

  /**
   * A report `recording` has left, and its lease was over before its answer came: it may have arrived after another process had reported the end
   * of what it took over. So somebody has to report an end once more.
   */
  owe(call: Call): void {
    this.#owed.set(callKey(call.callId), call);
  }

  get owed(): readonly Call[] {
    return [...this.#owed.values()];
  }

  /** Adds a record to the trail. Nothing waits for it but the end of its recording, which tells when it failed. */
  attempt(record: AttemptRecord): void {
    writeAttempt(this.#deps, this.#bound, this.of(record.callId), record);
  }

  /** The end is known: nobody needs to recover it. Resolves with what the journal could not take; that is told to it again. */
  async close(page: Page, outcome: RecordingOutcome): Promise<readonly JournalError[]> {
    if (!neverBegan(outcome)) this.#owed.delete(callKey(page.entry.callId));
    else if (page.isOwed) this.owe(page.entry);
    Object.assign(page, { state: "over", outcome });
    return this.#tell(page);
  }

  /** The end could not be reported: whoever recovers may do that. Resolves with what the journal could not take; that is told to it again. */
  async release(page: Page): Promise<readonly JournalError[]> {
    page.state = "released";
    return this.#tell(page);
  }

  /** Of a call without a page. @throws JOURNAL: another process records it; or the signal's reason */
  refuseIfHeldElsewhere(callId: string, signal: AbortSignal): Promise<void> {
    return refuseIfHeldElsewhere({ journal: this.#deps.journal, bound: this.#bound, signal }, callId);
  }

  /** What was given up is reported after all: until it is closed or released again nobody else gets it. */
  resume(page: Page): void {
    if (page.state !== "released") return;
    page.state = "open";
    this.#untold.delete(page.entry.id);
  }

  /** A call of which this client has no page has ended: what is recovered of it needs no report. */
  noteEnd(outcome: RecordingOutcome): void {
    this.#owed.delete(callKey(outcome.callId));
    this.#ends.note(outcome, this.#deps.runtime.now());
  }

  /** Takes over what others left. @throws JOURNAL, or the signal's reason */
  async claim(signal: AbortSignal): Promise<Claimed> {
    await untilEnd(this.#tellAgain(), signal);
    const claiming = run(() => this.#deps.journal.claimOrphans());
    try {
      const orphans = await untilEnd(claiming, signal);
      if (!Array.isArray(orphans)) throw new TypeError("it gave no list of entries.");
      const sorted = sortOrphans(orphans, {
        endOf: (page) => this.#untold.get(page.entry.id)?.outcome ?? this.#ends.of(page),
        close: (page, outcome) => this.close(page, outcome),
        giveBack: (orphan) => this.#giveBack(orphan),
      });
      return await untilEnd(sorted, signal);
    } catch (error) {
      // Nobody here reports their ends any more: what was handed out, now or later, is left to the next who asks.
      claiming.then((late) => late.map((orphan) => this.#giveBack(orphan))).catch(nothing);
      throw signal.aborted ? error : journalError("claimOrphans", undefined, error);
    }
  }

  /** A page that was claimed is kept like the client's own, until its end was reported. */
  adopt(page: Page): void {
    const key = callKey(page.entry.callId);
    this.#pages.set(key, page);
    this.#owed.delete(key);
  }

  /** The client is closed, and nobody here reports the ends of what is left: whoever recovers may do that. */
  async leaveAll(): Promise<void> {
    const { signal } = new AbortController();
    await Promise.all([this.#tellAgain(), ...this.owed.map((call) => this.open(call, signal).catch(() => this.#deps.onMissed(call)))]);
    const open = [...this.#pages.values()].filter(({ state }) => state === "open");
    for (const page of open) page.state = "released";
    await Promise.all(open.map((page) => this.#tellOrMiss(page)));
    // What its caller did not wait for any longer: the journal may be closed after this.
    const left = Promise.allSettled([...this.#telling, ...this.#leftOver.values()]);
    await this.#bound(left, "closed", "").catch(nothing);
  }

  #giveBack(orphan: unknown): void {
    run(() => this.#deps.journal.released?.((orphan as JournalEntry).id)).catch(nothing);
  }

  async #tellAgain(): Promise<void> {
    await Promise.all([...this.#untold.values()].map((page) => this.#tellOrMiss(page)));
  }

  async #tellOrMiss(page: Page): Promise<void> {
    if ((await this.#tell(page)).length > 0) this.#deps.onMissed(page.entry);
  }

  /** A page that is released stays: a plain report of the call may still close it. */
  async #tell(page: Page): Promise<readonly JournalError[]> {
    const { journal } = this.#deps;
    const { entry, state, outcome } = page;
    const told: JournalError[] = [];
    const write = () => (outcome === undefined ? journal.released?.(entry.id) : journal.closed(entry.id, outcome));
    try {
      const writing = run(write);
      this.#telling.add(writing);
      writing.then(nothing, nothing).then(() => this.#telling.delete(writing));
      await this.#bound(Promise.all([...page.underWay, writing]), outcome === undefined ? "released" : "closed", entry.callId);
      // Not what was resumed or closed meanwhile.
      if (page.state === state) this.#untold.delete(entry.id);
      if (state === "over" && this.of(entry.callId) === page) this.#pages.delete(callKey(entry.callId));
    } catch (error) {
      if (page.state === state) this.#untold.set(entry.id, page);
      told.push(error as JournalError);
    }
    if (page.missed !== undefined) told.unshift(page.missed);
    page.missed = undefined;
    return told;
  }
}

/** Calls it now; what it throws is a rejection. */
const run = async <T>(work: () => T | Promise<T>): Promise<T> => work();
const nothing = () => {};
