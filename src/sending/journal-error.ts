import { JournalError } from "../model/errors.ts";
import { showError } from "../util/show-error.ts";

const hints = {
  opened: "Nothing was sent: what is not written down first cannot be recovered after a crash. Mend the journal, then start again.",
  attempt: "The trail misses a record of this call; the report itself was made.",
  closed: "The end was reported, but the journal does not know it. It is told again by recoverRecordings() and close().",
  released: "The end was not reported. The journal is told again by recoverRecordings() and close().",
  claimOrphans: "Call recoverRecordings() again when the journal works.",
} as const;

/** What a journal can be asked to do. */
export type JournalAction = keyof typeof hints;

/** What the journal threw, in words: what it was to do, and what follows. */
export function journalError(action: JournalAction, callId: string | undefined, cause: unknown): JournalError {
  return new JournalError(`journal.${action} failed: ${showError(cause)}`, { callId, cause, hint: hints[action] });
}
