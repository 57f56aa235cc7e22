import { SupersededError } from "../model/errors.ts";
import { sleep } from "../waiting/lifetime.ts";
import { throttled } from "./report-errors.ts";
import type { Run } from "./run.ts";

/**
 * What is left of a wait that the service asked an older status of the call for. What is asked for anew, after that one was given up, is sent
 * once even when the wait passes its deadline: a closing status must be tried. @throws THROTTLED when it passes the deadline
 */
export function inheritedWaitMs({ ticket, services, deadlineAt }: Run): number {
  const { notBefore } = ticket.call;
  const waitMs = notBefore === undefined ? 0 : Math.max(0, notBefore.at - services.runtime.monotonicNow());
  if (notBefore === undefined || waitMs === 0 || notBefore.at < deadlineAt) return waitMs;
  if (notBefore.isOver) return 0;
  throw throttled({ ...notBefore.failure, retryAfterMs: waitMs });
}

/** Waits before an attempt. A first attempt waits its time; a retry gives way to a newer status at once. */
export async function holdBack(run: Run, waitMs: number): Promise<void> {
  const { services, request, ticket } = run;
  refuseIfSuperseded(run);
  if (waitMs <= 0) return;
  const signals = run.lastError === undefined ? [request.signal] : [request.signal, ticket.superseded];
  await sleep(services.runtime, waitMs, signals).catch((reason) => {
    request.signal.throwIfAborted();
    refuseIfSuperseded(run);
    throw reason;
  });
}

export function refuseIfSuperseded({ ticket, request, lastError }: Run): void {
  if (lastError === undefined || !ticket.superseded.aborted) return;
  throw new SupersededError(`${request.action} is not repeated: a newer status of the call was asked for.`, {
    callId: request.callId,
    cause: lastError,
  });
}
