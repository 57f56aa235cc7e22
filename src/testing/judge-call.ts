import { breaks } from "./terms.ts";
import type { EventOf, TraceEvent } from "./trace.ts";

/** What the judge remembers of a call: of the recording that is its latest, if it says nothing else. */
export type Seen = {
  confirmed: boolean;
  starts: number;
  stops: number;
  stopsSettled: number;
  stopBegan: boolean;
  /** The call has ended at the service. */
  gone: boolean;
  /** … and Graph has told the bot so, in its answer to a report. */
  told: boolean;
  /** Chunks that were offered before the end of the recording or of the call, and after it. */
  accepted: Set<string>;
  late: Set<string>;
  closed: boolean;
  last: string | undefined;
  /** Reports of `recording` that were not refused: they may be in effect. */
  open: number;
  /** Their numbers: an answer to an older report confirms nothing. */
  reports: Set<number>;
  /** Sinks that were written to and have no end yet: as a stream, which must be closed, or by single writes. */
  sinks: Map<string, "stream" | "single">;
  /** Writes under way. */
  writing: string[];
  /** The status at the service. Of the call, whatever recording it is. */
  inEffect: string | undefined;
};

export function fresh(): Seen {
  return {
    confirmed: false,
    starts: 0,
    stops: 0,
    stopsSettled: 0,
    stopBegan: false,
    gone: false,
    told: false,
    accepted: new Set(),
    late: new Set(),
    closed: false,
    last: undefined,
    open: 0,
    reports: new Set(),
    sinks: new Map(),
    writing: [],
    inEffect: undefined,
  };
}

/**
 * What is wrong with an event, in sentences. `knowsEnd`: whether the end of the call counts from its moment on, or from when Graph told the bot:
 * a test that ends a call and goes on writing has not told its bot.
 */
export function judgeEvent(seen: Seen, event: TraceEvent, knowsEnd: boolean): string[] {
  switch (event.type) {
    case "report":
      return judgeReport(seen, event);
    case "answer":
      readAnswer(seen, event);
      return [];
    case "offered":
      if (seen.stopBegan) seen.late.add(event.chunk);
      else if (!seen.gone) seen.accepted.add(event.chunk);
      return [];
    case "persisted":
      return judgePersisted(seen, event, knowsEnd);
    case "writeEnded":
      seen.writing = seen.writing.toSpliced(seen.writing.indexOf(event.chunk), seen.writing.includes(event.chunk) ? 1 : 0);
      return [];
    case "sinkClosed":
    case "sinkAborted":
      return judgeSinkEnd(seen, event);
    case "settled":
      return judgeEnd(seen);
    default:
      return judgeStep(seen, event.type);
  }
}

type StepType = "recorderStart" | "recorderStop" | "recorderStopped" | "stopBegan" | "callEnded" | "callGone";

function judgeStep(seen: Seen, type: StepType): string[] {
  switch (type) {
    case "recorderStart":
      seen.starts++;
      return seen.confirmed && !seen.stopBegan && !seen.closed
        ? []
        : [breaks("the recorder started without a confirmed recording", "early")];
    case "recorderStop":
      seen.stops++;
      return seen.stops > seen.starts ? ["the recorder was stopped more often than it was started"] : [];
    case "recorderStopped":
      seen.stopsSettled++;
      return [];
    case "stopBegan":
      seen.stopBegan = true;
      return [];
    case "callEnded":
      seen.stopBegan = true;
      seen.gone = true;
      return [];
    case "callGone":
      seen.gone = true;
      return [];
    default:
      return type satisfies never;
  }
}

function readAnswer(seen: Seen, { status, outcome, report }: EventOf<"answer">): void {
  // What was answered "call not found" is told that the call is gone.
  if (outcome === "refused" && seen.gone) seen.told = true;
  if (status !== "recording" || (report !== undefined && !seen.reports.has(report))) return;
  if (outcome === "completed") seen.confirmed = true;
  if (outcome === "refused" || outcome === "failed") seen.open--;
}

