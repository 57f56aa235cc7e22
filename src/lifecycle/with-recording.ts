import { AbortedError, ClosedError, NotPermittedError, type RecordingStatusError } from "../model/errors.ts";
import { beginLifetime, untilEnd } from "../waiting/lifetime.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { combine } from "./outcome.ts";
import type { Recorder } from "./recorder.ts";
import type { Recording } from "./recording.ts";
import type { RecordingInput, RecordingOptions } from "./recording-options.ts";
import type { EndReason } from "./state.ts";

/** Options of `withRecording`: as for `startRecording`, but the body may do all the persisting itself. */
export type WithRecordingOptions = Omit<RecordingOptions, "recorder"> & { recorder?: Partial<Recorder> | undefined };

type Settled<T> = { readonly failed: false; readonly value: T } | { readonly failed: true; readonly error: unknown };

/** Runs the body in a live recording and ends it. Nothing that fails is lost. */
export async function runWithRecording<T>(
  recording: Recording,
  { stopTimeoutMs: limitMs, options: { signal } }: RecordingInput,
  body: (recording: Recording) => T | Promise<T>,
  runtime: ClientRuntime,
): Promise<T> {
  const running = settle(async () => {
    // It may have ended while it was handed over.
    recording.assertRecording();
    return body(recording);
  });
  const first = await Promise.race([running, recording.ended]);
  const endedFirst = "reason" in first;
  const settled = endedFirst ? await settleLate(recording, running, limitMs, runtime) : first;
  // The body may have failed only because the recording had begun to end under it: that is no failure of its own.
  const failed = settled.failed && !(recording.signal.aborted && isConsequence(settled.error, recording, signal));
  // What fails at the end is in the outcome.
  await (failed ? recording.fail(settled.error) : recording.stop()).catch(() => {});
  const { reason, error } = await recording.ended;
  const late = failed && endedFirst && settled.error !== error ? settled.error : undefined;
  const errors = [endedUnder(reason, recording, signal), error, late].filter((one) => one !== undefined);
  if (errors.length > 0) throw combine(errors);
  if (settled.failed) throw settled.error;
  return settled.value;
}

/** The recording ended before its body: waits for the body as long as the recorder may take to stop. */
async function settleLate<T>(
  { callId }: Recording,
  running: Promise<Settled<T>>,
  limitMs: number,
  runtime: ClientRuntime,
): Promise<Settled<T>> {
  const onLimit = () => new NotPermittedError(`The body went on for ${limitMs} ms after the recording had ended.`, { callId });
  const bound = beginLifetime(runtime, { limitMs, onLimit });
  const settled = await untilEnd(running, bound.signal).catch((error: unknown): Settled<T> => ({ failed: true, error }));
  bound.dispose();
  return settled;
}

/** The error when the recording ended under its body by abort or close. */
function endedUnder(reason: EndReason, { callId }: Recording, signal: AbortSignal | undefined): RecordingStatusError | undefined {
  if (reason === "aborted") return new AbortedError("The recording was aborted by its signal.", { callId, cause: signal?.reason });
  return reason === "closed" ? new ClosedError("The client was closed while the recording was live.", { callId }) : undefined;
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

async function settle<T>(work: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { failed: false, value: await work() };
  } catch (error) {
    return { failed: true, error };
  }
}
