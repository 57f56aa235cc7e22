import { JournalError } from "../model/errors.ts";
import type { JournalEntry, Orphan } from "../model/journal.ts";
import { parseJson } from "../util/json.ts";
import { isBag } from "../util/own.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import type { Connection } from "./connection.ts";
import type { Keeper } from "./keeper.ts";
import type { Store } from "./store.ts";

type ClaimParts = {
  readonly store: Store;
  readonly keeper: Keeper;
  readonly connection: Connection;
  readonly runtime: Pick<ClientRuntime, "monotonicNow">;
};

/** What was claimed so far. */
type Claimed = { readonly orphans: Orphan[]; readonly unreadable: string[] };

/** Orphans that one script claims. */
const batchSize = 100;

/** Makes `claimOrphans` of a journal. */
export function createClaimOrphans(parts: ClaimParts): () => Promise<readonly Orphan[]> {
  const { keeper, connection } = parts;
  return async () => {
    // After Redis came back, owners that live need this time to renew what they hold.
    await connection.steadyForLease();
    // Whatever the delay was: what this process holds must not come back as an orphan.
    await keeper.renew();
    const claimed: Claimed = { orphans: [], unreadable: [] };
    try {
      while (await claimBatch(parts, claimed)) connection.refuseIfClosed();
    } catch (error) {
      // What was claimed is this process's: it must be handed out, or nobody would report its end. The rest is still there the next time.
      if (claimed.orphans.length === 0) throw error;
    }
    const [unreadable] = claimed.unreadable;
    if (claimed.orphans.length === 0 && unreadable !== undefined) throw unreadableEntry(unreadable);
    return claimed.orphans;
  };
}

/** Claims some; tells whether there may be more. */
async function claimBatch({ store, keeper, runtime }: ClaimParts, { orphans, unreadable }: Claimed): Promise<boolean> {
  const begunAt = runtime.monotonicNow();
  const batch = await store.claim(batchSize);
  for (const [id, json] of batch) {
    const entry = readEntry(id, json);
    // Nobody renews it, so that it is told again after a lease.
    if (entry === undefined) unreadable.push(id);
    else orphans.push({ ...entry, hold: keeper.keep(entry, begunAt) });
  }
  return batch.length === batchSize;
}

function readEntry(id: string, json: string): JournalEntry | undefined {
  const value = parseJson(json);
  if (!isBag(value)) return undefined;
  const { callId, tenantId, openedAt } = value;
  if (typeof callId !== "string" || typeof openedAt !== "number") return undefined;
  return { id, callId, tenantId: typeof tenantId === "string" ? tenantId : undefined, openedAt };
}

function unreadableEntry(id: string): JournalError {
  const hint = "Somebody else writes to these keys. Look at it, report the end of its call yourself, and delete it.";
  return new JournalError(`The entry {teams-recording-status}:entry:${id} in Redis cannot be read.`, { hint });
}
