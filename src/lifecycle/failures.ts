// What went wrong with what persists, in words.

import { JournalError, NotPermittedError, RecorderFailedError } from "../model/errors.ts";
import { showError } from "../util/show-error.ts";
import type { WorkKind } from "./rules.ts";
import type { RecordingPhase } from "./state.ts";

/** The journal does not say any more that the recording is this process's: it was paused, or cut off from the journal, for too long. */
export function leaseOver(callId: string): JournalError {
  return new JournalError(`The recording of call ${callId} has lost its lease in the journal, so it ends as failed.`, {
    callId,
    hint: "This process was paused, or could not reach the journal, for too long: another one may take the recording over and report its end.",
  });
}

/** Persisting is refused. */
export function notPermitted(callId: string, phase: RecordingPhase): NotPermittedError {
  return new NotPermittedError(`Persisting is not permitted: the recording of call ${callId} is ${phase}.`, {
    callId,
    hint: "Only between startRecording and its end may media, or what is derived from it, be persisted: drop the data.",
  });
}

/** `recorder.start` failed, or took too long (no failure). */
export function startFailed(callId: string, limitMs: number, failure: { readonly error: unknown } | undefined): RecorderFailedError {
  const hint = "It may have begun to persist, so recorder.stop is called, and the recording ends as failed.";
  if (failure === undefined) return new RecorderFailedError(`recorder.start did not settle within ${limitMs} ms.`, { callId, hint });
  return new RecorderFailedError(`recorder.start failed: ${showError(failure.error)}`, { callId, cause: failure.error, hint });
}

/** The time of the end is over, and this has not settled. */
export function outlivedEnd(kind: WorkKind, callId: string, limitMs: number): RecorderFailedError {
  const message = `${titles[kind]} did not settle within ${limitMs} ms of the recording's end.`;
  return new RecorderFailedError(message, { callId, hint: `${fates[kind]} ${deadlock}` });
}

/** `recorder.start` resolved, but `recorder.stop` had been called before. */
export function startedAfterStop(callId: string): RecorderFailedError {
  const hint = "Nobody stops what it has started: the recorder may be running, so the recording ends as failed.";
  return new RecorderFailedError(
    "recorder.start took more than half of the time of the end, and resolved after recorder.stop was called.",
    { callId, hint },
  );
}

/** It failed after the end had begun. */
export function failedAtEnd(kind: WorkKind, callId: string, cause: unknown): RecorderFailedError {
  const hint = kind.startsWith("recorder") ? "The recorder may still be running, so the recording ends as failed." : incomplete;
  return new RecorderFailedError(`${titles[kind]} failed while the recording was ending: ${showError(cause)}`, { callId, cause, hint });
}

const titles: { readonly [K in WorkKind]: string } = {
  body: "The body",
  persist: "A persist",
  pipe: "A pipe",
  gate: "A gate",
  "recorder.start": "recorder.start",
  "recorder.stop": "recorder.stop",
};
const incomplete = "What was announced as recorded may be incomplete, so the recording ends as failed.";
const mayGoOn = "It cannot be cut off and may still be running, so the recording ends as failed.";
const fates: { readonly [K in WorkKind]: string } = {
  body: mayGoOn,
  persist: mayGoOn,
  pipe: "Its sink was aborted: no further chunk is handed to it, but a write or close that it had begun may still finish. So the recording ends as failed.",
  gate: "What it held was dropped, and the recording ends as failed.",
  "recorder.start": mayGoOn,
  "recorder.stop": mayGoOn,
};
const deadlock = "A body, a persist or a recorder must not wait for stop(), ended or close(): the end waits for it.";
