import { isRecordingStatusError } from "../model/any-error.ts";

/** How many causes of an error are looked at: they may go round in a circle. */
const mostCauses = 8;

/**
 * Whether work gave up only because it was told to: it rejected with the reason of one of these signals, with an error that this reason
 * caused, with an `AbortError`, or because persisting was not permitted any more.
 */
export function isObedience(error: unknown, signals: readonly (AbortSignal | undefined)[]): boolean {
  const reasons = signals.flatMap((signal) => (signal?.aborted ? [signal.reason as unknown] : []));
  try {
    let cause = error;
    for (let depth = 0; depth < mostCauses && cause !== undefined && cause !== null; depth++) {
      if (reasons.includes(cause) || isEndOfPermit(cause)) return true;
      cause = (cause as { cause?: unknown }).cause;
    }
  } catch {
    // A getter of the caller's that throws: whatever it hides is a failure.
  }
  return false;
}

function isEndOfPermit(error: unknown): boolean {
  if (isRecordingStatusError(error)) return error.code === "NOT_PERMITTED";
  return (error as { name?: unknown }).name === "AbortError";
}
