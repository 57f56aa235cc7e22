import { callKey } from "../model/call-id.ts";
import type { JournalEntry } from "../model/journal.ts";
import type { TrailEvent } from "../model/trail.ts";
import type { RunScript } from "./run-script.ts";
import { claimScript, closeScript, noteScript, openScript, releaseScript, renewScript, trailScript } from "./scripts.ts";

/** What came of opening an entry: it is ours, another living owner has the call, or the entry had its end before. */
export type Opened =
  | { readonly standing: "held"; readonly replaced: string | undefined }
  | { readonly standing: "taken"; readonly by: string }
  | { readonly standing: "ended" };

/** What is kept in Redis, in the name of one owner. Each of its functions rejects with JOURNAL when Redis does not do it in time. */
export type Store = {
  /** Writes an entry. `again`: it was there, Redis may have forgotten it, and it must not replace what came since. */
  open(entry: JournalEntry, mode: "open" | "again"): Promise<Opened>;
  /** Renews the leases of entries; tells of each whether it is there, and the owner's. */
  renew(ids: readonly string[]): Promise<readonly boolean[]>;
  /** Takes an entry away, if it is the owner's. `refused`: its recording never came to be, and what it replaced is open again. */
  close(id: string, how: "reported" | "refused", event: TrailEvent): Promise<void>;
  /** Ends the lease of an entry at once, if it is the owner's. */
  release(id: string, event: TrailEvent): Promise<void>;
  /** Takes over up to so many entries whose lease is over: their ids, and what they hold. */
  claim(atMost: number): Promise<readonly (readonly [id: string, json: string])[]>;
  /** Adds an event to the trail of a call. */
  note(callId: string, event: TrailEvent): Promise<void>;
  /** The trail of a call: when each event came, by Redis's clock, and its JSON. */
  trail(callId: string): Promise<readonly (readonly [at: number, json: string])[]>;
};

/** Makes the store of one owner. */
export function createStore(run: RunScript, owner: string, leaseMs: number): Store {
  const lease = String(leaseMs);
  return {
    async open(entry, mode) {
      const { id, callId } = entry;
      const event: TrailEvent = { type: "opened", ...entry };
      const texts = [id, callKey(callId), JSON.stringify(entry), JSON.stringify(event), mode];
      const [standing, detail = ""] = await run(openScript, [owner, lease, ...texts]);
      if (standing === "held") return { standing, replaced: detail === "" ? undefined : detail };
      return standing === "taken" ? { standing, by: detail } : { standing: "ended" };
    },
    async renew(ids) {
      return (await run(renewScript, [owner, lease, ...ids])).map((standing) => standing === "held");
    },
    async close(id, how, event) {
      await run(closeScript, [owner, id, how, JSON.stringify(event)]);
    },
    async release(id, event) {
      await run(releaseScript, [owner, id, JSON.stringify(event)]);
    },
    async claim(atMost) {
      return pairs(await run(claimScript, [owner, lease, String(atMost)]));
    },
    async note(callId, event) {
      await run(noteScript, [owner, callKey(callId), JSON.stringify(event)]);
    },
    async trail(callId) {
      const told = pairs(await run(trailScript, [owner, callKey(callId)]));
      return told.map(([at, json]) => [Number(at), json] as const);
    },
  };
}

function pairs(list: readonly string[]): readonly (readonly [string, string])[] {
  return list.flatMap((text, at) => (at % 2 === 0 ? [[text, list[at + 1] ?? ""] as const] : []));
}
