import { callKey } from "../model/call-id.ts";
import { callIsGone } from "../model/comms-codes.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { ClosingStatus, RecordingOutcome } from "../model/outcome.ts";
import type { UpdateInput } from "../model/update.ts";
import type { Effect } from "./effect.ts";
import type { Keeping, ReportResult } from "./keeping.ts";
import type { Ledger, Page } from "./ledger.ts";
import { lostError } from "./lost-error.ts";

/** What keeps a plain report: `recording` opens a page of the call; a confirmed closing status, or a refusal, closes it. */
export function keepPlain(ledger: Ledger, { callId, body }: UpdateInput, tenantId: string | undefined, effect: Effect): Keeping {
  const { status } = body;
  if (isClosing(status)) return { after: async (result) => endOf(ledger, callId, status, result) };
  // Of another status nobody knows whether it begins or ends a recording.
  if (status !== "recording") return {};
  let page: Page | undefined;
  return {
    async before(signal) {
      const older = ledger.of(callId);
      page = isOurs(older) ? older : await ledger.open({ callId, tenantId }, signal);
    },
    mayLeave() {
      if (page?.hold?.mayReport() === false) throw lostError(callId);
    },
    async after({ operation, error }) {
      if (page === undefined) return [];
      // What was sent before it is in effect no more.
      if (operation !== undefined) page.open.clear();
      page.mayBeInEffect ||= effect.mayBe;
      return page.mayBeInEffect ? [] : ledger.close(page, { callId, reason: "startFailed", reported: undefined, error });
    },
  };
}

/** An operation that was left open has completed: a closing status that made it is confirmed. */
export async function keepCompleted(ledger: Ledger, callId: string, { id }: RecordingOperation): Promise<void> {
  const page = ledger.of(callId);
  const status = id === undefined ? undefined : page?.open.get(callKey(id));
  if (page !== undefined && status !== undefined) await ledger.close(page, closedBy(callId, status));
}

async function endOf(ledger: Ledger, callId: string, status: ClosingStatus, { operation, error }: ReportResult) {
  const page = ledger.of(callId);
  if (page === undefined) return [];
  if (callIsGone(error)) return ledger.close(page, { callId, reason: "callEnded", reported: undefined, error: undefined });
  if (operation?.status === "completed") return ledger.close(page, closedBy(callId, status));
  if (isOpen(operation)) page.open.set(callKey(operation.id), status);
  return [];
}

function isClosing(status: string): status is ClosingStatus {
  return status === "notRecording" || status === "failed";
}

function isOurs(page: Page | undefined): page is Page {
  return page !== undefined && page.over === undefined && page.hold?.mayReport() !== false;
}

function isOpen(operation: RecordingOperation | undefined): operation is RecordingOperation & { readonly id: string } {
  return operation?.id !== undefined && operation.status !== "completed";
}

function closedBy(callId: string, status: ClosingStatus): RecordingOutcome {
  return { callId, reason: status === "notRecording" ? "stopped" : "failed", reported: status, error: undefined };
}
