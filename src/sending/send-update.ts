import { type GiveUp, nextStep } from "../http/retry.ts";
import type { CallOptions } from "../input/call-input.ts";
import { closedError, DeadlineError, type RecordingStatusError, SupersededError } from "../model/errors.ts";
import { type HttpFailure, ThrottledError } from "../model/http-errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { UpdateInput } from "../model/update.ts";
import type { CallQueue, Ticket } from "../waiting/call-queue.ts";
import type { Ending } from "../waiting/ending.ts";
import { beginLifetime, sleep } from "../waiting/lifetime.ts";
import { makeAttempt, type Request } from "./attempt.ts";
import { recordAttempt, recordOutcome } from "./record-attempt.ts";
import type { Services } from "./services.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** One report on its way. */
type Run = {
  readonly services: Services;
  readonly request: Request;
  readonly ticket: Ticket<HttpFailure>;
  readonly input: UpdateInput;
  readonly deadlineAt: number;
  attempts: number;
  lastError: RecordingStatusError | undefined;
};

/**
 * Sends one status, in its turn among the statuses of its call, with retries. Everything that can wait (turn, back-off, token, slot, answer)
 * ends with the caller's signal, the deadline, or the client.
 */
export async function sendUpdate(
  services: Services,
  queue: CallQueue<HttpFailure>,
  input: UpdateInput,
  options: CallOptions,
  cutOff: Ending,
): Promise<RecordingOperation> {
  const { runtime, settings } = services;
  const { callId, body } = input;
  const action = `updateRecordingStatus(${body.status})`;
  const deadlineMs = options.deadlineMs ?? settings.deadlineMs;
  let run: Run | undefined;
  const onLimit = () => deadlineError(action, deadlineMs, callId, run?.lastError);
  const call = beginLifetime(runtime, {
    limitMs: deadlineMs,
    onLimit,
    ending: { of: cutOff, error: () => closedError(callId) },
    userSignal: options.signal,
    callId,
  });
  try {
    call.signal.throwIfAborted();
    run = {
      services,
      request: {
        action,
        callId,
        tenantId: options.tenantId,
        signal: call.signal,
        send: (transport, init) => transport.updateRecordingStatus(input, init),
      },
      ticket: queue.enter(callId),
      input,
      deadlineAt: runtime.monotonicNow() + deadlineMs,
      attempts: 0,
      lastError: undefined,
    };
    await run.ticket.turn(call.signal);
    return await attemptUntilDone(run, deadlineMs);
  } catch (error) {
    const { code } = error as RecordingStatusError;
    // The last attempt's own record has told it already.
    if (run?.lastError?.code !== code) {
      const previousAttemptUnknown = run?.ticket.call.previousAttemptUnknown ?? false;
      recordOutcome(settings.onAttempt, input, code, runtime.now(), { attempt: run?.attempts ?? 0, waitMs: 0, previousAttemptUnknown });
    }
    throw error;
  } finally {
    run?.ticket.leave();
    call.dispose();
  }
}

async function attemptUntilDone(run: Run, deadlineMs: number): Promise<RecordingOperation> {
  const { services, request, ticket, deadlineAt } = run;
  const { runtime, settings } = services;
  let waitMs = inheritedWaitMs(run);
  let retries = 0;
  let challenge: { claims: string; token: string } | undefined;
  for (;;) {
    await holdBack(run, waitMs);
    const attempt = await makeAttempt(services, { ...request, mayLeave: () => refuseIfSuperseded(run) }, challenge);
    const verdict = verdictOf(attempt, services);
    const { previousAttemptUnknown } = ticket.call;
    ticket.call.previousAttemptUnknown = verdict.undecided;
    run.attempts++;
    recordAttempt(settings.onAttempt, run.input, attempt, verdict, { attempt: run.attempts, waitMs, previousAttemptUnknown });
    if (verdict.error === undefined) return verdict.operation;
    const { error, failure, claims } = verdict;
    run.lastError = error;
    if (failure?.status === 401) services.tokens.forget(attempt.token, request.tenantId);
    if (claims !== undefined && challenge === undefined) {
      challenge = { claims, token: attempt.token };
      waitMs = 0;
      continue;
    }
    const now = runtime.monotonicNow();
    if (failure?.retryAfterMs !== undefined) ticket.call.notBefore = { at: now + failure.retryAfterMs, failure };
    const { retryable } = error;
    const situation = {
      retryable,
      retryAfterMs: failure?.retryAfterMs,
      retries,
      limit: settings.retryLimit,
      remainingMs: deadlineAt - now,
    };
    const next = nextStep({ ...situation, random: runtime.random });
    if (next.giveUp !== undefined) throw whyGivenUp(next.giveUp, verdict, request, deadlineMs);
    waitMs = next.waitMs;
    retries++;
  }
}

/** What is left of a wait that the service asked an older status of the call for. @throws THROTTLED when it passes the deadline */
function inheritedWaitMs({ ticket, services, deadlineAt }: Run): number {
  const { notBefore } = ticket.call;
  const waitMs = notBefore === undefined ? 0 : Math.max(0, notBefore.at - services.runtime.monotonicNow());
  if (notBefore !== undefined && waitMs > 0 && notBefore.at >= deadlineAt) throw throttled({ ...notBefore.failure, retryAfterMs: waitMs });
  return waitMs;
}

/** Waits before an attempt. A first attempt waits its time; a retry gives way to a newer status at once. */
async function holdBack(run: Run, waitMs: number): Promise<void> {
  const { services, request, ticket } = run;
  refuseIfSuperseded(run);
  if (waitMs <= 0) return;
  const signals = run.attempts === 0 ? [request.signal] : [request.signal, ticket.superseded];
  await sleep(services.runtime, waitMs, signals).catch((reason) => {
    request.signal.throwIfAborted();
    refuseIfSuperseded(run);
    throw reason;
  });
}

function refuseIfSuperseded({ attempts, ticket, request, lastError }: Run): void {
  if (attempts === 0 || !ticket.superseded.aborted) return;
  throw new SupersededError(`${request.action} is not repeated: a newer status of the call was asked for.`, {
    callId: request.callId,
    cause: lastError,
  });
}

function whyGivenUp(reason: GiveUp, { error, failure }: Extract<Verdict, { error: unknown }>, request: Request, deadlineMs: number) {
  if (failure !== undefined && reason === "asked to wait too long") return throttled(failure);
  if (failure?.status !== 429 && reason === "too late") return deadlineError(request.action, deadlineMs, request.callId, error);
  return error;
}

function throttled(failure: HttpFailure): ThrottledError {
  const hint = `Graph asked to wait ${failure.retryAfterMs} ms, which passes the deadline of the call: nothing was recorded as reported.`;
  return new ThrottledError({ ...failure, hint });
}

function deadlineError(action: string, deadlineMs: number, callId: string, cause: RecordingStatusError | undefined): DeadlineError {
  return new DeadlineError(`${action} did not succeed within its deadline of ${deadlineMs} ms.`, {
    callId,
    cause,
    hint: cause === undefined ? undefined : `Its last attempt ended with: ${cause.message}`,
  });
}
