import type { AttemptRecord } from "../model/attempt-record.ts";
import type { RecordingJournal } from "../model/journal.ts";
import { isThenable } from "../util/kind-of.ts";
import type { Bound } from "./journal-bound.ts";
import { journalError } from "./journal-error.ts";
import type { Page } from "./page.ts";

type WriteDeps = { readonly journal: RecordingJournal; readonly onMissed: (record: AttemptRecord) => void };

/** Adds a record to the trail. What the journal does not take is told at the end of the recording; where there is none, at once. */
export function writeAttempt({ journal, onMissed }: WriteDeps, bound: Bound, page: Page | undefined, record: AttemptRecord): void {
  const missed = (error: unknown) => {
    if (page === undefined) onMissed(record);
    else page.missed ??= journalError("attempt", record.callId, error);
  };
  try {
    const writing: unknown = journal.attempt?.(record);
    if (!isThenable(writing)) return;
    const written = bound(Promise.resolve(writing), "attempt", record.callId).then(
      () => {},
      (error) => missed(error.cause),
    );
    page?.underWay.add(written);
    written.then(() => page?.underWay.delete(written));
  } catch (error) {
    missed(error);
  }
}
