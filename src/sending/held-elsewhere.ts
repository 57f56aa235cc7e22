import { JournalError } from "../model/errors.ts";
import type { RecordingJournal } from "../model/journal.ts";
import { untilEnd } from "../waiting/lifetime.ts";
import type { Bound } from "./journal-bound.ts";

type AskDeps = { readonly journal: RecordingJournal; readonly bound: Bound; readonly signal: AbortSignal };

/** A closing status by hand would end what another process records. A journal that cannot be asked does not keep anybody from closing. @throws JOURNAL */
export async function refuseIfHeldElsewhere({ journal, bound, signal }: AskDeps, callId: string): Promise<void> {
  const asking = (async () => journal.holder?.(callId))();
  const holder: unknown = await untilEnd(bound(asking, "holder", callId), signal).catch(() => signal.throwIfAborted());
  if (typeof holder !== "string" || holder === "") return;
  throw new JournalError(`The call ${callId} is recorded by instance ${JSON.stringify(holder)}: nothing was sent.`, {
    callId,
    hint: "End it there. If that instance has died, recoverRecordings() of another one reports its end when its lease is over.",
  });
}