function judgePersisted(seen: Seen, event: EventOf<"persisted">, knowsEnd: boolean): string[] {
  const chunk = quote(event.chunk);
  if (event.sink !== undefined && (event.stream || !seen.sinks.has(event.sink))) {
    seen.sinks.set(event.sink, event.stream ? "stream" : "single");
  }
  if (event.pending) seen.writing = [...seen.writing, event.chunk];
  if (seen.last === "notRecording") return [breaks(`${chunk} was persisted after notRecording was reported`, "end")];
  if (seen.last === "failed") return [breaks(`${chunk} was persisted after failed was reported`, "failed")];
  if (!seen.confirmed) return [breaks(`${chunk} was persisted before Graph confirmed the recording`, "early")];
  if (seen.late.has(event.chunk)) return [breaks(`${chunk} came after the stop began and was persisted`, "end")];
  // What was accepted before may still be written, and a recorder that is stopping may still flush.
  const flushes = seen.stops > seen.stopsSettled || seen.accepted.has(event.chunk);
  if ((knowsEnd ? seen.gone : seen.told) && !flushes) return [breaks(`${chunk} was persisted after the call had ended`, "gone")];
  // What a pipe let through may reach its sink after the recorder has stopped: the sink must only be closed before the report.
  const stopped = seen.starts > 0 && seen.stopsSettled >= seen.starts && event.stream !== true;
  return stopped ? [breaks(`${chunk} was persisted after the recorder had stopped`, "end")] : [];
}

function judgeSinkEnd(seen: Seen, { type, sink }: EventOf<"sinkClosed" | "sinkAborted">): string[] {
  const written = seen.sinks.delete(sink);
  if (!written || type === "sinkAborted" || seen.last !== "notRecording") return [];
  return [breaks(`${sink} was closed only after notRecording was reported`, "end")];
}

function judgeReport(seen: Seen, { status, applied, report }: EventOf<"report">): string[] {
  // What is in effect says that the call is there, whatever was told of it before.
  if (applied) Object.assign(seen, { gone: false, told: false, inEffect: status });
  if (status === "recording") {
    // A new recording of the same call begins.
    const { gone, told, inEffect } = seen;
    if (seen.stopBegan || seen.closed) Object.assign(seen, { ...fresh(), gone, told, inEffect });
    seen.last = status;
    seen.open++;
    if (report !== undefined) seen.reports.add(report);
    return [];
  }
  seen.last = status;
  seen.closed = true;
  if (status !== "notRecording") {
    return seen.stops < seen.starts ? [breaks(`${status} was reported before the recorder was told to stop`, "failed")] : [];
  }
  const unstopped = seen.stopsSettled < seen.starts ? ["notRecording was reported before the recorder had stopped"] : [];
  const unwritten = seen.writing.map((chunk) => `notRecording was reported while ${quote(chunk)} was still being written`);
  return [...unstopped, ...unwritten, ...takeOpenSinks(seen)].map((what) => breaks(what, "end"));
}

/** Each is told once: its late close is no second violation. */
function takeOpenSinks(seen: Seen): string[] {
  const open = [...seen.sinks].filter(([, use]) => use === "stream").map(([sink]) => sink);
  for (const sink of open) seen.sinks.delete(sink);
  return open.map((sink) => `notRecording was reported before ${sink} was closed`);
}

/** What is wrong when nothing more will happen. */
export function judgeEnd(seen: Seen): string[] {
  if (seen.stops !== seen.starts) return [`the recorder was started ${seen.starts} and stopped ${seen.stops} times`];
  if (!seen.gone && seen.last === "recording" && seen.open > 0) return [breaks("the call is left with the status recording", "status")];
  return [];
}

function quote(chunk: string): string {
  return JSON.stringify(chunk.length > 60 ? `${chunk.slice(0, 59)}…` : chunk);
}
