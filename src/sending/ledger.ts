import { readPathId } from "../input/call-input.ts";
import { asNonEmptyString, refuseFor } from "../input/read.ts";
import type { AttemptRecord } from "../model/attempt-record.ts";
import { callKey } from "../model/call-id.ts";
import { JournalError } from "../model/errors.ts";
import type { JournalEntry, JournalHold, Orphan, RecordingJournal } from "../model/journal.ts";
import type { ClosingStatus, RecordingOutcome } from "../model/outcome.ts";
import { showError } from "../util/show-error.ts";
import type { Ending } from "../waiting/ending.ts";
import { untilEnd } from "../waiting/lifetime.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";

/** An entry of the journal that this client keeps, and what it has to know of it. */
export type Page = {
  readonly entry: JournalEntry;
  readonly hold: JournalHold | undefined;
  /** Whether `recording` may be in effect at Graph, by a report of this client. */
  mayBeInEffect: boolean;
  /** The closing statuses whose operations Graph's answers left open, by the operations' ids. */
  readonly open: Map<string, ClosingStatus>;
  /** Records that the journal has not taken yet. */
  readonly underWay: Set<Promise<void>>;
  /** The first record that the journal did not take. */
  missed?: JournalError | undefined;
  /** How it ended, where the journal could not take that: it is told again. */
  over?: RecordingOutcome | undefined;
};

export type LedgerDeps = {
  readonly journal: RecordingJournal;
  readonly runtime: ClientRuntime;
  /** Longest time for one thing that the journal does, in milliseconds. */
  readonly limitMs: number;
  /** Comes at the deadline of `close`: nothing that the journal does is waited for any longer. */
  readonly cutOff: Ending;
};

/**
 * What the client writes into its journal: one page for each call that Graph may show as recording. The journal is the caller's: what it does is
 * bounded, and whatever it throws becomes JOURNAL.
 */
export class Ledger {
  readonly #deps: LedgerDeps;
  readonly #pages = new Map<string, Page>();

  constructor(deps: LedgerDeps) {
    this.#deps = deps;
  }

  /** The page of a call. */
  of(callId: string): Page | undefined {
    return this.#pages.get(callKey(callId));
  }

