import { type CallOptions, callReaders, readCallId, usages } from "../input/call-input.ts";
import { asDurationMs, type Read, type Readers, readObject, readOptions, refuseFor } from "../input/read.ts";
import { given, isArguments, isClass, isPlain } from "../util/kind-of.ts";
import { own } from "../util/own.ts";
import { findViolation } from "../util/schema-check.ts";
import { updateRecordingStatusRequestSchema } from "../wire.ts";
import type { Recorder } from "./recorder.ts";

/** Options of `startRecording`. */
export type RecordingOptions = CallOptions & {
  /** What begins and ends the persisting. `deadlineMs` bounds the report that the recording begins, and anew the one that it has ended. */
  recorder: Recorder;
  /** The mark of the report that the recording begins; the closing report has one of its own. @default a fresh GUID */
  clientContext?: string | undefined;
  /** Longest time for `recorder.start`, in milliseconds. @default 10_000 */
  startTimeoutMs?: number | undefined;
  /** Longest time for everything that persists to settle at the end, `recorder.stop` included, in milliseconds. @default 10_000 */
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

/** Reads the arguments of `startRecording`, and those of `withRecording` but for its body, once. @throws BAD_INPUT */
export function readRecordingOptions(callId: unknown, options: unknown, action: "startRecording" | "withRecording"): RecordingInput {
  const recorderIsOptional = action === "withRecording";
  const id = readCallId(callId, action);
  const refuse = refuseFor(action, id);
  const example = recorderIsOptional ? "{ signal }" : "{ recorder }";
  const bag = readObject(options, `the options must be an object such as ${example}`, refuse);
  if (["start", "stop"].some((name) => typeof own(bag, name) === "function") && own(bag, "recorder") === undefined)
    throw refuse(`the recorder goes into an options object: ${action}(callId, { recorder }${recorderIsOptional ? ", body" : ""}).`);
  const { recorder, clientContext, startTimeoutMs, stopTimeoutMs, ...call } = readOptions(bag, readersFor(recorderIsOptional), refuse);
  return {
    callId: id,
    recorder,
    clientContext,
    options: call,
    startTimeoutMs: startTimeoutMs ?? defaultTimeoutMs,
    stopTimeoutMs: stopTimeoutMs ?? defaultTimeoutMs,
  };
}

/** The arguments of `withRecording`; the body is the caller's function, of which nothing else is known here. */
export type WithRecordingInput = { readonly input: RecordingInput; readonly body: (...args: never[]) => unknown };

/** Reads the arguments of `withRecording`: options may be left out, the body comes last. @throws BAD_INPUT */
export function readWithRecordingArguments(callId: unknown, a: unknown, b: unknown): WithRecordingInput {
  const action = "withRecording";
  const id = readCallId(callId, action);
  const refuse = refuseFor(action, id);
  const isBody = (value: unknown): value is WithRecordingInput["body"] => typeof value === "function" && !isClass(value);
  if (isBody(a) && b === undefined) return { input: readRecordingOptions(id, {}, action), body: a };
  if (isBody(a) && !isBody(b)) throw refuse(`the options come before the body. Call it as ${usages.withRecording}.`);
  // A single argument that is no function may be options or a body gone wrong: both are told below.
  const isOptions = b !== undefined || isArguments(a);
  if (!isBody(b)) throw refuse(`the last argument must be the body, a function; ${given(isOptions ? b : a)}`);
  return { input: readRecordingOptions(id, a === undefined ? {} : a, action), body: b };
}

function readersFor(recorderIsOptional: boolean) {
  return {
    recorder: asRecorder(recorderIsOptional),
    ...callReaders,
    clientContext: asClientContext,
    startTimeoutMs: asDurationMs(1),
    stopTimeoutMs: asDurationMs(1),
  } satisfies Readers<RecordingOptions>;
}

/** The same rules as for the report itself. */
const asClientContext: Read<string | undefined> = (value, name, refuse) => {
  if (value === undefined || value === null) return undefined;
  const violation = findViolation(updateRecordingStatusRequestSchema.properties.clientContext, value, name);
  if (violation !== undefined) throw refuse(violation);
  return value as string;
};

/** Both functions are read once, and called on the recorder they belong to. */
function asRecorder(isOptional: boolean): Read<Recorder> {
  return (recorder, name, refuse) => {
    if (recorder === undefined && isOptional) return idle;
    const wanted = `${name} must be an object with the functions start and stop`;
    if (!isArguments(recorder)) throw refuse(`${wanted}; ${given(recorder)}`);
    const [start, stop] = [own(recorder, "start"), own(recorder, "stop")];
    // With other names, or methods, but neither of these it would be asked nothing, silently.
    const isEmpty = isPlain(recorder) && Object.keys(recorder).length === 0;
    if (start === undefined && stop === undefined && !(isOptional && isEmpty)) throw refuse(`${wanted}; it has neither.`);
    for (const [part, value] of Object.entries({ start, stop })) {
      if (typeof value === "function" || (isOptional && value === undefined)) continue;
      throw refuse(`${wanted}; for ${part} ${given(value)}`);
    }
    return {
      start: (context) => (start as Recorder["start"] | undefined)?.call(recorder as Recorder, context),
      stop: (context) => (stop as Recorder["stop"] | undefined)?.call(recorder as Recorder, context),
    };
  };
}
