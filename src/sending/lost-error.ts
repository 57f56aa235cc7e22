import { JournalError } from "../model/errors.ts";

/** The journal does not say any more that the call is this process's: it was paused, or cut off from the journal, for too long. */
export function lostError(callId: string, cause?: unknown): JournalError {
  return new JournalError(`The recording of call ${callId} is not this process's any more: its lease has ended.`, {
    callId,
    cause,
    hint: "Another process may have taken it over, and reports its end: nothing more is sent from here.",
  });
}
