import { type CallOptions, readCallOptions, readPathId, readUpdate } from "../input/call-input.ts";
import { readDurationMs } from "../input/read.ts";
import { BadInputError } from "../model/errors.ts";
import { isBag, own } from "../util/own.ts";
import type { Recorder } from "./recorder.ts";

/** Options of `startRecording`. */
export type RecordingOptions = CallOptions & {
  /** What persists. `deadlineMs` bounds the report that the recording begins, and anew the one that it has ended. */
  recorder: Recorder;
  /** The mark of the report that the recording begins; the closing report has one of its own. @default a fresh GUID */
  clientContext?: string | undefined;
  /** Longest time for `recorder.start`, in milliseconds. @default 10_000 */
  startTimeoutMs?: number | undefined;
  /** Longest time for `recorder.stop`, and then for the gates to drain, in milliseconds. @default 10_000 */
  stopTimeoutMs?: number | undefined;
};

export type RecordingInput = {
  readonly callId: string;
  readonly recorder: Recorder;
  readonly clientContext: string | undefined;
  readonly options: CallOptions;
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
};

const defaultTimeoutMs = 10_000;
const idle: Recorder = { start: () => {}, stop: () => {} };

/** Reads the arguments once. @throws BAD_INPUT */
export function readRecordingOptions(callId: unknown, options: unknown, action: string, recorderIsOptional: boolean): RecordingInput {
  const id = readPathId(callId, "callId", action);
  if (!isBag(options)) throw new BadInputError(`${action}: the options must be an object with a recorder.`, { callId: id });
  const clientContext = own(options, "clientContext") ?? undefined;
  // The same rules as for the report itself.
  if (clientContext !== undefined) readUpdate(id, { status: "recording", clientContext });
  return {
    callId: id,
    recorder: readRecorder(own(options, "recorder"), action, recorderIsOptional),
    clientContext: clientContext as string | undefined,
    options: readCallOptions(options, action),
    startTimeoutMs: readDurationMs(options, "startTimeoutMs", action, 1) ?? defaultTimeoutMs,
    stopTimeoutMs: readDurationMs(options, "stopTimeoutMs", action, 1) ?? defaultTimeoutMs,
  };
}

/** Both functions are read once, and called on the recorder they belong to. */
function readRecorder(recorder: unknown, action: string, isOptional: boolean): Recorder {
  if (recorder === undefined && isOptional) return idle;
  const { start, stop } = (isBag(recorder) ? recorder : { start: "none" }) as { start?: unknown; stop?: unknown };
  if (![start, stop].every((value) => typeof value === "function" || (isOptional && value === undefined))) {
    throw new BadInputError(`${action}: recorder must have the functions start and stop.`);
  }
  return {
    start: (context) => (start as Recorder["start"] | undefined)?.call(recorder as Recorder, context),
    stop: (context) => (stop as Recorder["stop"] | undefined)?.call(recorder as Recorder, context),
  };
}
