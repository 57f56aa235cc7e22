import type { CallOptions } from "../input/call-input.ts";
import { withEffect } from "../model/effect.ts";
import type { RecordingStatusError } from "../model/errors.ts";
import type { HttpFailure } from "../model/http-errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { ClosingStatus } from "../model/outcome.ts";
import { Effect } from "../sending/effect.ts";
import type { Keeping } from "../sending/keeping.ts";
import { after, recordOutcome } from "../sending/record-attempt.ts";
import type { RetryPolicy } from "../sending/retry-policy.ts";
import { sendUpdate } from "../sending/send-update.ts";
import type { Services } from "../sending/services.ts";
import { waitForOperation } from "../sending/wait-for-operation.ts";
import type { CallQueue } from "../waiting/call-queue.ts";
import type { Ending } from "../waiting/ending.ts";
import type { ReportableStatus } from "../wire.ts";
import type { Registry } from "./registry.ts";
import type { LifecycleRules } from "./rules.ts";

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
  /** Work of the client, for which `close` waits. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  /** Comes when the client is closed. */
  readonly clientEnd: Ending;
};

/** A status, and what is needed to bring it to Graph. */
export type Announcement = {
  readonly action: string;
  readonly status: ReportableStatus;
  readonly clientContext: string;
  readonly signal?: AbortSignal | undefined;
  readonly effect: Effect;
  readonly policy?: RetryPolicy;
  readonly keeping: Keeping | undefined;
};

/** The call that a status is about. */
export type AnnouncedCall = { readonly callId: string; readonly options: CallOptions };

/** A report and its final `completed`, within one deadline. */
export async function announce(shared: LifecycleServices, input: AnnouncedCall, announcement: Announcement): Promise<RecordingOperation> {
  const { services, queue, cutOff, rules } = shared;
  const { callId } = input;
  const { action, status, clientContext, signal, effect, policy, keeping } = announcement;
  const { runtime, settings } = services;
  const options = { ...input.options, signal };
  const deadlineAt = runtime.monotonicNow() + (options.deadlineMs ?? settings.deadlineMs);
  const update = { callId, body: { status, clientContext } };
  const operation = await sendUpdate(services, queue, { input: update, options, cutOff, effect, policy, keeping, isFollowed: true });
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
      recordOutcome(services.tell, subject, code, runtime.now(), after(effect.attempts));
    }
    throw withEffect(error, effect.mayBe);
  }
}

/** A closing status: it has a mark of its own, and is repeated with the patience of the one report that must arrive. */
export function announceEnd(
  shared: LifecycleServices,
  call: AnnouncedCall,
  { action, status, signal, keeping }: Pick<Announcement, "action" | "signal" | "keeping"> & { readonly status: ClosingStatus },
): Promise<RecordingOperation> {
  return announce(shared, call, {
    action,
    status,
    clientContext: shared.services.runtime.randomUUID(),
    signal,
    effect: new Effect(),
    policy: shared.rules.closingRetries,
    keeping,
  });
}
