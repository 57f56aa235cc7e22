import { callKey } from "../model/call-id.ts";
import { callIsGone } from "../model/comms-codes.ts";
import type { JournalError } from "../model/errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import { type ClosingStatus, isClosing, type RecordingOutcome } from "../model/outcome.ts";
import type { UpdateInput } from "../model/update.ts";
import type { Effect } from "./effect.ts";
import { confirmHold, isLost, leftOf, refuseIfLost } from "./guard-hold.ts";
import type { Keeping, ReportResult } from "./keeping.ts";
import type { Ledger } from "./ledger.ts";
import { isHeld, type Page } from "./page.ts";

/** What keeps a plain report: `recording` opens a page of the call; a confirmed closing status, or a refusal, closes it. */
export function keepPlain(ledger: Ledger, { callId, body }: UpdateInput, tenantId: string | undefined, effect: Effect): Keeping {
  const { status } = body;
  if (isClosing(status)) return keepClosing(ledger, callId, status);
  // Of another status nobody knows whether it begins or ends a recording.
  if (status !== "recording") return {};
  let page: Page | undefined;
  let openBefore: ReadonlyMap<string, ClosingStatus> = new Map();
  return {
    async before(signal) {
      const older = ledger.of(callId);
      page = isHeld(older) ? older : await ledger.open({ callId, tenantId }, signal);
      // A closing status that completes while this one is under way closes nothing any more.
      openBefore = page === older ? new Map(page.open) : page.openBefore;
      page.open.clear();
    },
    mayLeave: () => refuseIfLost(callId, page?.hold),
    leftMs: () => leftOf(page?.hold),
    async after({ error }) {
      if (page === undefined) return [];
      if (effect.mayBe && isLost(page.hold)) ledger.owe({ callId, tenantId });
      if (!effect.mayBe) for (const [id, closing] of openBefore) page.open.set(id, closing);
      page.mayBeInEffect ||= effect.mayBe;
      return page.mayBeInEffect ? [] : ledger.close(page, { callId, reason: "startFailed", reported: undefined, error });
    },
  };
}

/** An operation that was left open has completed: a closing status that made it is confirmed. Resolves with what the journal could not take. */
export async function keepCompleted(ledger: Ledger, callId: string, { id }: RecordingOperation): Promise<readonly JournalError[]> {
  const page = ledger.of(callId);
  const status = id === undefined ? undefined : page?.open.get(callKey(id));
  return page === undefined || status === undefined ? [] : ledger.close(page, closedBy(callId, status));
}

/** Whoever was paused, or cut off, does not speak of the recording that another process has begun since. */
function keepClosing(ledger: Ledger, callId: string, status: ClosingStatus): Keeping {
  const holdOf = () => ledger.of(callId)?.hold;
  let resumed: Page | undefined;
  return {
    before: async (signal) => {
      const page = ledger.of(callId);
      await confirmHold(callId, page?.hold, signal);
      if (page?.state !== "released") return;
      resumed = page;
      ledger.resume(page);
    },
    // Of a call that was not opened here somebody else may begin a recording at any time.
    mayLeave: (signal) => (ledger.of(callId) === undefined ? ledger.refuseIfHeldElsewhere(callId, signal) : refuseIfLost(callId, holdOf())),
    leftMs: () => leftOf(holdOf()),
    async after(result) {
      const missed = await endOf(ledger, callId, status, result);
      return resumed?.state === "open" ? [...missed, ...(await ledger.release(resumed))] : missed;
    },
  };
}

async function endOf(ledger: Ledger, callId: string, status: ClosingStatus, { operation, error }: ReportResult) {
  const page = ledger.of(callId);
  const outcome = callIsGone(error) ? goneOf(callId) : operation?.status === "completed" ? closedBy(callId, status) : undefined;
  if (outcome !== undefined && page !== undefined) return ledger.close(page, outcome);
  if (outcome !== undefined) ledger.noteEnd(outcome);
  else if (operation?.id !== undefined) page?.open.set(callKey(operation.id), status);
  return [];
}

function goneOf(callId: string): RecordingOutcome {
  return { callId, reason: "callEnded", reported: undefined, error: undefined };
}

function closedBy(callId: string, status: ClosingStatus): RecordingOutcome {
  return { callId, reason: status === "notRecording" ? "stopped" : "failed", reported: status, error: undefined };
}
