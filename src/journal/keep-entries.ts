import type { JournalEntry, RecordingJournal } from "../model/journal.ts";
import { neverBegan, type RecordingOutcome } from "../model/outcome.ts";
import { showError } from "../util/show-error.ts";
import { createGroup } from "./group.ts";
import type { OpenEntries } from "./open-entries.ts";
import type { Written } from "./trail.ts";
import type { Writer } from "./writer.ts";

/** The part of a journal that the client uses. `flush` writes what waits for the end of the turn. */
export type EntryKeeping = Required<Omit<RecordingJournal, "close" | "holder">> & { flush(): void };

/** What was written counts, and nothing else: who keeps what changes only after the file has. `refuse` throws when the journal is closed. */
export function keepEntries(entries: OpenEntries, writer: Writer, refuse: () => void): EntryKeeping {
  const group = createGroup<JournalEntry>((opened) => {
    writer.write(entries.eventsOfOpening(opened), true);
    for (const entry of opened) entries.open(entry);
  });
  return {
    async opened(entry) {
      refuse();
      await group.add(entry);
    },
    attempt(record) {
      refuse();
      writer.write([{ event: { type: "attempt", record }, callId: record.callId }], false);
    },
    async closed(id, outcome) {
      refuse();
      const entry = entries.get(id);
      if (entry === undefined) return entries.forgetReplaced(id);
      const wasRefused = neverBegan(outcome);
      const again = wasRefused ? entries.replacedBy(id) : undefined;
      const reopened: readonly Written[] = again === undefined ? [] : [{ event: { type: "reopened", ...again }, callId: again.callId }];
      writer.write([asClosed(entry, outcome), ...reopened], false);
      entries.close(entry, wasRefused);
    },
    async released(id) {
      refuse();
      const entry = entries.get(id);
      if (entry !== undefined && entries.isKept(id)) writer.write([asEvent("released", entry)], false);
      entries.release(id);
    },
    async claimOrphans() {
      refuse();
      const orphans = entries.orphans();
      if (orphans.length === 0) return [];
      const claims = orphans.map((entry) => asEvent("claimed", entry));
      try {
        writer.write(claims, false);
      } catch {
        // On a disk that is full their ends can be reported all the same; that they are closed then will be told.
      }
      entries.claim(orphans);
      // Another client on this journal may start a recording of the call: what was claimed is replaced then, and its end is that of the newer one.
      return orphans.map((entry) => ({ ...entry, isStillOpen: () => entries.get(entry.id) !== undefined }));
    },
    flush: group.flush,
  };
}

function asClosed(entry: JournalEntry, { reason, reported, error }: RecordingOutcome): Written {
  const told = error === undefined ? undefined : showError(error);
  return { event: { type: "closed", id: entry.id, reason, reported, error: told }, callId: entry.callId };
}

function asEvent(type: "released" | "claimed", { id, callId }: JournalEntry): Written {
  return { event: { type, id }, callId };
}
