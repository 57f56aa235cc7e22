import { withEffect } from "../model/effect.ts";
import { AbortedError, ClosedError, isOurs, type RecordingStatusError } from "../model/errors.ts";
import type { HttpFailure } from "../model/http-errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { EndReason } from "../model/outcome.ts";
import { createEffect, type Effect } from "../sending/effect.ts";
import { recordOutcome } from "../sending/record-attempt.ts";
import type { RetryPolicy } from "../sending/retry-policy.ts";
import { sendUpdate } from "../sending/send-update.ts";
import type { Services } from "../sending/services.ts";
import { waitForOperation } from "../sending/wait-for-operation.ts";
import type { CallQueue } from "../waiting/call-queue.ts";
import type { Ending } from "../waiting/ending.ts";
import { onAbort } from "../waiting/lifetime.ts";
import type { ReportableStatus } from "../wire.ts";
import { createEntry, type RecordingEntry } from "./entry.ts";
import type { RecordingInput } from "./recording-options.ts";
import type { Registry } from "./registry.ts";
import type { LifecycleRules } from "./rules.ts";
import { tellOf } from "./tell-of.ts";

/** What recordings share with the client. */
export type LifecycleServices = {
  readonly services: Services;
  readonly queue: CallQueue<HttpFailure>;
  readonly registry: Registry;
  readonly rules: LifecycleRules;
  /** Throws when the client is closed. */
  readonly refuseIfClosed: (callId: string) => void;
  /** Comes when even the closing reports must end: at the deadline of `close`. */
  readonly cutOff: Ending;
};

/** A status, and what is needed to bring it to Graph. */
type Announcement = {
  readonly action: string;
  readonly status: ReportableStatus;
  readonly clientContext: string;
  readonly signal?: AbortSignal;
  readonly effect: Effect;
  readonly policy?: RetryPolicy;
};

/**
 * Starts a recording: reports `recording`, waits for a final `completed`, runs `recorder.start`, and resolves with the live recording. When it
 * rejects nothing is left behind: what may be in effect was closed, what may have begun was stopped.
 */
export async function startRecording(shared: LifecycleServices, input: RecordingInput, action: string): Promise<RecordingEntry> {
  const effect = createEffect();
  const clientContext = input.clientContext ?? shared.services.runtime.randomUUID();
  orRecord(shared, input, { status: "recording", clientContext }, () => {
    shared.refuseIfClosed(input.callId);
    shared.registry.refuseIfLive(input.callId, action);
  });
  const entry = enter(shared, input);
  const { driver } = entry;
  try {
    const { signal } = driver;
    const start = { action, status: "recording", clientContext, signal, effect } as const;
    const operation = await announce(shared, input, start);
    shared.registry.hasBegun(entry);
    entry.confirm(operation);
    await driver.begin(operation);
  } catch (error) {
    if (effect.mayBe) shared.registry.hasBegun(entry);
    await driver.giveUp(mayStand(error, effect), error);
  }
  if (driver.phase === "recording") return entry;
  const errors = await startErrors(entry, input);
  const mayBeInEffect = effect.mayBe && driver.mayStillShow;
  throw tellOf(errors, { callId: input.callId, mayBeInEffect, subject: '"recording"', given: driver.failures.given });
}

/** What is no error of ours comes from where nobody expected it: nothing is known. */
function mayStand(error: unknown, effect: Effect): boolean {
  return !isOurs(error) || effect.mayBe;
}