  /** Writes down that a call is about to be shown as recording; durable when it resolves. @throws JOURNAL, or the signal's reason */
  async open(call: Pick<JournalEntry, "callId" | "tenantId">, signal: AbortSignal): Promise<Page> {
    const { journal, runtime } = this.#deps;
    const { callId, tenantId } = call;
    const entry = Object.freeze({ id: runtime.randomUUID(), callId, tenantId, openedAt: runtime.now() });
    const opening = run(() => journal.opened(entry));
    try {
      const hold = asHold(await untilEnd(this.#bounded(opening, "opened", callId), signal));
      const page = newPage(entry, hold, this.of(callId)?.mayBeInEffect ?? false);
      this.adopt(page);
      return page;
    } catch (error) {
      // It may be written all the same, now or later: nobody must take it for a recording that was left behind.
      const forget = () => journal.closed(entry.id, { callId, reason: "startFailed", reported: undefined, error });
      opening.then(forget, forget).catch(() => {});
      throw error;
    }
  }

  /** Adds a record to the trail. Nothing waits for it but the end of its recording, which tells when it failed. */
  attempt(record: AttemptRecord): void {
    const { journal } = this.#deps;
    if (journal.attempt === undefined) return;
    const page = this.of(record.callId);
    const written = run(() => journal.attempt?.(record)).catch((error) => {
      if (page !== undefined) page.missed ??= journalError("attempt", record.callId, error);
    });
    page?.underWay.add(written);
    written.then(() => page?.underWay.delete(written));
  }

  /** The end is known: nobody needs to recover it. Resolves with what the journal could not take; that is told to it again. */
  async close(page: Page, outcome: RecordingOutcome): Promise<readonly JournalError[]> {
    page.over = outcome;
    return this.#leave(page, "closed", () => this.#deps.journal.closed(page.entry.id, outcome));
  }

  /** The end could not be reported: whoever recovers may do that. Resolves with what the journal could not take. */
  async release(page: Page): Promise<readonly JournalError[]> {
    return this.#leave(page, "released", () => this.#deps.journal.released?.(page.entry.id));
  }

  /** Takes over what others left. @throws JOURNAL, or the signal's reason */
  async claim(signal: AbortSignal): Promise<readonly Page[]> {
    await this.#closeAgain();
    const { journal } = this.#deps;
    const claiming = run(() => journal.claimOrphans());
    try {
      const orphans = await untilEnd(claiming, signal);
      if (!Array.isArray(orphans)) throw new TypeError("it gave no list of entries.");
      return (orphans as readonly Orphan[]).map((orphan) => newPage(readOrphan(orphan), asHold(orphan.hold), true));
    } catch (error) {
      // Nobody here reports their ends any more: what was handed out, now or later, is left to the next who asks.
      claiming.then((late) => Promise.all(late.map(({ id }) => journal.released?.(id)))).catch(() => {});
      throw signal.aborted ? error : journalError("claimOrphans", undefined, error);
    }
  }

  /** A page that was claimed is kept like the client's own, until its end was reported. */
  adopt(page: Page): void {
    this.#pages.set(callKey(page.entry.callId), page);
  }

  /** The client is closed, and nobody here reports the ends of what is left: whoever recovers may do that. */
  async leaveAll(): Promise<void> {
    await this.#closeAgain();
    await Promise.all([...this.#pages.values()].map((page) => this.release(page)));
  }

  async #closeAgain(): Promise<void> {
    const over = [...this.#pages.values()].map((page) => page.over && this.close(page, page.over));
    await Promise.all(over);
  }

  async #leave(page: Page, action: string, write: () => unknown): Promise<readonly JournalError[]> {
    const { callId } = page.entry;
    const told: JournalError[] = [];
    try {
      await this.#bounded(Promise.all([...page.underWay, run(write)]), action, callId);
      if (this.of(callId) === page) this.#pages.delete(callKey(callId));
    } catch (error) {
      told.push(error as JournalError);
    }
    if (page.missed !== undefined) told.unshift(page.missed);
    page.missed = undefined;
    return told;
  }

  async #bounded<T>(work: Promise<T>, action: string, callId: string): Promise<T> {
    const { runtime, limitMs, cutOff } = this.#deps;
    const late = Promise.withResolvers<never>();
    const giveUp = (limit: string) => late.reject(new Error(`it did not settle within ${limit}.`));
    const undo = [runtime.schedule(() => giveUp(`${limitMs} ms`), limitMs)];
    // A journal that needs no time is told all the same, so it gets one turn of the event loop.
    undo.push(cutOff.onCome(() => undo.push(runtime.schedule(() => giveUp("the deadline of close"), 0))));
    try {
      return await Promise.race([work, late.promise]);
    } catch (error) {
      throw journalError(action, callId, error);
    } finally {
      for (const step of undo) step();
    }
  }
}

/** Calls it now; what it throws is a rejection. */
async function run<T>(work: () => T | Promise<T>): Promise<T> {
  return work();
}

function newPage(entry: JournalEntry, hold: JournalHold | undefined, mayBeInEffect: boolean): Page {
  return { entry, hold, mayBeInEffect, open: new Map(), underWay: new Set() };
}

/** Only journals that several processes write to give one. */
function asHold(value: unknown): JournalHold | undefined {
  return typeof (value as Partial<JournalHold> | null | undefined)?.permits === "function" ? (value as JournalHold) : undefined;
}

function readOrphan({ id, callId, tenantId, openedAt }: Orphan): JournalEntry {
  const refuse = refuseFor("an orphan");
  return {
    id,
    callId: readPathId(callId, "callId", refuse),
    tenantId: asNonEmptyString(tenantId ?? undefined, "tenantId", refuse),
    openedAt,
  };
}

const hints: { readonly [action: string]: string } = {
  opened: "Nothing was sent: what is not written down first cannot be recovered after a crash. Mend the journal, then start again.",
  attempt: "The trail misses a record of this call; the report itself was made.",
  closed: "The end was reported, but the journal does not know it. It is told again by recoverRecordings() and close().",
  released: "The end was not reported, and the journal cannot hand it on before this process ends.",
  claimOrphans: "Nothing was recovered: call recoverRecordings() again when the journal works.",
};

function journalError(action: string, callId: string | undefined, cause: unknown): JournalError {
  return new JournalError(`journal.${action} failed: ${showError(cause)}`, { callId, cause, hint: hints[action] });
}
