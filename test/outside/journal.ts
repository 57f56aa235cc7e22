// A journal of these tests' own: slow or failing by plan, and it notes what it was told, and when.
import type { Moment, OutsideClock } from "./clock.ts";

export type JournalSpec = {
  readonly openedMs: number;
  readonly opens: "resolves" | "rejects" | "throws" | "hangs";
  readonly attemptMs: number;
  readonly attempts: "resolves" | "rejects" | "throws";
  readonly closedMs: number;
  readonly closes: "resolves" | "rejects" | "hangs";
};

export type JournalFacts = {
  /** When it was asked, and when it was written; an opening that failed was not. */
  readonly opened: { readonly id: string; readonly asked: Moment; written?: Moment }[];
  readonly closed: { readonly id: string; readonly reported: string | undefined; readonly reason: string; readonly asked: Moment }[];
  readonly released: { readonly id: string; readonly asked: Moment }[];
  /** The ids of requests in its trail. */
  readonly records: { readonly clientRequestId: string | undefined; readonly asked: Moment }[];
};

export const noFailure = new Error("the journal fails by plan");

export function createOutsideJournal(clock: OutsideClock, spec: JournalSpec) {
  const facts: JournalFacts = { opened: [], closed: [], released: [], records: [] };
  const act = async (does: "resolves" | "rejects" | "hangs", ms: number) => {
    await clock.sleep(ms);
    if (does === "hangs") await new Promise(() => {});
    if (does === "rejects") throw noFailure;
  };
  const journal = {
    async opened({ id }: { readonly id: string }): Promise<void> {
      const entry: JournalFacts["opened"][number] = { id, asked: clock.mark() };
      facts.opened.push(entry);
      await act(spec.opens === "throws" ? "rejects" : spec.opens, spec.openedMs);
      entry.written = clock.mark();
    },
    attempt({ clientRequestId }: { readonly clientRequestId: string | undefined }): Promise<void> | undefined {
      facts.records.push({ clientRequestId, asked: clock.mark() });
      if (spec.attempts === "throws") throw noFailure;
      return spec.attemptMs === 0 && spec.attempts === "resolves" ? undefined : act(spec.attempts, spec.attemptMs);
    },
    async closed(id: string, { reported, reason }: { readonly reported: string | undefined; readonly reason: string }): Promise<void> {
      facts.closed.push({ id, reported, reason, asked: clock.mark() });
      await act(spec.closes, spec.closedMs);
    },
    released(id: string): void {
      facts.released.push({ id, asked: clock.mark() });
    },
    claimOrphans: () => [],
    close: () => {},
  };
  return { journal, facts };
}
