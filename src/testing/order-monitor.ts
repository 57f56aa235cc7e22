// The rule of order, as an independent judge of what happened: it knows nothing of how the client works.
import { callKey } from "../model/call-id.ts";
import { fresh, judgeEnd, judgeEvent, type Seen } from "./judge-call.ts";
import { breaks } from "./terms.ts";
import type { TraceEvent } from "./trace.ts";

/**
 * Finds where a history breaks the terms of use; empty when it keeps them. For each call: nothing is persisted and no recorder starts before a
 * success answer to `recording`; what reaches a gate after the stop began is not persisted; nothing but what flows through a stream is persisted after the
 * recorder has stopped, and nothing at all after `notRecording` or `failed` was reported, or after Graph said that the call is gone; `notRecording` is not reported before the
 * recorder has stopped and what it wrote is closed; each start has one stop; a recording that has settled has not left `recording` in effect.
 *
 * It judges what it is told and nothing else. `fake.violations()` judges a whole run, and says when nothing was told.
 * @returns One sentence each: which call, when (the event's `at`, in milliseconds), what happened and which of the terms it breaks.
 * @see https://learn.microsoft.com/graph/api/call-updaterecordingstatus "Additional Restriction"
 */
export function findOrderViolations(history: readonly TraceEvent[]): string[] {
  return judgeHistory(history, false).found.map((found) => toSentence(found));
}

/** A violation before it is told. */
export type Found = { readonly callId: string; readonly at: number; readonly what: string };

/** What a whole run is, besides its history. */
export type Run = {
  /** When it began and when it is judged, on the history's clock. */
  readonly from: number;
  readonly to: number;
  /** Calls for which a recorder or a sink was made. */
  readonly watched: ReadonlySet<string>;
  /** What the fake itself found. */
  readonly found: readonly Found[];
};

/** Judges a run that is over: adds what can only be said at its end. Times count from the run's beginning. */
export function judgeRun(history: readonly TraceEvent[], { from, to, watched, found: alreadyFound }: Run): string[] {
  const { found, calls } = judgeHistory(history, true);
  const told = new Set(found.map(({ callId, what }) => `${callId} ${what}`));
  for (const [callId, seen] of calls) {
    for (const what of findUnended(seen)) if (!told.has(`${callId} ${what}`)) found.push({ callId, at: to, what });
  }
  const all = [...alreadyFound, ...found].toSorted((one, other) => one.at - other.at);
  return [...all.map((one) => toSentence({ ...one, at: one.at - from })), ...findUnobserved(history, watched)];
}

/** Judges a run that goes on: what stays wrong whatever comes. */
export function judgeSoFar(history: readonly TraceEvent[], { from, found: alreadyFound }: Pick<Run, "from" | "found">): string[] {
  const all = [...alreadyFound, ...judgeHistory(history, true).found].toSorted((one, other) => one.at - other.at);
  return all.map((one) => toSentence({ ...one, at: one.at - from }));
}

function toSentence({ callId, at, what }: Found): string {
  return `${callId} at ${Math.round(at)} ms: ${what}`;
}

/** Judges event by event. The calls come out under the spelling that the history used first. */
function judgeHistory(history: readonly TraceEvent[], knowsEnd: boolean) {
  const byKey = new Map<string, { readonly callId: string; readonly seen: Seen }>();
  const found: Found[] = [];
  for (const event of history) {
    const key = callKey(event.callId);
    const call = byKey.get(key) ?? { callId: event.callId, seen: fresh() };
    byKey.set(key, call);
    for (const what of judgeEvent(call.seen, event, knowsEnd)) found.push({ callId: call.callId, at: event.at, what });
  }
  return { found, calls: new Map([...byKey.values()].map(({ callId, seen }) => [callId, seen])) };
}

/** At the end of a run the service's own status decides: a request that was lost has left nothing. */
function findUnended(seen: Seen): string[] {
  const left = !seen.gone && seen.inEffect === "recording";
  const unstopped = judgeEnd(seen).filter((what) => what.startsWith("the recorder"));
  return [...unstopped, ...(left ? [breaks("the call is left with the status recording", "status")] : [])];
}

const advice =
  "Give the bot `fake.recorder(callId)` as its recorder and `fake.sink(callId)` as the place to persist to, or tell by `fake.note(…)` what it does.";

/** A run of which nothing was seen keeps no rule and breaks none: that must not look like a success. */
function findUnobserved(history: readonly TraceEvent[], watched: ReadonlySet<string>): string[] {
  const observed = new Set<string>();
  const confirmed = new Map<string, string>();
  for (const event of history) {
    if (event.type === "answer") {
      if (event.status === "recording" && event.outcome === "completed") confirmed.set(callKey(event.callId), event.callId);
    } else if (event.type !== "report" && event.type !== "callGone") observed.add(callKey(event.callId));
  }
  if (history.length === 0) {
    return [
      `nothing was observed: no report reached the fake, and no recorder or sink was used. Check that the bot ran, and its baseUrl. ${advice}`,
    ];
  }
  if (watched.size === 0 && observed.size === 0) {
    return [`nothing was observed: reports were made, but no recorder, no sink and no note was used, so nothing can be judged. ${advice}`];
  }
  const blind = [...confirmed].filter(([key]) => !observed.has(key));
  return blind.map(([, callId]) => `${callId}: nothing was observed while it was recorded, so nothing can be judged. ${advice}`);
}
