import { AbortedError, ClosedError, type RecordingStatusError } from "../model/errors.ts";
import type { RecordingOutcome } from "../model/outcome.ts";
import type { RecordingEntry } from "./entry.ts";
import type { RecordingPermit } from "./permit.ts";
import type { Recorder } from "./recorder.ts";
import type { RecordingOptions } from "./recording-options.ts";
import type { LifecycleRules } from "./rules.ts";
import { tellOf } from "./tell-of.ts";

/** Options of `withRecording`: as for `startRecording`, but the body may do all the persisting itself. */
export type WithRecordingOptions = Omit<RecordingOptions, "recorder"> & {
  /** What begins and ends persisting outside of the body. @default none */
  recorder?: Partial<Recorder> | undefined;
};

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
  let settled: Settled<T> | undefined;
  const told = running.promise.then(
    (value) => {
      settled = { threw: false, value };
    },
    (thrown: unknown) => {
      const obeyed = recording.signal.aborted && driver.obeyed(thrown);
      settled = { threw: true, thrown, failure: thrown ?? new Error(`The body threw ${thrown}.`), obeyed };
      if (!obeyed) driver.addGiven(settled.failure);
      throw settled.failure;
    },
  );
  // Counted before it runs: the end waits for it, and it may bring the end about at once.
  driver.works.add("body", told);
  const ending = told.then(
    () => driver.end("stopped"),
    () => driver.end(settled?.threw && settled.obeyed ? "stopped" : "failed"),
  );
  running.resolve(run(permit, body));
  const outcome = await Promise.race([ending.then(() => recording.ended), recording.ended]);
  const mayBeInEffect = driver.mayStillShow;
  const endedUnder = rules.rejectsAfter(outcome.reason) ? endOf(outcome, signal) : undefined;
  const errors = errorsOf(settled, driver.error, endedUnder);
  if (errors.length === 0 && settled?.threw === false) return settled.value;
  const { given } = driver.failures;
  const error = tellOf(errors, { callId: outcome.callId, mayBeInEffect, subject: '"recording"', given });
  throw settled?.threw && error === settled.failure ? settled.thrown : error;
}

/** It may have ended while it was handed over. A body that throws is no different from one that rejects. */
async function run<T>(permit: RecordingPermit, body: RecordingBody<T>): Promise<T> {
  permit.assertRecording();
  return body(permit);
}

/** What `withRecording` rejects with; nothing when it resolves. A body that has not settled outlived the end: the outcome tells. */
function errorsOf<T>(settled: Settled<T> | undefined, error: unknown, endedUnder: RecordingStatusError | undefined): unknown[] {
  const errors: unknown[] = [];
  if (settled?.threw && !settled.obeyed) errors.push(settled.failure);
  else if (settled !== undefined && endedUnder !== undefined) errors.push(endedUnder);
  if (error !== undefined) errors.push(error);
  if (errors.length === 0 && settled?.threw) errors.push(settled.failure);
  return errors;
}

/** The error when the recording ended under its body by abort or close. */
function endOf({ callId, reason }: RecordingOutcome, signal: AbortSignal | undefined): RecordingStatusError {
  if (reason === "aborted") return new AbortedError("The recording was aborted by its signal.", { callId, cause: signal?.reason });
  return new ClosedError("The client was closed while the recording was live.", { callId });
}
