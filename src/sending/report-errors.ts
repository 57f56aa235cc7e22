import type { GiveUp } from "../http/retry.ts";
import { DeadlineError, type RecordingStatusError } from "../model/errors.ts";
import { type HttpFailure, ThrottledError } from "../model/http-errors.ts";
import type { Failed } from "./verdict.ts";

/** The report that has failed. */
type Asked = { readonly action: string; readonly callId: string; readonly deadlineMs: number };

/** The error for a report that is not repeated any more. */
export function whyGivenUp(reason: GiveUp, { error, failure }: Failed, { action, callId, deadlineMs }: Asked): RecordingStatusError {
  if (failure !== undefined && reason === "asked to wait too long") return throttled(failure);
  if (failure?.status !== 429 && reason === "too late") return deadlineError(action, deadlineMs, callId, error);
  return error;
}

/** Graph asked for a wait that does not fit. */
export function throttled(failure: HttpFailure): ThrottledError {
  const hint = `Graph asked to wait ${failure.retryAfterMs} ms, which passes the deadline of the call: report again after that, or allow more time by deadlineMs.`;
  return new ThrottledError({ ...failure, hint });
}

/** The time is over; `cause` is what the last attempt ended with. */
export function deadlineError(action: string, deadlineMs: number, callId: string, cause: RecordingStatusError | undefined): DeadlineError {
  return new DeadlineError(`${action} did not succeed within its deadline of ${deadlineMs} ms.`, {
    callId,
    cause,
    hint:
      cause === undefined
        ? "Allow more time by deadlineMs, or report fewer statuses at once."
        : `Its last attempt ended with: ${cause.message}`,
  });
}
