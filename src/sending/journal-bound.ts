import type { Ending } from "../waiting/ending.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { type JournalAction, journalError } from "./journal-error.ts";

export type BoundDeps = {
  readonly runtime: ClientRuntime;
  /** Longest time for one thing that the journal does, in milliseconds. */
  readonly limitMs: number;
  /** Comes at the deadline of `close`: nothing that the journal does is waited for any longer. */
  readonly cutOff: Ending;
};

/** Waits for what the journal does, as long as it may take. @throws JOURNAL */
export type Bound = <T>(work: Promise<T>, action: JournalAction, callId: string) => Promise<T>;

export function createBound({ runtime, limitMs, cutOff }: BoundDeps): Bound {
  return async (work, action, callId) => {
    const late = Promise.withResolvers<never>();
    const giveUp = (limit: string) => late.reject(new Error(`it did not settle within ${limit}.`));
    const undo = [runtime.schedule(() => giveUp(`${limitMs} ms`), limitMs)];
    // A journal that needs no time is told all the same, so it gets one turn of the event loop.
    undo.push(cutOff.onCome(() => undo.push(runtime.schedule(() => giveUp("the deadline of close"), 0))));
    try {
      return await Promise.race([work, late.promise]);
    } catch (error) {
      throw journalError(action, callId, error);
    } finally {
      for (const step of undo) step();
    }
  };
}
