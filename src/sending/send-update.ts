import { nextStep } from "../http/retry.ts";
import type { CallOptions } from "../input/call-input.ts";
import { withEffect } from "../model/effect.ts";
import { CredentialError, closedError, type RecordingStatusError, SupersededError } from "../model/errors.ts";
import type { HttpFailure } from "../model/http-errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { UpdateInput } from "../model/update.ts";
import type { CallQueue, Ticket } from "../waiting/call-queue.ts";
import type { Ending } from "../waiting/ending.ts";
import { beginLifetime, sleep } from "../waiting/lifetime.ts";
import { makeAttempt, type Request } from "./attempt.ts";
import { type Effect, rememberEarlier } from "./effect.ts";
import { recordAttempt, recordOutcome } from "./record-attempt.ts";
import { deadlineError, throttled, whyGivenUp } from "./report-errors.ts";
import { limitedRetries, type RetryPolicy } from "./retry-policy.ts";
import type { Services } from "./services.ts";
import type { Subject } from "./subject.ts";
import { type Verdict, verdictOf } from "./verdict.ts";
import type { PendingReport } from "./waiters.ts";

/** One report that is asked for. */
export type Report = {
  readonly input: UpdateInput;
  readonly options: CallOptions;
  /** Ends it with CLOSED. */
  readonly cutOff: Ending;
  /** Is told what each attempt may have done. */
  readonly effect: Effect;
  /** How it is repeated. @default as the client's options say */
  readonly policy?: RetryPolicy | undefined;
  /** Whether its sender waits for the end of an operation that the answer leaves open. @default false */
  readonly isFollowed?: boolean;
  /** Throws when the report must not be made at all. */
  readonly mayBegin?: () => void;
};

/** A report on its way. */
type Run = {
  readonly services: Services;
  readonly request: Request;
  readonly subject: Subject;
  readonly effect: Effect;
  readonly ticket: Ticket<HttpFailure>;
  readonly policy: RetryPolicy;
  readonly deadlineMs: number;
  readonly deadlineAt: number;
  attempts: number;
  lastError: RecordingStatusError | undefined;
  /** What the record of the last attempt told. */
  lastTold: string | undefined;
};

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
    // From here on a notification may come before the answer does.
    pending = services.waiters.begin(subject, report.isFollowed ?? false);
    const operation = await attemptUntilDone(run);
    pending.end(operation, run.attempts);
    return rememberEarlier(operation, effect);
  } catch (error) {
    const { code, operation } = error as RecordingStatusError & { readonly operation?: RecordingOperation };
    pending?.end(operation, run?.attempts ?? 0);
    if (run?.lastTold !== code) {
      const previousAttemptUnknown = run?.ticket.call.previousAttemptUnknown ?? false;
      recordOutcome(settings.onAttempt, subject, code, runtime.now(), { attempt: run?.attempts ?? 0, waitMs: 0, previousAttemptUnknown });
    }
    throw withEffect(error, effect.mayBe);
  } finally {
    run?.ticket.leave();
    call.dispose();
  }
}

type Begun = Pick<Run, "subject" | "deadlineMs"> & { readonly action: string; readonly signal: AbortSignal; readonly report: Report };

function newRun(services: Services, ticket: Run["ticket"], { action, subject, signal, deadlineMs, report }: Begun): Run {
  const { callId, tenantId } = subject;
  const send: Request["send"] = (transport, init) => transport.updateRecordingStatus(report.input, init);
  return {
    services,
    request: { action, callId, tenantId, signal, send },
    subject,
    effect: report.effect,
    ticket,
    policy: report.policy ?? limitedRetries(services.settings.retryLimit),
    deadlineMs,
    deadlineAt: services.runtime.monotonicNow() + deadlineMs,
    attempts: 0,
    lastError: undefined,
    lastTold: undefined,
  };
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
    const made = await makeAttempt(services, { ...request, mayLeave: () => refuseIfSuperseded(run) }, challenge);
    const verdict = verdictOf(made, services);
    const { previousAttemptUnknown } = ticket.call;
    ticket.call.previousAttemptUnknown = verdict.undecided;
    effect.add(verdict);
    run.attempts++;
    run.lastTold = verdict.error?.code;
    recordAttempt(services.settings.onAttempt, subject, made, verdict, { attempt: run.attempts, waitMs, previousAttemptUnknown });
    return { verdict, token: made.token };
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    run.lastTold = undefined;
    const verdict: Verdict = { error, undecided: ticket.call.previousAttemptUnknown };
    return { verdict };
  }
}

/**
 * What is left of a wait that the service asked an older status of the call for. What is asked for anew, after that one was given up, is sent
 * once even when the wait passes its deadline: a closing status must be tried. @throws THROTTLED when it passes the deadline
 */
function inheritedWaitMs({ ticket, services, deadlineAt }: Run): number {
  const { notBefore } = ticket.call;
  const waitMs = notBefore === undefined ? 0 : Math.max(0, notBefore.at - services.runtime.monotonicNow());
  if (notBefore === undefined || waitMs === 0 || notBefore.at < deadlineAt) return waitMs;
  if (notBefore.isOver) return 0;
  throw throttled({ ...notBefore.failure, retryAfterMs: waitMs });
}

/** Waits before an attempt. A first attempt waits its time; a retry gives way to a newer status at once. */
async function holdBack(run: Run, waitMs: number): Promise<void> {
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

function refuseIfSuperseded({ ticket, request, lastError }: Run): void {
  if (lastError === undefined || !ticket.superseded.aborted) return;
  throw new SupersededError(`${request.action} is not repeated: a newer status of the call was asked for.`, {
    callId: request.callId,
    cause: lastError,
  });
}
