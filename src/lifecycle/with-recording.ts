import { withEffect } from "../model/effect.ts";
import { AbortedError, ClosedError, type RecordingStatusError } from "../model/errors.ts";
import type { RecordingEntry } from "./entry.ts";
import { combine, type RecordingOutcome } from "./outcome.ts";
import type { RecordingPermit } from "./permit.ts";
import type { Recorder } from "./recorder.ts";
import type { RecordingOptions } from "./recording-options.ts";
import type { LifecycleRules } from "./rules.ts";

/** Options of `withRecording`: as for `startRecording`, but the body may do all the persisting itself. */
export type WithRecordingOptions = Omit<RecordingOptions, "recorder"> & { recorder?: Partial<Recorder> | undefined };

/** The body of `withRecording`: it ends the recording by returning or throwing. */
export type RecordingBody<T> = (permit: RecordingPermit) => T | Promise<T>;

type Settled<T> = { readonly threw: false; readonly value: T } | Threw;
/** `failure` stands for what was thrown: an error also where that was undefined or null. */
type Threw = { readonly threw: true; readonly thrown: unknown; readonly failure: unknown; readonly obeyed: boolean };

/** Runs the body in a live recording and ends it. Nothing that fails is lost. */
export async function runWithRecording<T>(
  { driver, permit, recording }: RecordingEntry,
  body: RecordingBody<T>,
  signal: AbortSignal | undefined,
  rules: LifecycleRules,
): Promise<T> {
  const running = Promise.withResolvers<T>();
  // Counted before it runs: the end waits for it, and it may bring the end about at once.
  driver.works.add("body", running.promise);
  running.resolve(run(permit, body));
  let settled: Settled<T> | undefined;
  const told = running.promise.then(
    (value) => {
      settled = { threw: false, value };
      driver.end("stopped");
    },
    (thrown: unknown) => {
      const obeyed = recording.signal.aborted && driver.obeyed(thrown);
      const failure = thrown ?? new Error(`The body threw ${thrown}.`);
      settled = { threw: true, thrown, failure, obeyed };
      if (!obeyed) driver.addFailure(failure);
      driver.end(obeyed ? "stopped" : "failed");
    },
  );
  const outcome = await Promise.race([told.then(() => recording.ended), recording.ended]);
  const endedUnder = rules.rejectsAfter(outcome.reason) ? endOf(outcome, signal) : undefined;
  const result = resultOf(settled, outcome, endedUnder);
  if (result.failed) throw withEffect(result.error, driver.mayStillShow);
  return result.value;
}

/** It may have ended while it was handed over. A body that throws is no different from one that rejects. */
async function run<T>(permit: RecordingPermit, body: RecordingBody<T>): Promise<T> {
  permit.assertRecording();
  return body(permit);
}

type Result<T> = { readonly failed: false; readonly value: T } | { readonly failed: true; readonly error: unknown };

/** What `withRecording` settles with. A body that has not settled outlived the end: the outcome tells. */
function resultOf<T>(settled: Settled<T> | undefined, outcome: RecordingOutcome, endedUnder: RecordingStatusError | undefined): Result<T> {
  const errors: unknown[] = [];
  if (settled?.threw && !settled.obeyed) errors.push(settled.failure);
  else if (settled !== undefined && endedUnder !== undefined) errors.push(endedUnder);
  if (outcome.error !== undefined) errors.push(outcome.error);
  if (errors.length === 0 && settled?.threw) errors.push(settled.failure);
  if (errors.length === 0 && settled?.threw === false) return { failed: false, value: settled.value };
  const error = combine(errors, outcome.callId);
  return { failed: true, error: settled?.threw && error === settled.failure ? settled.thrown : error };
}

/** The error when the recording ended under its body by abort or close. */
function endOf({ callId, reason }: RecordingOutcome, signal: AbortSignal | undefined): RecordingStatusError {
  if (reason === "aborted") return new AbortedError("The recording was aborted by its signal.", { callId, cause: signal?.reason });
  return new ClosedError("The client was closed while the recording was live.", { callId });
}
