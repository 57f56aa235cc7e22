import { callKey } from "../model/call-id.ts";
import { RecordingActiveError } from "../model/errors.ts";
import type { RecordingEntry } from "./entry.ts";

/** The live recordings of a client, one for a call at most. */
export type Registry = {
  readonly live: () => readonly RecordingEntry[];
  /** @throws RECORDING_ACTIVE */
  refuseIfLive(callId: string, action: string): void;
  /** @throws RECORDING_ACTIVE when another recording of the call has begun since. */
  refuseIfReplaced(entry: RecordingEntry, action: string): void;
  add(entry: RecordingEntry): void;
  /** One whose end is unreported is remembered: a newer recording of the call replaces it. */
  remove(entry: RecordingEntry, unreported: boolean): void;
};

/** How many recordings are remembered whose end Graph does not know of. */
const rememberedRecordings = 10_000;

export function createRegistry(): Registry {
  const byCall = new Map<string, RecordingEntry>();
  const unreportedByCall = new Map<string, RecordingEntry>();
  const replaced = new WeakSet<RecordingEntry>();
  const active = (callId: string, action: string, what: string) =>
    new RecordingActiveError(`${action} is not possible: call ${callId} has ${what}, which reports its statuses.`, {
      callId,
      hint: "End it by stop(), fail() or callEnded() first; graph.recordings lists the live ones.",
    });
  return {
    live: () => [...byCall.values()],
    refuseIfLive(callId, action) {
      if (byCall.has(callKey(callId))) throw active(callId, action, "a live recording");
    },
    refuseIfReplaced(entry, action) {
      if (replaced.has(entry)) throw active(entry.recording.callId, action, "had a newer recording since");
    },
    add(entry) {
      const key = callKey(entry.recording.callId);
      const older = unreportedByCall.get(key);
      if (older !== undefined) replaced.add(older);
      unreportedByCall.delete(key);
      byCall.set(key, entry);
    },
    remove(entry, unreported) {
      const key = callKey(entry.recording.callId);
      byCall.delete(key);
      if (!unreported) return;
      unreportedByCall.set(key, entry);
      const [oldest] = unreportedByCall.keys();
      if (unreportedByCall.size > rememberedRecordings && oldest !== undefined) unreportedByCall.delete(oldest);
    },
  };
}
