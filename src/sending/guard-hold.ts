import type { JournalHold } from "../model/journal.ts";
import { createEnding, type Ending } from "../waiting/ending.ts";
import { untilEnd } from "../waiting/lifetime.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
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

/** How many milliseconds nobody else can have taken it over, as far as it can tell. */
export function leftOf(hold: JournalHold | undefined): number {
  try {
    const left = hold?.leftMs?.() ?? (isLost(hold) ? 0 : Number.POSITIVE_INFINITY);
    return left > 0 ? left : 0;
  } catch {
    // A journal of the caller's that cannot tell.
    return 0;
  }
}

/** Tells how many milliseconds of a lease are left. */
export type LeftMs = () => number;

/** The time in which a request of a call may arrive. `dispose` leaves no timer behind. */
export type LeaseWatch = { readonly over: Ending; readonly dispose: () => void };

/** Another process may take an entry before its time is over, when Redis has lost data. */
const lookMs = 500;

/** Watches a lease, however often it is renewed meanwhile: after it another process may speak of the call. */
export function watchLease({ schedule }: Pick<ClientRuntime, "schedule">, leftMs: LeftMs): LeaseWatch {
  const over = createEnding();
  let cancel = () => {};
  const look = () => {
    const left = leftMs();
    if (left <= 0) over.bringAbout();
    else if (left < Number.POSITIVE_INFINITY) cancel = schedule(look, Math.max(1, Math.min(left, lookMs)));
  };
  look();
  return { over, dispose: () => cancel() };
}
