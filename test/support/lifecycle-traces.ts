// Traces made by hand, for the tests of the monitor.
import { findOrderViolations, type TraceEvent } from "teams-recording-status/testing";

export type Step = TraceEvent extends infer E ? (E extends unknown ? Omit<E, "at" | "callId"> : never) : never;
type Doing = "recorderStart" | "recorderStop" | "recorderStopped" | "stopBegan" | "callEnded" | "callGone" | "settled";

export const sent = (status: string, applied = true): Step => ({ type: "report", status, applied });
export const answered = (status: string, outcome: "completed" | "pending" | "failed" | "refused" = "completed"): Step => ({
  type: "answer",
  status,
  outcome,
});
export const did = (...types: readonly Doing[]): Step[] => types.map((type) => ({ type }));
export const offered = (chunk: string): Step => ({ type: "offered", chunk });
export const persisted = (chunk: string): Step => ({ type: "persisted", chunk });

/** The parts of a good life. */
export const confirmed = [sent("recording"), answered("recording")];
export const live = [...confirmed, ...did("recorderStart")];
export const stopped = did("stopBegan", "recorderStop", "recorderStopped");
export const told = [sent("notRecording"), answered("notRecording"), ...did("settled")];
export const toldFailed = [sent("failed"), answered("failed"), ...did("settled")];

/** One call's trace, an event a millisecond. */
export const trace = (steps: readonly Step[], callId = "call"): TraceEvent[] => steps.map((step, at) => ({ at, callId, ...step }));

/** The sentences, without call and time, and without the term that is broken. */
export const judged = (steps: readonly Step[]) =>
  findOrderViolations(trace(steps)).map((found) => found.replace(/^call at \d+ ms: /, "").replace(/\. The terms: .*$/, ""));

export const early = "the recorder started without a confirmed recording";
export const tooOften = "the recorder was stopped more often than it was started";
export const tooSoon = "notRecording was reported before the recorder had stopped";
export const left = "the call is left with the status recording";
