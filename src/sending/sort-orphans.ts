import type { JournalError } from "../model/errors.ts";
import type { RecordingOutcome } from "../model/outcome.ts";
import { journalError } from "./journal-error.ts";
import { claimedPage, type Page } from "./page.ts";

/** What was claimed: the pages, and what is wrong with what else was handed out. */
export type Claimed = { readonly pages: readonly Page[]; readonly problems: readonly JournalError[] };

type SortDeps = {
  /** How an entry has ended, as far as this client knows. */
  readonly endOf: (page: Page) => RecordingOutcome | undefined;
  readonly close: (page: Page, outcome: RecordingOutcome) => Promise<readonly JournalError[]>;
  readonly giveBack: (orphan: unknown) => void;
};

/** What is not an entry is told, and so is not reported; what has ended is closed. */
export async function sortOrphans(orphans: readonly unknown[], { endOf, close, giveBack }: SortDeps): Promise<Claimed> {
  const pages: Page[] = [];
  const problems: JournalError[] = [];
  const closing: Promise<readonly JournalError[]>[] = [];
  for (const orphan of orphans) {
    try {
      const page = claimedPage(orphan as never);
      const outcome = endOf(page);
      if (outcome === undefined) pages.push(page);
      else closing.push(close(page, outcome));
    } catch (error) {
      problems.push(journalError("claimOrphans", undefined, error));
      giveBack(orphan);
    }
  }
  const missed = await Promise.all(closing);
  return { pages, problems: [...problems, ...missed.flat()] };
}