/** Lists the recording, and lets the caller's signal end it. */
function enter(shared: LifecycleServices, input: RecordingInput): ReturnType<typeof createEntry> {
  const { services, registry, rules, refuseIfClosed } = shared;
  const { callId, recorder, startTimeoutMs, stopTimeoutMs, options } = input;
  const entry = createEntry({
    callId,
    recorder,
    runtime: services.runtime,
    rules,
    startTimeoutMs,
    stopTimeoutMs,
    userSignal: options.signal,
    report: (status, signal) => {
      const clientContext = services.runtime.randomUUID();
      return announce(shared, input, {
        action: `updateRecordingStatus(${status})`,
        status,
        clientContext,
        signal,
        effect: createEffect(),
        policy: rules.closingRetries,
      });
    },
    mayReportAgain: (status) =>
      orRecord(shared, input, { status, clientContext: undefined }, () => {
        refuseIfClosed(callId);
        registry.refuseIfReplaced(entry);
      }),
    onEnded: (unreported) => {
      registry.remove(entry, unreported);
      unfollow?.();
    },
  });
  const abort = () => entry.driver.end("aborted");
  const unfollow = options.signal && onAbort(options.signal, abort);
  registry.add(entry);
  if (options.signal?.aborted) abort();
  return entry;
}

/** Asks whether a report may be made at all; the trail tells a refusal, too. @throws what `refuse` throws */
function orRecord(
  { services }: LifecycleServices,
  { callId, options }: RecordingInput,
  { status, clientContext }: { readonly status: ReportableStatus; readonly clientContext: string | undefined },
  refuse: () => void,
): void {
  try {
    refuse();
  } catch (error) {
    const subject = { callId, tenantId: options.tenantId, status, clientContext };
    const none = { attempt: 0, waitMs: 0, previousAttemptUnknown: false };
    recordOutcome(services.settings.onAttempt, subject, (error as RecordingStatusError).code, services.runtime.now(), none);
    throw error;
  }
}

/** A report and its final `completed`, within one deadline. */
async function announce(shared: LifecycleServices, input: RecordingInput, announcement: Announcement): Promise<RecordingOperation> {
  const { services, queue, cutOff, rules } = shared;
  const { callId } = input;
  const { action, status, clientContext, signal, effect, policy } = announcement;
  const { runtime, settings } = services;
  const options = { ...input.options, signal };
  const deadlineAt = runtime.monotonicNow() + (options.deadlineMs ?? settings.deadlineMs);
  const update = { callId, body: { status, clientContext } };
  const operation = await sendUpdate(services, queue, { input: update, options, cutOff, effect, policy, isFollowed: true });
  if (rules.confirms(operation)) return operation;
  const deadlineMs = Math.max(0, deadlineAt - runtime.monotonicNow());
  try {
    return await waitForOperation(services, {
      callId,
      operation,
      options: { ...options, deadlineMs },
      cutOff,
      action,
      sentContext: services.waiters.contextOf(operation),
    });
  } catch (error) {
    const { code } = error as RecordingStatusError;
    if (code === "OPERATION_FAILED") effect.lastFailed();
    // The record of a poll has told that the operation failed; nothing else has told how the report ended.
    else {
      const subject = { callId, tenantId: options.tenantId, status, clientContext, operationId: operation.id };
      recordOutcome(settings.onAttempt, subject, code, runtime.now(), {
        attempt: effect.attempts,
        waitMs: 0,
        previousAttemptUnknown: false,
      });
    }
    throw withEffect(error, effect.mayBe);
  }
}

/** What `startRecording` rejects with once everything is closed. */
async function startErrors({ driver, recording }: RecordingEntry, { options: { signal } }: RecordingInput): Promise<unknown[]> {
  const { callId } = recording;
  const { reason: lastReason, error } = await recording.ended;
  const reason = driver.firstReason ?? lastReason;
  const why: { readonly [R in EndReason]?: () => RecordingStatusError } = {
    aborted: () => new AbortedError("The recording was aborted by its signal while it was starting.", { callId, cause: signal?.reason }),
    closed: () => new ClosedError("The client was closed while the recording was starting.", { callId, cause: error }),
  };
  const made = why[reason]?.();
  if (made !== undefined) return error === undefined || reason === "closed" ? [made] : [made, error];
  return [error ?? new AbortedError(`The recording was ended (${reason}) while it was starting.`, { callId })];
}
