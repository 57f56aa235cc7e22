import type { TraceEvent } from "../../testing/trace.ts";

/** A line of a call's timeline. */
export type Line = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly tone: "good" | "bad" | "wait" | "plain";
};

type Words = Omit<Line, "at">;

const longestChunk = 80;

/** What happened, in words. */
export function tellEvent(event: TraceEvent): Words {
  switch (event.type) {
    case "report":
      return event.applied
        ? { who: "bot", what: `reports ${event.status}`, tone: "plain" }
        : { who: "bot", what: `reports ${event.status}, which does not take effect`, tone: "bad" };
    case "answer":
      return tellAnswer(event.status, event.outcome);
    case "callGone":
      return { who: "Graph", what: "the call is over", tone: "wait" };
    case "offered":
      return { who: "gate", what: `takes ${quote(event.chunk)}`, tone: "plain" };
    case "persisted":
      return { who: "bot", what: `persists ${quote(event.chunk)}`, tone: "plain" };
    case "writeEnded":
      return { who: event.sink, what: `has written ${quote(event.chunk)}`, tone: "plain" };
    case "sinkClosed":
      return { who: event.sink, what: "is closed", tone: "plain" };
    case "sinkAborted":
      return { who: event.sink, what: "is given up", tone: "wait" };
    default:
      return tellStep(event.type);
  }
}

function tellAnswer(status: string, outcome: "completed" | "pending" | "failed" | "refused"): Words {
  const tones = { completed: "good", pending: "wait", failed: "bad", refused: "bad" } as const;
  const words = {
    completed: `${status} is completed`,
    pending: `${status} is not final yet`,
    failed: `${status} failed`,
    refused: `${status} is refused`,
  };
  return { who: "Graph", what: words[outcome], tone: tones[outcome] };
}

type StepType = "recorderStart" | "recorderStop" | "recorderStopped" | "stopBegan" | "callEnded" | "settled";

const steps: { readonly [type in StepType]: Words } = {
  recorderStart: { who: "recorder", what: "starts", tone: "plain" },
  recorderStop: { who: "recorder", what: "is told to stop", tone: "plain" },
  recorderStopped: { who: "recorder", what: "has stopped", tone: "plain" },
  stopBegan: { who: "bot", what: "ends the recording", tone: "plain" },
  callEnded: { who: "bot", what: "was told that the call is over", tone: "plain" },
  settled: { who: "bot", what: "has ended the recording", tone: "plain" },
};

function tellStep(type: StepType): Words {
  return steps[type];
}

function quote(chunk: string): string {
  return JSON.stringify(chunk.length > longestChunk ? `${chunk.slice(0, longestChunk - 1)}…` : chunk);
}
