import type { AttemptRecord } from "../model/attempt-record.ts";
import { AbortedError, ClosedError, RecordingStatusError } from "../model/errors.ts";
import type { HttpFailure } from "../model/http-errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import { sendUpdate } from "../sending/send-update.ts";
import type { Services } from "../sending/services.ts";
import { waitForOperation } from "../sending/wait-for-operation.ts";
import type { CallQueue } from "../waiting/call-queue.ts";
import type { Ending } from "../waiting/ending.ts";
import type { ReportableStatus } from "../wire.ts";
import { combine, isCallGone } from "./outcome.ts";
import { controlOf, Recording } from "./recording.ts";
import type { RecordingInput } from "./recording-options.ts";
import type { Registry } from "./registry.ts";
import type { EndReason } from "./state.ts";

/** What recordings share with the client. */
export type LifecycleServices = {
  readonly services: Services;
  readonly queue: CallQueue<HttpFailure>;
  readonly registry: Registry;
  /** Comes when even the closing reports must end: at the deadline of `close`. */
  readonly cutOff: Ending;
};

/**
 * Starts a recording: reports `recording`, waits for a final `completed`, runs `recorder.start`, and resolves with the live recording. When it
 * rejects nothing is left behind: what may be in effect was closed, what may have begun was stopped.
 */
export async function startRecording(shared: LifecycleServices, input: RecordingInput): Promise<Recording> {
  const { services, registry } = shared;
  const { callId, recorder, startTimeoutMs, stopTimeoutMs, options } = input;
  registry.refuseIfLive(callId, "startRecording");
  const { signal } = options;
  const recording = new Recording({
    callId,
    recorder,
    runtime: services.runtime,
    startTimeoutMs,
    stopTimeoutMs,
    report: (status) => reportAndConfirm(shared, input, status, services.runtime.randomUUID(), undefined),
    onEnded: () => {
      registry.remove(callId);
      signal?.removeEventListener("abort", onAbort);
    },
  });
  const control = controlOf(recording);
  const onAbort = () => control.end("aborted");
  registry.add(recording);
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  const effect = watchEffect(services);
  try {
    const clientContext = input.clientContext ?? services.runtime.randomUUID();
    const operation = await reportAndConfirm({ ...shared, services: effect.services }, input, "recording", clientContext, recording.signal);
    await control.begin(operation);
  } catch (error) {
    await control.giveUp(effect.mayBeInEffect(error) && !isCallGone(error), error);
  }
  if (recording.state === "recording") return recording;
  throw await startError(recording, signal);
}

/** A report and its final `completed`, within one deadline. */
async function reportAndConfirm(
  { services, queue, cutOff }: LifecycleServices,
  { callId, options }: RecordingInput,
  status: ReportableStatus,
  clientContext: string,
  signal: AbortSignal | undefined,
): Promise<RecordingOperation> {
  const { runtime, settings } = services;
  const deadlineAt = runtime.monotonicNow() + (options.deadlineMs ?? settings.deadlineMs);
  const operation = await sendUpdate(services, queue, { callId, body: { status, clientContext } }, { ...options, signal }, cutOff);
  if (operation.status === "completed") return operation;
  const deadlineMs = Math.max(0, deadlineAt - runtime.monotonicNow());
  return waitForOperation(services, { callId, operation }, { ...options, signal, deadlineMs }, cutOff);
}

/** Watches the attempts of a report: it may be in effect unless every one of them was refused. */
function watchEffect(services: Services) {
  const records: AttemptRecord[] = [];
  const { onAttempt } = services.settings;
  const watch = (record: AttemptRecord) => {
    records.push(record);
    return onAttempt?.(record);
  };
  const left = ({ clientRequestId }: AttemptRecord) => clientRequestId !== undefined;
  const refused = ({ httpStatus, outcome }: AttemptRecord) =>
    outcome === "OPERATION_FAILED" || (httpStatus !== undefined && httpStatus >= 300 && httpStatus <= 499);
  return {
    services: { ...services, settings: { ...services.settings, onAttempt: watch } },
    mayBeInEffect(error: unknown) {
      // What is not ours comes from where nobody expected it: nothing is known.
      if (!(error instanceof RecordingStatusError)) return true;
      const made = records.filter(left);
      // An operation that was pending and then failed is a refusal too: that of the last attempt.
      if (error.code === "OPERATION_FAILED") made.pop();
      return made.some((record) => !refused(record));
    },
  };
}

/** What `startRecording` rejects with once everything is closed. */
async function startError(recording: Recording, signal: AbortSignal | undefined): Promise<unknown> {
  const outcome = await recording.ended;
  const reason = controlOf(recording).firstReason() ?? outcome.reason;
  const { error } = outcome;
  const { callId } = recording;
  const why: { readonly [R in EndReason]?: () => RecordingStatusError } = {
    aborted: () => new AbortedError("The recording was aborted by its signal while it was starting.", { callId, cause: signal?.reason }),
    closed: () => new ClosedError("The client was closed while the recording was starting.", { callId, cause: error }),
  };
  const made = why[reason]?.();
  if (made !== undefined) return error === undefined || reason === "closed" ? made : combine([made, error]);
  return error ?? new AbortedError(`The recording was ended (${reason}) while it was starting.`, { callId });
}
