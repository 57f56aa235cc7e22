import { AbortedError, closedError, OutcomeUnknownError, type RecordingStatusError } from "../model/errors.ts";
import type { OperationNotification } from "../model/notification.ts";
import type { RecordingOperation } from "../model/operation.ts";
import { copyJson } from "../util/json.ts";
import { isBag } from "../util/own.ts";
import { beginLifetime, onAbort } from "../waiting/lifetime.ts";
import type { SentReport } from "./known-operation.ts";
import { finalOf, pollOperation, type Wait } from "./poll-operation.ts";
import { after, recordOutcome } from "./record-attempt.ts";
import type { Services } from "./services.ts";

/**
 * Waits for the end of an operation: a notification tells it, or a poll on the configured origin, whichever comes first. What cannot be found
 * out is unknown, not failed: a 404 least of all, since how long an operation can be read is documented nowhere. A poll that is refused ends
 * the polling alone: until the deadline a notification can still tell.
 */
export async function waitForOperation(services: Services, wait: Wait): Promise<RecordingOperation> {
  const { callId, operation, options, cutOff, action } = wait;
  const { settings, runtime } = services;
  const { deadlineMs = settings.deadlineMs, signal: userSignal } = options;
  let last: RecordingStatusError | undefined;
  const unknown = (what: string) => outcomeUnknown(action, what, callId, last);
  const onLimit = () => unknown(`was not final within ${deadlineMs} ms`);
  const ending = { of: cutOff, error: () => closedError(callId) };
  const call = beginLifetime(runtime, { limitMs: deadlineMs, onLimit, ending, userSignal, callId });
  try {
    call.signal.throwIfAborted();
    const early = finalOf(operation, wait);
    if (early !== undefined) return early;
    return await untilFinal(services, wait, {
      signal: call.signal,
      onRefusal: (error) => {
        last = error;
      },
      nothingToWaitFor: () =>
        unknown("has neither an id nor a context that no other report of the call was sent with, so nothing can be found out"),
    });
  } finally {
    call.dispose();
  }
}

type Watch = {
  readonly signal: AbortSignal;
  readonly onRefusal: (error: RecordingStatusError) => void;
  readonly nothingToWaitFor: () => Error;
};

/** Whichever comes first: a notification, the end of the polling, or the end of everything. Each is decided in the moment in which it comes. */
async function untilFinal(services: Services, wait: Wait, { signal, onRefusal, nothingToWaitFor }: Watch): Promise<RecordingOperation> {
  const { callId, operation, action } = wait;
  const { promise: final, resolve, reject } = Promise.withResolvers<RecordingOperation>();
  const settle = (tell: () => RecordingOperation) => {
    try {
      resolve(tell());
    } catch (error) {
      reject(error);
    }
  };
  const waiting = services.waiters.wait(callId, operation, wait.sentContext, (notification, isFirst, report) => {
    if (isFirst) tellOutcome(services, wait, notification, report);
    settle(() => asNotified(wait, notification));
  });
  if (waiting === undefined) throw nothingToWaitFor();
  const polling = new AbortController();
  const unfollow = onAbort(signal, () => {
    waiting.giveUp();
    reject(signal.reason);
    polling.abort(signal.reason);
  });
  const polled = (tell: () => RecordingOperation) => {
    // An end that has come already, a poll that was ended by it: nothing is told by that.
    if (polling.signal.aborted) return;
    waiting.isSettled();
    settle(tell);
  };
  pollOperation(services, wait, { report: waiting.report, signal: polling.signal, onRefusal }).then(
    (read) => read !== undefined && polled(() => read),
    (error) =>
      polled(() => {
        throw error;
      }),
  );
  try {
    return await final;
  } finally {
    unfollow();
    polling.abort(new AbortedError(`${action} has its end: the poll is not needed any more.`, { callId }));
  }
}

/** The operation that a notification tells the end of. @throws OPERATION_FAILED */
function asNotified(wait: Wait, { operationId, status, clientContext, resultInfo, raw }: OperationNotification): RecordingOperation {
  const { operation } = wait;
  const told: RecordingOperation = {
    ...operation,
    id: operation.id ?? operationId,
    status,
    clientContext: clientContext ?? operation.clientContext,
    resultInfo,
    raw: isBag(raw) ? copyJson(raw.resourceData) : undefined,
  };
  return finalOf(told, wait) ?? told;
}

/** No request tells it, so the trail gets a record of its own, once for each operation. */
function tellOutcome(
  { tell, runtime }: Services,
  { operation, options, callId }: Wait,
  { operationId, status }: OperationNotification,
  report: SentReport | undefined,
): void {
  const unknown = { callId, tenantId: options.tenantId, status: undefined, clientContext: operation.clientContext ?? undefined };
  const subject = { ...(report?.subject ?? unknown), operationId: operation.id ?? operationId };
  recordOutcome(tell, subject, status === "failed" ? "OPERATION_FAILED" : String(status), runtime.now(), after(report?.attempts ?? 0));
}

function outcomeUnknown(action: string, what: string, callId: string, cause: RecordingStatusError | undefined): OutcomeUnknownError {
  return new OutcomeUnknownError(`${action}: the operation ${what}.`, {
    callId,
    cause,
    hint: "It may have completed or failed; mayBeInEffect says whether the status may still be in effect.",
  });
}
