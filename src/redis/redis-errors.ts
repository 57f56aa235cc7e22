import { JournalError } from "../model/errors.ts";
import { instanceOf } from "./trail-lines.ts";

/** The error of what needs a connection that is not there. */
export function notConnected(): JournalError {
  const hint = "Wait until its client is ready; the client's error event tells why it is not.";
  return new JournalError("Redis is not connected.", { hint });
}

export function closedJournal(): JournalError {
  return new JournalError("The journal is closed.", { hint: "Close the client first, and then its journal." });
}

export function heldElsewhere(callId: string, owner: string, leaseMs: number): JournalError {
  const hint = `Hand on to it what concerns the call. If it has died, the call can be recorded here when its lease is over, after at most ${leaseMs} ms.`;
  return new JournalError(`The call ${callId} is recorded by instance ${JSON.stringify(instanceOf(owner))}.`, { hint, callId });
}

export function forgetful(callId: string, leaseMs: number): JournalError {
  const hint = `Start again after ${leaseMs} ms. See to it that Redis keeps what it has confirmed: appendonly yes, appendfsync always, maxmemory-policy noeviction.`;
  return new JournalError("Redis has lost its data: the call may be recorded by an instance that has not written it down again yet.", {
    hint,
    callId,
  });
}

export function untoldEnds(callIds: readonly string[]): JournalError {
  const calls = `${callIds.slice(0, 10).join(", ")}${callIds.length > 10 ? ", …" : ""}`;
  const hint = "Another instance takes them for recordings that were left behind, and reports failed for them.";
  return new JournalError(`Redis was not told how ${callIds.length} recordings ended (${calls}).`, { hint });
}
