import { JournalError } from "../model/errors.ts";

/** The journal does not say any more that the call is this client's: it was paused or cut off for too long, or another one has begun anew. */
export function lostError(callId: string, cause?: unknown): JournalError {
  return new JournalError(
    `The recording of call ${callId} is not to be reported from here any more: its lease has ended, or a newer recording has replaced it.`,
    {
      callId,
      cause,
      hint: "Whoever has taken it over reports its end: nothing more is sent from here.",
    },
  );
}
