import type { JournalEntry } from "../model/journal.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import type { Hold } from "./hold.ts";
import type { Store } from "./store.ts";

/** An entry that this process holds, or has held. */
export type Kept = { readonly entry: JournalEntry; readonly hold: Hold };

/** The entries that this process holds. */
export type KeptEntries = {
  get(id: string): Kept | undefined;
  add(one: Kept): void;
  /** It is not renewed any more. */
  remove(one: Kept): void;
  /** Another one has it: also nothing may be reported any more. */
  drop(one: Kept): void;
  all(): readonly Kept[];
  readonly isEmpty: boolean;
  /** Renews entries in Redis; tells of each whether it is still this process's. Rejects when Redis does not do it. */
  renew(some: readonly Kept[], fence?: number): Promise<readonly boolean[]>;
};

/** Entries that one script renews: it keeps Redis busy for about a millisecond. */
const batchSize = 250;

/** Makes an empty list. */
export function createKeptEntries(store: Store, { monotonicNow }: Pick<ClientRuntime, "monotonicNow">): KeptEntries {
  const kept = new Map<string, Kept>();
  const remove = (one: Kept) => {
    if (kept.get(one.entry.id) === one) kept.delete(one.entry.id);
  };
  const drop = (one: Kept) => {
    one.hold.take();
    remove(one);
  };
  /** Redis has it no more: somebody has taken or ended it; or data was lost. What this process holds it can write again then. */
  const writeAgain = async (one: Kept) => {
    const opened = await store.open(one.entry, "again");
    // Meanwhile somebody else has recorded the call, and ended that: what this process persists is not covered any more.
    if (opened.standing === "held" && opened.endedBy !== undefined) one.hold.lose();
    return opened.standing === "held";
  };
  const renewBatch = async (some: readonly Kept[], fence?: number) => {
    const begunAt = monotonicNow();
    const ids = some.map(({ entry }) => entry.id);
    const held = await store.renew(ids, fence);
    const apply = async (one: Kept, at: number) => {
      const isOurs = held[at] === true || (await writeAgain(one));
      if (isOurs) one.hold.renewed(begunAt);
      else drop(one);
      return isOurs;
    };
    return Promise.all(some.map(apply));
  };
  return {
    get: (id) => kept.get(id),
    add: (one) => void kept.set(one.entry.id, one),
    remove,
    drop,
    all: () => [...kept.values()],
    get isEmpty() {
      return kept.size === 0;
    },
    async renew(some, fence) {
      const batches = Array.from({ length: Math.ceil(some.length / batchSize) }, (_, at) =>
        some.slice(at * batchSize, (at + 1) * batchSize),
      );
      return (await Promise.all(batches.map((batch) => renewBatch(batch, fence)))).flat();
    },
  };
}
