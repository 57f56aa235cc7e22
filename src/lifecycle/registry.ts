import { callKey } from "../model/call-id.ts";
import { RecordingActiveError } from "../model/errors.ts";
import type { RecordingEntry } from "./entry.ts";

/** The recordings of a client: those that are live, one for a call at most, and those whose end Graph does not know of. */
export type Registry = {
  readonly live: () => readonly RecordingEntry[];
  /** @throws RECORDING_ACTIVE */
  refuseIfLive(callId: string, action: string): void;
  /** Whether an end that was not reported may still be reported. @throws RECORDING_ACTIVE when a newer recording of the call has begun. */
  refuseIfReplaced(entry: RecordingEntry): void;
  add(entry: RecordingEntry): void;
  /** The report that it begins may be in effect: what is left of an older recording of the call is not reported any more. */
  hasBegun(entry: RecordingEntry): void;
  remove(entry: RecordingEntry, unreported: boolean): void;
};

/** How often, by count, references to recordings that nobody holds any more are cleared away. */
const sweepAfter = 1_000;

export function createRegistry(): Registry {
  const byCall = new Map<string, RecordingEntry>();
  // Weak: who holds no recording any more cannot ask it to report again, and a bot may run for months.
  const unreported = new Map<string, WeakRef<RecordingEntry>>();
  const replaced = new WeakSet<RecordingEntry>();
  let sweepAt = sweepAfter;
  const sweep = () => {
    for (const [key, entry] of unreported) if (entry.deref() === undefined) unreported.delete(key);
    sweepAt = unreported.size + sweepAfter;
  };
  return {
    live: () => [...byCall.values()],
    refuseIfLive(callId, action) {
      if (!byCall.has(callKey(callId))) return;
      throw new RecordingActiveError(`${action} is not possible: call ${callId} has a live recording, which reports its statuses.`, {
        callId,
        hint: "End it by stop(), fail() or callEnded() first; graph.recordings lists the live ones.",
      });
    },
    refuseIfReplaced(entry) {
      const { callId } = entry.recording;
      if (!replaced.has(entry) && !byCall.has(callKey(callId))) return;
      throw new RecordingActiveError(`The end is not reported again: a newer recording of call ${callId} has begun since.`, {
        callId,
        hint: "The end of the newer one is what counts: nothing is left to do for this one.",
      });
    },
    add: (entry) => void byCall.set(callKey(entry.recording.callId), entry),
    hasBegun(entry) {
      const key = callKey(entry.recording.callId);
      const older = unreported.get(key)?.deref();
      if (older !== undefined && older !== entry) replaced.add(older);
      unreported.delete(key);
    },
    remove(entry, isUnreported) {
      const key = callKey(entry.recording.callId);
      byCall.delete(key);
      if (!isUnreported) return;
      unreported.set(key, new WeakRef(entry));
      if (unreported.size >= sweepAt) sweep();
    },
  };
}
