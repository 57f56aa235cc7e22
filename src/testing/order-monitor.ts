// The rule of order, as an independent judge of what happened: it knows nothing of how the client works.

/** One thing that happened, in the order in which it happened. `at` is in milliseconds. */
export type TraceEvent = { readonly at: number; readonly callId: string } & (
  | {
      /** A report left for the service. */
      readonly type: "report";
      readonly status: string;
      /** Whether the service put it into effect; false when it refused it or never got it. */
      readonly applied: boolean;
    }
  | {
      /** The service's answer to a report, or its end in a notification or poll, reached the bot. */
      readonly type: "answer";
      readonly status: string;
      readonly outcome: "completed" | "pending" | "failed" | "refused";
    }
  /**
   * The recorder's own doings; the end of a recording as the bot knows it: by an end that it asked for, or told that the call has ended; the end
   * of the call at the service; and that the recording has settled.
   */
  | { readonly type: "recorderStart" | "recorderStop" | "recorderStopped" | "stopBegan" | "callEnded" | "callGone" | "settled" }
  /** Something was offered to a gate, or written to where it stays. */
  | { readonly type: "offered" | "persisted"; readonly chunk: string }
);

/** An event before it is noted: the history adds the time. */
export type UntimedEvent<E = TraceEvent> = E extends unknown ? Omit<E, "at"> : never;

type Seen = {
  confirmed: boolean;
  starts: number;
  stops: number;
  stopsSettled: number;
  stopBegan: boolean;
  gone: boolean;
  late: Set<string>;
  closed: boolean;
  last: string | undefined;
  /** Reports of `recording` that were not refused: they may be in effect. */
  open: number;
};

/**
 * Finds where a history breaks the terms of use; empty when it keeps them. For each call: nothing is persisted and no recorder starts before a
 * success answer to `recording`; what reaches a gate after the stop began is not persisted, and nothing is persisted after the recorder has
 * stopped; `notRecording` is not reported before the recorder has stopped; each start has one stop; a recording that has settled has not left
 * `recording` in effect.
 * @see https://learn.microsoft.com/graph/api/call-updaterecordingstatus "Additional Restriction"
 */
export function findOrderViolations(history: readonly TraceEvent[]): string[] {
  const calls = new Map<string, Seen>();
  const violations: string[] = [];
  for (const event of history) {
    const seen = calls.get(event.callId) ?? fresh();
    calls.set(event.callId, seen);
    const problem = judge(seen, event);
    if (problem !== undefined) violations.push(`${event.callId} at ${event.at} ms: ${problem}`);
  }
  return violations;
}

function fresh(): Seen {
  return {
    confirmed: false,
    starts: 0,
    stops: 0,
    stopsSettled: 0,
    stopBegan: false,
    gone: false,
    late: new Set(),
    closed: false,
    last: undefined,
    open: 0,
  };
}

function judge(seen: Seen, event: TraceEvent): string | undefined {
  switch (event.type) {
    case "report":
      return judgeReport(seen, event);
    case "answer":
      if (event.status === "recording" && event.outcome === "completed") seen.confirmed = true;
      if (event.status === "recording" && (event.outcome === "refused" || event.outcome === "failed")) seen.open--;
      return undefined;
    case "recorderStart":
      seen.starts++;
      return seen.confirmed && !seen.stopBegan && !seen.closed ? undefined : "the recorder started without a confirmed recording";
    case "recorderStop":
      seen.stops++;
      return seen.stops > seen.starts ? "the recorder was stopped more often than it was started" : undefined;
    case "recorderStopped":
      seen.stopsSettled++;
      return undefined;
    case "stopBegan":
      seen.stopBegan = true;
      return undefined;
    case "callEnded":
      seen.stopBegan = true;
      seen.gone = true;
      return undefined;
    case "callGone":
      seen.gone = true;
      return undefined;
    case "offered":
      if (seen.stopBegan) seen.late.add(event.chunk);
      return undefined;
    case "persisted":
      if (seen.last === "notRecording") return `${event.chunk} was persisted after notRecording was reported`;
      if (!seen.confirmed) return `${event.chunk} was persisted before Graph confirmed the recording`;
      if (seen.late.has(event.chunk)) return `${event.chunk} came after the stop began and was persisted`;
      return seen.starts > 0 && seen.stopsSettled >= seen.starts
        ? `${event.chunk} was persisted after the recorder had stopped`
        : undefined;
    case "settled":
      return judgeEnd(seen);
    default:
      return event satisfies never;
  }
}

function judgeReport(seen: Seen, { status, applied }: Extract<TraceEvent, { type: "report" }>): string | undefined {
  // What is in effect says that the call is there, whatever was told of it before.
  if (applied) seen.gone = false;
  if (status === "recording") {
    // A new recording of the same call begins.
    if (seen.stopBegan || seen.closed) Object.assign(seen, { ...fresh(), gone: seen.gone });
    seen.last = status;
    seen.open++;
    return undefined;
  }
  seen.last = status;
  seen.closed = true;
  if (status === "notRecording") {
    return seen.stopsSettled < seen.starts ? "notRecording was reported before the recorder had stopped" : undefined;
  }
  return seen.stops < seen.starts ? `${status} was reported before the recorder was told to stop` : undefined;
}

function judgeEnd(seen: Seen): string | undefined {
  if (seen.stops !== seen.starts) return `the recorder was started ${seen.starts} and stopped ${seen.stops} times`;
  if (!seen.gone && seen.last === "recording" && seen.open > 0) return "the call is left with the status recording";
  return undefined;
}
