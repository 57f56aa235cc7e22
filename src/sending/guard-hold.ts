import type { JournalHold } from "../model/journal.ts";
import { untilEnd } from "../waiting/lifetime.ts";
import { lostError } from "./lost-error.ts";

/** Whoever was paused asks before it says anything more: another process may have taken over, and have begun anew. @throws JOURNAL */
export async function confirmHold(callId: string, hold: JournalHold | undefined, signal: AbortSignal): Promise<void> {
  if (hold === undefined || hold.mayReport()) return;
  try {
    await untilEnd(hold.confirm(), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw lostError(callId, error);
  }
  refuseIfLost(callId, hold);
}

/** @throws JOURNAL: another process may have the call by now */
export function refuseIfLost(callId: string, hold: JournalHold | undefined): void {
  if (isLost(hold)) throw lostError(callId);
}

/** Whether another process may have the call by now. */
export function isLost(hold: JournalHold | undefined): boolean {
  return hold?.mayReport() === false;
}
