// Judges a killed bot from outside: by what Graph saw, what stands in its file, and what the trail holds. The library is asked nothing.
import type { Seen } from "./crash-graph.ts";

/** One line that a bot has persisted. */
export type Line = { readonly callId: string; readonly at: number };

/** What a trail holds of a call: raw, as it was written. */
export type TrailRow = {
  readonly type: string;
  readonly callId: string;
  readonly at: number;
  readonly clientRequestId?: string | undefined;
};

export type Run = {
  readonly seen: readonly Seen[];
  readonly inEffect: ReadonlyMap<string, string>;
  readonly lines: readonly Line[];
  readonly trail: readonly TrailRow[];
  readonly killedAt: number;
  /** The calls that a living process records. */
  readonly living: ReadonlySet<string>;
  /** How long a record may be on its way to the trail when somebody acts on it already, in milliseconds. */
  readonly recordMs: number;
};

/** What a recording was doing when its process was killed, by what could be seen. */
export type Phase = "opened only" | "report under way" | "answer left open" | "recording" | "end under way" | "ended";

/** Every rule that was broken, in words. */
export function findFaults(run: Run): readonly string[] {
  return [...leftOnRecording(run), ...closedThoughAlive(run), ...unexplained(run), ...persistedOutside(run)];
}

function leftOnRecording(run: Run): readonly string[] {
  return [...run.inEffect]
    .filter(([callId, status]) => status === "recording" && !run.living.has(callId))
    .map(([callId]) => `${callId} is left on recording${historyOf(run, callId)}`);
}

function closedThoughAlive(run: Run): readonly string[] {
  return [...run.living]
    .filter((callId) => run.inEffect.get(callId) !== "recording")
    .map((callId) => `${callId} is recorded by a living process, but was closed${historyOf(run, callId)}`);
}

/** What is known of a call, in order: a fault may not come back. */
function historyOf({ seen, trail, killedAt }: Run, callId: string): string {
  const reports = seen
    .filter((report) => report.callId === callId)
    .flatMap(({ status, arrivedAt, answeredAt, confirmedAt }) => [
      [arrivedAt, `"${status}" arrived`] as const,
      ...(answeredAt === undefined ? [] : [[answeredAt, `"${status}" answered`] as const]),
      ...(confirmedAt === undefined ? [] : [[confirmedAt, `"${status}" confirmed`] as const]),
    ]);
  const rows = trail.filter((row) => row.callId === callId).map(({ at, type }) => [at, type] as const);
  const all = [...reports, ...rows, [killedAt, "the kill"] as const].toSorted(([a], [b]) => a - b);
  return `: ${all.map(([at, what]) => `${Math.round(at - killedAt)} ms ${what}`).join("; ")}`;
}

/**
 * Every report of `recording` had been opened before it arrived. And every report is in the trail by its id, except those that were in flight at
 * the kill: nothing that the bot did shows that it had the answer.
 */
function unexplained({ seen, lines, trail, killedAt, recordMs }: Run): readonly string[] {
  const ids = new Set(trail.map(({ clientRequestId }) => clientRequestId));
  const faults: string[] = [];
  for (const report of seen) {
    const { callId, status, clientRequestId, arrivedAt, answeredAt } = report;
    const opened = trail.some((row) => row.type === "opened" && row.callId === callId && row.at <= arrivedAt);
    if (status === "recording" && !opened) faults.push(`${callId}: recording arrived, but nothing was opened`);
    if (ids.has(clientRequestId)) continue;
    const acted = seen.some(
      (other) => other.callId === callId && answeredAt !== undefined && other.arrivedAt > answeredAt && other.arrivedAt <= killedAt,
    );
    const wrote = lines.some((line) => line.callId === callId && answeredAt !== undefined && line.at > answeredAt);
    const wasLongAgo = answeredAt !== undefined && answeredAt < killedAt - 1_000;
    const isOnItsWay = answeredAt !== undefined && answeredAt > killedAt - recordMs;
    if (((acted || wrote) && !isOnItsWay) || wasLongAgo)
      faults.push(`${callId}: ${status} (${clientRequestId}) was answered and acted upon, but the trail does not have it`);
  }
  return faults;
}

/** A line is written after Graph has confirmed `recording`, and before anything else arrived after that. */
function persistedOutside({ seen, lines }: Run): readonly string[] {
  return lines.flatMap(({ callId, at }) => {
    const before = seen.filter((report) => report.callId === callId && report.arrivedAt < at);
    const last = before.at(-1);
    const isPermitted = last?.status === "recording" && last.confirmedAt !== undefined && last.confirmedAt <= at;
    return isPermitted ? [] : [`${callId}: a line was persisted at ${at}, when the last report was ${JSON.stringify(last)}`];
  });
}

/** Where each call of the bot stood. */
export function phasesOf({ seen, trail, killedAt }: Run): ReadonlyMap<Phase, number> {
  const counts = new Map<Phase, number>();
  for (const callId of new Set(trail.map((row) => row.callId))) {
    const last = seen.filter((report) => report.callId === callId && report.arrivedAt <= killedAt).at(-1);
    const phase = last === undefined ? "opened only" : phaseOf(last, killedAt);
    counts.set(phase, (counts.get(phase) ?? 0) + 1);
  }
  return counts;
}

function phaseOf({ status, answeredAt, confirmedAt }: Seen, killedAt: number): Phase {
  const isAnswered = answeredAt !== undefined && answeredAt <= killedAt;
  if (status !== "recording") return isAnswered ? "ended" : "end under way";
  if (!isAnswered) return "report under way";
  return confirmedAt === undefined ? "answer left open" : "recording";
}
