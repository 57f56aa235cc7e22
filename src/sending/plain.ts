import { withEffect } from "../model/effect.ts";
import type { HttpFailure } from "../model/http-errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { CallQueue } from "../waiting/call-queue.ts";
import { Effect, mayBeBefore } from "./effect.ts";
import { keepCompleted, keepPlain } from "./keep-plain.ts";
import type { Ledger } from "./ledger.ts";
import type { Wait } from "./poll-operation.ts";
import type { Report } from "./run.ts";
import { sendUpdate } from "./send-update.ts";
import type { Services } from "./services.ts";
import { waitForOperation } from "./wait-for-operation.ts";

/** One report as Graph defines it, whose order the caller keeps. */
export function sendPlain(
  services: Services,
  queue: CallQueue<HttpFailure>,
  report: Pick<Report, "input" | "options" | "cutOff" | "mayBegin">,
): Promise<RecordingOperation> {
  const { ledger } = services;
  const effect = new Effect();
  const keeping = ledger && keepPlain(ledger, report.input, report.options.tenantId, effect);
  return sendUpdate(services, queue, { ...report, effect, keeping });
}

/** Waits for an operation that the caller names; `given` is the very object. */
export async function waitPlain(services: Services, wait: Wait, given: object): Promise<RecordingOperation> {
  try {
    const completed = await waitForOperation(services, wait);
    if (services.ledger !== undefined) await tellCompleted(services, services.ledger, wait, completed);
    return completed;
  } catch (error) {
    throw withEffect(error, (error as { code?: unknown }).code !== "OPERATION_FAILED" || mayBeBefore(given));
  }
}

async function tellCompleted(services: Services, ledger: Ledger, { callId, options }: Wait, completed: RecordingOperation): Promise<void> {
  const missed = await keepCompleted(ledger, callId, completed);
  for (const _ of missed) services.tellMissed({ callId, tenantId: options.tenantId });
}
