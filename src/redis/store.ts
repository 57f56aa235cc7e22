import { callKey } from "../model/call-id.ts";
import type { JournalEntry } from "../model/journal.ts";
import type { TrailEvent } from "../model/trail.ts";
import type { RunScript } from "./run-script.ts";
import { claimScript, closeScript, holderScript, noteScript, openScript, releaseScript, renewScript, trailScript } from "./scripts.ts";

/**
 * What came of opening an entry: it is ours; another living owner has the call; the entry had its end before; or Redis has lost data, and owners that
 * live need time to write again what they hold.
 */
export type Opened =
  | {
      readonly standing: "held";
      readonly replaced: string | undefined;
      /** Another owner, who has ended a recording of the call within the last hour. */
      readonly endedBy: string | undefined;
    }
  | { readonly standing: "taken"; readonly by: string }
  | { readonly standing: "ended" }
  | { readonly standing: "forgetful" };

/** What is kept in Redis, in the name of one owner. Each of its functions rejects with JOURNAL when Redis does not do it in time. */
export type Store = {
  /** Writes an entry. `again`: it was there, Redis may have forgotten it, and it must not replace what came since. */
  open(entry: JournalEntry, mode: "open" | "again"): Promise<Opened>;
  /**
   * Renews the leases of entries; tells of each whether it is there, and the owner's. With a fence, releases of them up to this number are void,
   * also those that are still on their way.
   */
  renew(ids: readonly string[], fence?: number): Promise<readonly boolean[]>;
  /** Takes an entry away, if it is the owner's. `refused`: its recording never came to be, and what it replaced is open again. */
  close(id: string, how: "reported" | "refused", event: TrailEvent): Promise<void>;
  /** Ends the lease of an entry at once, if it is the owner's. Releases are numbered, upwards. */
  release(id: string, number: number, event: TrailEvent): Promise<void>;
  /** Takes over up to so many entries whose lease is over: their ids, and what they hold. */
  claim(atMost: number): Promise<readonly (readonly [id: string, json: string])[]>;
  /** The other owner who holds a call at this instant. */
  holder(callId: string): Promise<string | undefined>;
  /** Adds an event to the trail of a call. */
  note(callId: string, event: TrailEvent): Promise<void>;
  /** The trail of a call: when each event came, by Redis's clock, its JSON, and the owner who told it. */
  trail(callId: string): Promise<readonly (readonly [at: number, json: string, by: string])[]>;
};

/** Makes the store of one owner. */
export function createStore(run: RunScript, owner: string, leaseMs: number): Store {
  const lease = String(leaseMs);
  /** The memory of Redis that this owner knows. */
  let generation = "";
  const runKnown = async (script: string, args: readonly string[]) => {
    const [here = "", ...told] = await run(script, [owner, generation, lease, ...args]);
    generation = here;
    return told;
  };
  return {
    async open(entry, mode) {
      const { id, callId } = entry;
      const event: TrailEvent = { type: "opened", ...entry };
      const texts = [id, callKey(callId), JSON.stringify(entry), JSON.stringify(event), mode];
      const [standing, detail = "", endedBy] = await runKnown(openScript, texts);
      if (standing === "held") return { standing, replaced: detail || undefined, endedBy: endedBy || undefined };
      if (standing === "taken") return { standing, by: detail };
      return { standing: standing === "forgetful" ? standing : "ended" };
    },
    async renew(ids, fence) {
      return (await runKnown(renewScript, [fence === undefined ? "" : `${fence}`, ...ids])).map((standing) => standing === "held");
    },
    async close(id, how, event) {
      await run(closeScript, [owner, id, how, JSON.stringify(event)]);
    },
    async release(id, number, event) {
      await run(releaseScript, [owner, id, `${number}`, JSON.stringify(event)]);
    },
    async claim(atMost) {
      const told = await runKnown(claimScript, [String(atMost)]);
      return groups(told, 2).map(([id = "", json = ""]) => [id, json] as const);
    },
    async holder(callId) {
      return (await run(holderScript, [owner, callKey(callId)]))[0];
    },
    async note(callId, event) {
      await run(noteScript, [owner, callKey(callId), JSON.stringify(event)]);
    },
    async trail(callId) {
      const told = await run(trailScript, [owner, callKey(callId)]);
      return groups(told, 3).map(([at, json = "", by = ""]) => [Number(at), json, by] as const);
    },
  };
}

/** A flat list in groups of so many. */
function groups(list: readonly string[], size: number): readonly (readonly string[])[] {
  return Array.from({ length: list.length / size }, (_, at) => list.slice(at * size, (at + 1) * size));
}
