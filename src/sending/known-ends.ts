import { callKey } from "../model/call-id.ts";
import type { RecordingOutcome } from "../model/outcome.ts";
import type { Page } from "./page.ts";

/** Ends that plain reports have brought about for calls of which the client has no page: of another process, or of a client before this one. */
export type KnownEnds = {
  /** `at`: by the wall clock, in milliseconds since the epoch. */
  note(outcome: RecordingOutcome, at: number): void;
  /** A recording of the call begins. */
  forget(callId: string): void;
  /** How a claimed entry has ended, if that is known. */
  of(page: Page): RecordingOutcome | undefined;
};

const rememberedEnds = 1_000;

export function createKnownEnds(): KnownEnds {
  const ends = new Map<string, { readonly outcome: RecordingOutcome; readonly at: number }>();
  return {
    note(outcome, at) {
      const key = callKey(outcome.callId);
      ends.delete(key);
      ends.set(key, { outcome, at });
      const [oldest] = ends.size > rememberedEnds ? ends.keys() : [];
      if (oldest !== undefined) ends.delete(oldest);
    },
    forget: (callId) => void ends.delete(callKey(callId)),
    // What several processes write to may hand out an entry that is newer than the end, and their clocks differ: there the end is reported
    // again, which is safe.
    of({ entry, hold }) {
      const end = ends.get(callKey(entry.callId));
      return end !== undefined && hold === undefined && entry.openedAt <= end.at ? end.outcome : undefined;
    },
  };
}
