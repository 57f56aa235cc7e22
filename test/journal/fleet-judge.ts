// Judges a fleet from outside: by what arrived at Graph, and by what stands in the file that all instances write to. Nobody is asked.
import type { Seen } from "./fleet-graph.ts";

/** A line that an instance has persisted, and where it begins in the file. */
export type Line = { readonly callId: string; readonly from: string; readonly at: number };

export type Fleet = {
  readonly seen: readonly Seen[];
  readonly lines: readonly Line[];
  /** Calls that were given to an instance that lived to the end. */
  readonly delivered: ReadonlySet<string>;
};

/** Every rule that was broken, in words. */
export function findFaults({ seen, lines, delivered }: Fleet): readonly string[] {
  const seenOf = Map.groupBy(seen, ({ callId }) => callId);
  const linesOf = Map.groupBy(lines, ({ callId }) => callId);
  return [...new Set([...seenOf.keys(), ...linesOf.keys(), ...delivered])].flatMap((callId) => {
    const events = seenOf.get(callId) ?? [];
    const written = linesOf.get(callId) ?? [];
    const neverRecorded = delivered.has(callId) && written.length === 0 ? [`${callId} was never recorded`] : [];
    return [...neverRecorded, ...leftOpen(callId, events), ...outside(events, written), ...interleaved(callId, written)];
  });
}

/** The last status that arrived is one that ends, and it is in effect. */
function leftOpen(callId: string, events: readonly Seen[]): readonly string[] {
  const last = events.findLast(({ what }) => what === "arrived");
  if (last === undefined) return [];
  if (last.status === "recording") return [`${callId} is left on recording, by ${last.from}`];
  const isCompleted = events.some(({ what, status, from }) => what === "completed" && status === last.status && from === last.from);
  return isCompleted ? [] : [`${callId}: ${last.status} of ${last.from} was not confirmed`];
}

/** A line belongs to the instance whose `recording` is in effect: confirmed before the line, and nothing else has arrived since. */
function outside(events: readonly Seen[], lines: readonly Line[]): readonly string[] {
  return lines.flatMap(({ callId, from, at }) => {
    const before = events.filter(({ written }) => written <= at);
    const last = before.findLast(({ what }) => what === "arrived");
    const since = last === undefined ? [] : before.slice(before.indexOf(last));
    const isConfirmed = since.some(({ what, status }) => what === "completed" && status === "recording");
    if (last?.status === "recording" && last.from === from && isConfirmed) return [];
    const then = last === undefined ? "nothing had arrived" : `the last report was ${last.status} of ${last.from}`;
    return [`${callId}: ${from} wrote at ${at}, when ${then}${last?.status === "recording" && !isConfirmed ? ", not confirmed" : ""}`];
  });
}

/** Whoever takes over begins after the other has written its last. */
function interleaved(callId: string, lines: readonly Line[]): readonly string[] {
  const turns = lines.filter((line, index) => line.from !== lines[index - 1]?.from).map(({ from }) => from);
  return new Set(turns).size === turns.length ? [] : [`${callId}: written in turns by ${turns.join(", ")}`];
}

/** What happened, so that a run in which nothing did is noticed. */
export function countsOf({ seen, lines }: Fleet) {
  const arrived = seen.filter(({ what }) => what === "arrived");
  const byCall = [...Map.groupBy(arrived, ({ callId }) => callId).values()];
  const recorders = byCall.map((reports) => new Set(reports.flatMap(({ status, from }) => (status === "recording" ? [from] : []))));
  const isForeign = ({ from }: Seen, at: number, reports: readonly Seen[]) => {
    const begun = reports.slice(0, at).findLast(({ status }) => status === "recording");
    return begun !== undefined && begun.from !== from;
  };
  return {
    calls: byCall.length,
    lines: lines.length,
    /** Ends that another instance reported than the one that recorded. */
    recovered: byCall.reduce(
      (count, reports) => count + reports.filter((report, at) => report.status !== "recording" && isForeign(report, at, reports)).length,
      0,
    ),
    /** Calls that one instance after the other has recorded. */
    recordedAgain: recorders.filter(({ size }) => size > 1).length,
    failed: arrived.filter(({ status }) => status === "failed").length,
  };
}
