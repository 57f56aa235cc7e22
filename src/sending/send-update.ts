import { nextStep } from "../http/retry.ts";
import { withEffect } from "../model/effect.ts";
import { CredentialError, closedError, type RecordingStatusError } from "../model/errors.ts";
import type { HttpFailure } from "../model/http-errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { CallQueue } from "../waiting/call-queue.ts";
import { beginLifetime, untilEnd } from "../waiting/lifetime.ts";
import { makeAttempt } from "./attempt.ts";
import { rememberEarlier } from "./effect.ts";
import { holdBack, inheritedWaitMs, refuseIfSuperseded } from "./hold-back.ts";
import type { ReportResult } from "./keeping.ts";
import { after, recordAttempt, recordOutcome } from "./record-attempt.ts";
import { deadlineError, whyGivenUp } from "./report-errors.ts";
import { newRun, type Report, type Run } from "./run.ts";
import type { Services } from "./services.ts";
import { type Verdict, verdictOf } from "./verdict.ts";
import type { PendingReport } from "./waiters.ts";

/**
 * Sends one status, in its turn among the statuses of its call, with retries. Everything that can wait (turn, back-off, token, slot, answer)
 * ends with the caller's signal, the deadline, or the client.
 */
export async function sendUpdate(services: Services, queue: CallQueue<HttpFailure>, report: Report): Promise<RecordingOperation> {
  const { runtime, settings } = services;
  const { input, options, cutOff, effect } = report;
  const { callId } = input;
  const { signal: userSignal, deadlineMs = settings.deadlineMs } = options;
  const action = `updateRecordingStatus(${input.body.status})`;
  let run: Run | undefined;
  let pending: PendingReport | undefined;
  const onLimit = () => deadlineError(action, deadlineMs, callId, run?.lastError);
  const ending = { of: cutOff, error: () => closedError(callId) };
  const call = beginLifetime(runtime, { limitMs: deadlineMs, onLimit, ending, userSignal, callId });
  const subject = { callId, tenantId: options.tenantId, status: input.body.status, clientContext: input.body.clientContext };
  try {
    report.mayBegin?.();
    call.signal.throwIfAborted();
    run = newRun(services, queue.enter(callId), { action, subject, signal: call.signal, deadlineMs, report });
    await run.ticket.turn(call.signal);
    if (run.keeping?.before !== undefined) await run.keeping.before(call.signal);
    // From here on a notification may come before the answer does.
    pending = services.waiters.begin(subject, report.isFollowed ?? false);
    const operation = await attemptUntilDone(run);
    pending.end(operation, run.attempts);
    if (run.keeping?.after !== undefined) await tellJournal(run, { operation }, call.signal);
    return rememberEarlier(operation, effect);
  } catch (error) {
    const { code, operation } = error as RecordingStatusError & { readonly operation?: RecordingOperation };
    pending?.end(operation, run?.attempts ?? 0);
    const previousAttemptUnknown = run?.ticket.call.previousAttemptUnknown ?? false;
    const count = { attempt: run?.attempts ?? 0, waitMs: 0, previousAttemptUnknown };
    if (run?.lastTold !== code) recordOutcome(services.tell, subject, code, runtime.now(), count);
    if (run?.keeping?.after !== undefined) await tellJournal(run, { error }, call.signal);
    throw withEffect(error, effect.mayBe);
  } finally {
    run?.ticket.leave();
    call.dispose();
  }
}

async function attemptUntilDone(run: Run): Promise<RecordingOperation> {
  const { services, request, ticket } = run;
  let waitMs = inheritedWaitMs(run);
  let retries = 0;
  let refusedTokens = 0;
  let challenge: { claims: string; token: string } | undefined;
  for (;;) {
    await holdBack(run, waitMs);
    const { verdict, token } = await attempt(run, challenge, waitMs);
    if (verdict.error === undefined) return verdict.operation;
    const { error, failure, claims } = verdict;
    run.lastError = error;
    if (failure?.status === 401 && token !== undefined) services.tokens.forget(token, request.tenantId);
    if (claims !== undefined && token !== undefined && challenge === undefined) {
      challenge = { claims, token };
      waitMs = 0;
      continue;
    }
    const now = services.runtime.monotonicNow();
    if (failure?.retryAfterMs !== undefined) ticket.call.notBefore = { at: now + failure.retryAfterMs, failure };
    const { code, retryable } = error;
    const next = nextStep({
      retryable: run.policy.mayRepeat({ code, retryable, status: failure?.status }, refusedTokens),
      retryAfterMs: failure?.retryAfterMs,
      retries,
      limit: run.policy.limit,
      untilDeadline: run.policy.untilDeadline,
      remainingMs: run.deadlineAt - now,
      random: services.runtime.random,
    });
    if (next.giveUp !== undefined)
      throw whyGivenUp(next.giveUp, verdict, { action: request.action, callId: request.callId, deadlineMs: run.deadlineMs });
    waitMs = next.waitMs;
    retries++;
    if (failure?.status === 401) refusedTokens++;
  }
}

/** One attempt and what it came to. A credential that gives no token is a failed attempt, too: one that did not leave. */
async function attempt(run: Run, challenge: { claims: string; token: string } | undefined, waitMs: number) {
  const { services, request, ticket, subject, effect } = run;
  try {
    const made = await makeAttempt(services, { ...request, mayLeave: () => mayLeave(run) }, challenge);
    const verdict = verdictOf(made, services);
    const { previousAttemptUnknown } = ticket.call;
    ticket.call.previousAttemptUnknown = verdict.undecided;
    effect.add(verdict);
    run.attempts++;
    run.lastTold = verdict.error?.code;
    recordAttempt(services.tell, subject, made, verdict, { attempt: run.attempts, waitMs, previousAttemptUnknown });
    return { verdict, token: made.token };
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    run.lastTold = undefined;
    const verdict: Verdict = { error, undecided: ticket.call.previousAttemptUnknown };
    return { verdict };
  }
}

function mayLeave(run: Run): undefined | void | Promise<void> {
  refuseIfSuperseded(run);
  return run.keeping?.mayLeave?.(run.request.signal);
}

/** Still in the turn of the report, so that the next status of the call finds the journal as this one leaves it. */
async function tellJournal({ keeping, services, subject, attempts }: Run, result: ReportResult, signal: AbortSignal): Promise<void> {
  const telling = Promise.resolve(keeping?.after?.(result)).then((missed = []) => {
    for (const { code } of missed) recordOutcome(services.tell, subject, code, services.runtime.now(), after(attempts));
  });
  // The report has its end: a journal that hangs does not hold it beyond the caller's time.
  await untilEnd(telling, signal).catch(() => {});
}
