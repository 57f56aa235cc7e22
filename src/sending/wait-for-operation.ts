import type { CallOptions, OperationInput } from "../input/call-input.ts";
import { callKey } from "../model/call-id.ts";
import { CredentialError, closedError, OutcomeUnknownError, type RecordingStatusError } from "../model/errors.ts";
import { OperationFailedError } from "../model/http-errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { Ending } from "../waiting/ending.ts";
import { beginLifetime, sleep } from "../waiting/lifetime.ts";
import { makeAttempt, type Request } from "./attempt.ts";
import type { Services } from "./services.ts";
import { operationFailed, type Verdict, verdictOf } from "./verdict.ts";

const action = "waitForOperation";
const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** Refusals that do not change by waiting. A 404 is not among them: the operation may not be readable yet, or not any more. */
const hopelessStatuses: ReadonlySet<number> = new Set([400, 401, 403]);

/**
 * Polls an operation on the configured origin until it is final. What cannot be found out is unknown, not failed: a 404 least of all, since
 * how long an operation can be read is documented nowhere.
 */
export async function waitForOperation(
  services: Services,
  { callId, operation }: OperationInput,
  options: CallOptions,
  cutOff: Ending,
): Promise<RecordingOperation> {
  const { settings, runtime } = services;
  const deadlineMs = options.deadlineMs ?? settings.deadlineMs;
  let last: RecordingStatusError | undefined;
  const onLimit = () => outcomeUnknown(`was not final within ${deadlineMs} ms`, callId, last);
  const call = beginLifetime(runtime, {
    limitMs: deadlineMs,
    onLimit,
    ending: { of: cutOff, error: () => closedError(callId) },
    userSignal: options.signal,
    callId,
  });
  const { signal } = call;
  try {
    signal.throwIfAborted();
    const early = finalOf(operation, callId);
    if (early !== undefined) return early;
    const { id, location } = operation;
    if (id === undefined) throw outcomeUnknown("has no id, so it cannot be read back", callId, undefined);
    const request: Request = {
      action,
      callId,
      tenantId: options.tenantId,
      signal,
      send: (transport, init) => transport.getCallOperation({ callId, operationId: id }, init),
    };
    let askedMs = 0;
    for (let polls = 0; ; polls++) {
      await sleep(runtime, Math.max(askedMs, Math.min(longestPauseMs, firstPauseMs * 2 ** polls)), [signal]);
      const verdict = await poll(services, request);
      signal.throwIfAborted();
      if (verdict.error === undefined) {
        const { operation: read } = verdict;
        // What another operation has come to says nothing of this one.
        const isSame = read.id === undefined || callKey(read.id) === callKey(id);
        const final = isSame ? finalOf({ ...read, location }, callId) : undefined;
        if (final !== undefined) return final;
      } else {
        last = verdict.error;
        if (last instanceof OperationFailedError) throw last;
        if (hopelessStatuses.has(verdict.failure?.status ?? 0)) throw outcomeUnknown("cannot be read back", callId, last);
      }
      askedMs = verdict.error === undefined ? 0 : (verdict.failure?.retryAfterMs ?? 0);
    }
  } finally {
    call.dispose();
  }
}

/** One look at the operation; repeated once with new claims when Graph asks for them. A credential that fails now may work at the next poll. */
async function poll(services: Services, request: Request): Promise<Verdict> {
  try {
    const attempt = await makeAttempt(services, request, undefined);
    const verdict = verdictOf(attempt, services);
    if (verdict.error === undefined || verdict.failure?.status !== 401) return verdict;
    services.tokens.forget(attempt.token, request.tenantId);
    if (verdict.claims === undefined) return verdict;
    const { claims } = verdict;
    return verdictOf(await makeAttempt(services, request, { claims, token: attempt.token }), services);
  } catch (error) {
    if (error instanceof CredentialError) return { error, failure: undefined, claims: undefined, undecided: false };
    throw error;
  }
}

/** The operation when it completed, undefined when it is not final. @throws OPERATION_FAILED */
function finalOf(operation: RecordingOperation, callId: string): RecordingOperation | undefined {
  if (operation.status === "completed") return operation;
  if (operation.status !== "failed") return undefined;
  throw operationFailed(operation, { action, callId, clientRequestId: operation.clientRequestId, redact: (text) => text });
}

function outcomeUnknown(what: string, callId: string, cause: RecordingStatusError | undefined): OutcomeUnknownError {
  return new OutcomeUnknownError(`${action}: the operation ${what}.`, {
    callId,
    cause,
    hint: "It may have completed or failed: do not record, and report failed if you must be sure.",
  });
}
