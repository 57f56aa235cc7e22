import { callKey } from "../model/call-id.ts";
import { RecordingActiveError } from "../model/errors.ts";
import type { Recording } from "./recording.ts";

/** The live recordings of a client, one for a call at most. */
export type Registry = {
  readonly live: () => readonly Recording[];
  /** @throws RECORDING_ACTIVE */
  refuseIfLive(callId: string, action: string): void;
  add(recording: Recording): void;
  remove(callId: string): void;
};

export function createRegistry(): Registry {
  const byCall = new Map<string, Recording>();
  return {
    live: () => [...byCall.values()],
    refuseIfLive(callId, action) {
      if (!byCall.has(callKey(callId))) return;
      throw new RecordingActiveError(`${action} is not possible: call ${callId} has a live recording, which reports its statuses.`, {
        callId,
        hint: "End it by stop(), fail() or callEnded() first; graph.recordings lists the live ones.",
      });
    },
    add: (recording) => void byCall.set(callKey(recording.callId), recording),
    remove: (callId) => void byCall.delete(callKey(callId)),
  };
}
