import type { JournalError } from "../model/errors.ts";
import { neverBegan, type RecordingOutcome } from "../model/outcome.ts";
import type { Effect } from "../sending/effect.ts";
import { confirmHold, isLost, leftOf, refuseIfLost } from "../sending/guard-hold.ts";
import { journalError } from "../sending/journal-error.ts";
import type { Keeping } from "../sending/keeping.ts";
import type { Call, Ledger } from "../sending/ledger.ts";
import { lostError } from "../sending/lost-error.ts";
import type { Page } from "../sending/page.ts";

/** A recording as the journal has it. */
export type KeptRecording = {
  /** What keeps the report that it begins, and the one that it has ended. */
  readonly opening: Keeping;
  readonly closing: Keeping;
  /** Whether the journal lets it persist at this instant. */
  permits(): boolean;
  /** How long, in milliseconds, nobody else can have taken it over. */
  leftMs(): number;
  /** Tells the journal how it ended, or that its end was not reported. Resolves with what it could not take. */
  settle(outcome: RecordingOutcome, isUnreported: boolean): Promise<readonly JournalError[]>;
};

/** Keeps a recording in the journal. `onLost` is called once, when another process may take it over. */
export function keepRecording(ledger: Ledger, call: Call, effect: Effect, onLost: () => void): KeptRecording {
  const { callId } = call;
  let page: Page | undefined;
  /** Whether "recording" may have arrived when another process could have reported the end already. */
  let isLate = false;
  let hasOwed = false;
  const mayLeave = () => refuseIfLost(callId, page?.hold);
  const leftMs = () => leftOf(page?.hold);
  return {
    opening: {
      before: async (signal) => {
        page = await ledger.open(call, signal);
        try {
          page.hold?.onLost(onLost);
        } catch (error) {
          throw journalError("opened", callId, error);
        }
      },
      mayLeave,
      leftMs,
      after: async () => {
        isLate = effect.mayBe && isLost(page?.hold);
        return [];
      },
    },
    closing: {
      before: async (signal) => {
        if (isLate) page = await ledger.open(call, signal);
        else await confirmHold(callId, page?.hold, signal);
        isLate = false;
        if (page !== undefined) ledger.resume(page);
      },
      mayLeave,
      leftMs,
    },
    permits: () => page?.hold?.permits() ?? true,
    leftMs,
    settle: async (outcome, isUnreported) => {
      if (page === undefined) return [];
      // Once: what was recorded of the call since has an end of its own.
      if (isUnreported && isLate && !hasOwed) ledger.owe(call);
      hasOwed ||= isLate;
      if (!isUnreported) return endPage(ledger, page, outcome);
      return page.state === "open" ? ledger.release(page) : [];
    },
  };
}

/** What keeps the end of a recording that another process began. */
export function keepOrphan({ entry: { callId }, hold, isStillOpen }: Page): Keeping {
  const mayLeave = () => {
    if (isStillOpen?.() === false) throw lostError(callId);
    refuseIfLost(callId, hold);
  };
  return { before: (signal) => confirmHold(callId, hold, signal), mayLeave, leftMs: () => leftOf(hold) };
}

/** A start that was refused says nothing of a plain report before it: what that may have brought into effect stays open. */
async function endPage(ledger: Ledger, page: Page, outcome: RecordingOutcome): Promise<readonly JournalError[]> {
  if (!neverBegan(outcome) || !page.mayBeInEffect) return ledger.close(page, outcome);
  for (const [id, status] of page.openBefore) page.open.set(id, status);
  return [];
}
