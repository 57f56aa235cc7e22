import { AbortedError, ClosedError, NotPermittedError } from "../errors.ts";
import { beginLifetime, untilEnd } from "../lifetime.ts";
import { has } from "../own.ts";
import type { Runtime } from "../runtime.ts";
import { combine, type RecordingOutcome } from "./outcome.ts";
import type { Recorder } from "./recorder.ts";
import type { Recording } from "./recording.ts";
import type { RecordingInput, RecordingOptions } from "./recording-options.ts";

/** Options of `withRecording`: as for `startRecording`, but the body may do all the persisting itself. */
export type WithRecordingOptions = Omit<RecordingOptions, "recorder"> & { recorder?: Partial<Recorder> | undefined };

type Settled<T> = { readonly value: T } | { readonly error: unknown };

/** Runs the body in a live recording and ends it. Nothing that fails is lost. */
export async function runWithRecording<T>(
  recording: Recording,
  { stopTimeoutMs, options }: RecordingInput,
  body: (recording: Recording) => T | Promise<T>,
  runtime: Runtime,
): Promise<T> {
  const running = settle(async () => {
    // It may have ended while it was handed over.
    recording.assertRecording();
    return body(recording);
  });
  const first = await Promise.race([running, recording.ended]);
  if (Object.hasOwn(first, "reason"))
    return afterEnd(first as RecordingOutcome, recording, running, { limitMs: stopTimeoutMs, runtime, signal: options.signal });
  if (Object.hasOwn(first, "error")) {
    const { error: failure } = first as { error: unknown };
    // The body may have failed only because the recording had begun to end under it: that is no failure of its own.
    const obeys = recording.signal.aborted && isConsequence(failure, recording, options.signal);
    const { reason, error } = await (obeys ? recording.stop() : recording.fail(failure)).then((outcome) => outcome, rethrowWith(failure));
    if (reason === "failed") throw error ?? failure;
    throw endedUnder(reason, first, recording, options.signal);
  }
  const { reason, error } = await recording.stop();
  if (reason === "aborted" || reason === "closed") throw endedUnder(reason, first, recording, options.signal);
  if (error !== undefined) throw error;
  return (first as { value: T }).value;
}

/** The recording ended before its body: waits for the body as long as the recorder may take to stop. */
async function afterEnd<T>(
  { reason, error }: RecordingOutcome,
  recording: Recording,
  running: Promise<Settled<T>>,
  { limitMs, runtime, signal }: { readonly limitMs: number; readonly runtime: Runtime; readonly signal: AbortSignal | undefined },
): Promise<T> {
  const late = () =>
    new NotPermittedError(`The body went on for ${limitMs} ms after the recording had ended.`, { callId: recording.callId });
  const bound = beginLifetime(runtime, { limitMs, onLimit: late });
  const settled = await untilEnd(running, bound.signal).catch((reasonToStop: unknown): Settled<T> => ({ error: reasonToStop }));
  bound.dispose();
  const ownEnd = reason === "stopped" || reason === "callEnded";
  if (ownEnd && error === undefined && has(settled, "value")) return settled.value;
  if (ownEnd && error === undefined && has(settled, "error")) throw settled.error;
  if (reason === "failed" || ownEnd) throw has(settled, "error") && settled.error !== error ? combine([error, settled.error]) : error;
  const made = endedUnder(reason, settled, recording, signal);
  throw error === undefined ? made : combine([made, error]);
}

/** The error when the recording ended under its body by abort or close; a body's own error goes along. */
function endedUnder(reason: string, settled: Settled<unknown>, recording: Recording, signal: AbortSignal | undefined): unknown {
  const { callId } = recording;
  const made =
    reason === "aborted"
      ? new AbortedError("The recording was aborted by its signal.", { callId, cause: signal?.reason })
      : reason === "closed"
        ? new ClosedError("The client was closed while the recording was live.", { callId })
        : undefined;
  const own = has(settled, "error") && !isConsequence(settled.error, recording, signal) ? [settled.error] : [];
  return made === undefined ? (has(settled, "error") ? settled.error : undefined) : combine([made, ...own]);
}

/** What the body throws only because it was told to end. */
function isConsequence(error: unknown, recording: Recording, signal: AbortSignal | undefined): boolean {
  return (
    error === recording.signal.reason ||
    error === signal?.reason ||
    error instanceof NotPermittedError ||
    (error as Error)?.name === "AbortError"
  );
}

function rethrowWith(error: unknown): (closing: unknown) => never {
  return (closing) => {
    throw combine([error ?? new Error("The body threw nothing that could be kept."), closing]);
  };
}

async function settle<T>(work: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}
