// The decisions on which the order rests, each a pure function, in one place: a test breaks one at a time and sees that somebody notices.

import { callIsGone } from "../model/comms-codes.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { ClosingStatus, EndReason } from "../model/outcome.ts";
import { type NotificationRules, notificationRules } from "../sending/match-notification.ts";
import { insistentRetries, type RetryPolicy } from "../sending/retry-policy.ts";
import { permitsPersisting, type RecordingState } from "./state.ts";

/** What the end of a recording waits for. */
export type WorkKind = "body" | "persist" | "pipe" | "gate" | "recorder.start" | "recorder.stop";

/** How a piece of work that the end waited for has settled. */
export type Settlement = {
  readonly kind: WorkKind;
  readonly failed: boolean;
  /** Whether it failed only because it was told to end. */
  readonly obeyed: boolean;
  /** Whether it is a `recorder.start` that `recorder.stop` did not wait for any longer: nobody stops what it has started. */
  readonly outlastedStop?: boolean | undefined;
};

export type LifecycleRules = {
  /** What a notification says of the operations that are waited for. */
  readonly notifications: NotificationRules;
  /** Whether an operation confirms a recording. */
  confirms(operation: RecordingOperation): boolean;
  /** Whether something may be persisted at this instant. */
  permits(state: RecordingState): boolean;
  /** Whether the end waits for this kind of work. */
  awaits(kind: WorkKind): boolean;
  /** Whether this work must have settled before `recorder.stop` is called, up to half of the time. */
  precedesStop(kind: WorkKind): boolean;
  /** Whether what is still under way is cut off when the time is over, where that is possible. */
  cutsOff(kind: WorkKind): boolean;
  /** Whether the work settled well: else `failed` is reported. */
  isWell(settlement: Settlement): boolean;
  /** The time for everything that persists to settle, in milliseconds; `closeMs` is the deadline of a `close` that ends the recording. */
  budgetMs(stopTimeoutMs: number, closeMs: number | undefined): number;
  /** Whether the error of a report says that the call is gone. */
  saysGone(error: unknown): boolean;
  /** Whether a start that was not confirmed is closed. */
  withdraws(mayBeInEffect: boolean): boolean;
  /** Whether a piece of work that fails while the recording is live ends it as failed. */
  endsBy(kind: "persist" | "pipe"): boolean;
  /** Whether `recorder.stop` is called for this start. */
  stopsRecorder(startFailed: boolean): boolean;
  /** What is sent of the closing status that was decided; `again`: by a later `stop` or `fail`, after an end that was not reported. */
  sends(decided: ClosingStatus, again: boolean): ClosingStatus | undefined;
  /** How the closing report is repeated. */
  readonly closingRetries: RetryPolicy;
  /** Whether `withRecording` rejects when its recording ended so under its body. */
  rejectsAfter(reason: EndReason): boolean;
};

export const lifecycleRules: LifecycleRules = {
  notifications: notificationRules,
  confirms: ({ status }) => status === "completed",
  permits: permitsPersisting,
  awaits: () => true,
  // The body may wait for the recorder to have stopped, and a gate for the recorder to read.
  precedesStop: (kind) => kind === "recorder.start" || kind === "persist" || kind === "pipe",
  cutsOff: () => true,
  isWell: ({ kind, failed, obeyed, outlastedStop = false }) =>
    failed ? obeyed && (kind === "body" || kind === "recorder.start") : !outlastedStop,
  budgetMs: (stopTimeoutMs, closeMs) => Math.min(stopTimeoutMs, closeMs === undefined ? stopTimeoutMs : closeMs / 2),
  saysGone: callIsGone,
  withdraws: (mayBeInEffect) => mayBeInEffect,
  endsBy: (kind) => kind === "pipe",
  stopsRecorder: () => true,
  sends: (decided) => decided,
  closingRetries: insistentRetries,
  rejectsAfter: (reason) => reason === "aborted" || reason === "closed",
};
