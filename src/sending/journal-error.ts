import { isOurs, JournalError } from "../model/errors.ts";
import { showError } from "../util/show-error.ts";

const hints = {
  opened: "Nothing was sent: what is not written down first cannot be recovered after a crash.",
  attempt: "The trail misses a record of this call; the report itself was made.",
  closed: "The end was reported, but the journal does not know it. It is told again by recoverRecordings() and close().",
  released: "The end was not reported. The journal is told again by recoverRecordings() and close().",
  holder: "Nobody knows whether another process records the call.",
  claimOrphans: "Call recoverRecordings() again when the journal works.",
} as const;

const mendIt = "Mend the journal, then start again.";

/** What a journal can be asked to do. */
export type JournalAction = keyof typeof hints;

/** What the journal threw, in words: what it was to do, and what follows. */
export function journalError(action: JournalAction, callId: string | undefined, cause: unknown): JournalError {
  // What a journal of ours throws says itself what to do: the call may be somebody else's.
  const hint = action === "opened" && !(isOurs(cause) && cause.hint !== undefined) ? `${hints.opened} ${mendIt}` : hints[action];
  return new JournalError(`journal.${action} failed: ${showError(cause)}`, { callId, cause, hint });
}
