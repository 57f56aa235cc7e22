// Rule o: what is about to be reported is written down first, and stays until its end is known.
import type { Facts } from "./bot.ts";
import { type Outcome, tells } from "./library.ts";
import { closingReports, endBegan, startReports, wasGone } from "./moments.ts";

export function journalled(facts: Facts): string[] {
  const { journal } = facts;
  if (journal === undefined) return [];
  return [...writtenFirst(facts), ...keptUntilKnown(facts), ...settled(facts), ...everyReportInTrail(facts), ...failuresTold(facts)];
}

function writtenFirst({ journal, ...facts }: Facts): string[] {
  const written = journal?.opened.flatMap((entry) => entry.written ?? []) ?? [];
  return startReports(facts as Facts).flatMap(({ arrived }) =>
    written.some((moment) => moment.seq < arrived.seq) ? [] : ["o. recording arrived, but nothing had been written down"],
  );
}

/** Closed only when a closing status was confirmed, the call was gone, or nothing can be in effect. */
function keptUntilKnown(facts: Facts): string[] {
  return (facts.journal?.closed ?? []).flatMap(({ asked, reported, reason }) => {
    const confirmed = closingReports(facts).some(
      (report) => report.status === reported && (report.confirmed?.seq ?? Number.POSITIVE_INFINITY) < asked.seq,
    );
    const isGone = reason === "callEnded" && (wasGone(facts) || facts.ends.some(({ kind }) => kind === "callEnded"));
    const refused = startReports(facts).every(({ fate }) => !["open", "confirmed", "pending", "unknown"].includes(fate));
    return confirmed || isGone || (reported === undefined && refused) ? [] : [`o. closed as ${reason}, ${reported}, but nobody knows that`];
  });
}

/** Who has ended has told the journal how, or that nobody knows. */
function settled({ journal, ended }: Facts): string[] {
  const isOver = ended?.settled !== undefined;
  const told = (id: string) => [...(journal?.closed ?? []), ...(journal?.released ?? [])].some((entry) => entry.id === id);
  return (journal?.opened ?? []).flatMap(({ id, written }) =>
    !isOver || written === undefined || told(id) ? [] : ["o. the recording has ended, but the journal was told nothing"],
  );
}

/** What the journal could not take, while the recording had an entry, is told in its outcome. */
function failuresTold(facts: Facts): string[] {
  const { journal, ended, scenario } = facts;
  const outcome = ended?.settled?.value as Outcome | undefined;
  const spec = scenario.journal;
  const entry = journal?.opened[0];
  if (outcome === undefined || spec === undefined || entry?.written === undefined) return [];
  // An end that came while it was being written: the recording has no entry, and is over when that turns out.
  if ((endBegan(facts)?.moment.seq ?? Number.POSITIVE_INFINITY) < entry.written.seq) return [];
  const closeFailed = spec.closes !== "resolves" && journal?.closed.some(({ id }) => id === entry.id);
  const attemptFailed = spec.attempts !== "resolves" && journal?.records.some(({ asked }) => asked.seq > (entry.written?.seq ?? 0));
  if (!closeFailed && !attemptFailed) return [];
  // What was told by a second stop() is in the outcome of that.
  const second = facts.again?.call.settled?.value as Outcome | undefined;
  return tells(outcome.error, "JOURNAL") || tells(second?.error, "JOURNAL") ? [] : ["o. the journal failed, and nobody was told"];
}

/** Every request that was answered while somebody listened is in the trail. */
function everyReportInTrail({ journal, graph }: Facts): string[] {
  const known = new Set(journal?.records.map(({ clientRequestId }) => clientRequestId));
  return graph.reports.flatMap(({ answered, clientRequestId, status }) =>
    answered === undefined || known.has(clientRequestId) ? [] : [`o. ${status} was answered, but the trail does not have it`],
  );
}
