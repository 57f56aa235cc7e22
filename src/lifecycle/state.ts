// The life of one recording: pure, one table of legal moves, drawn in docs/recording.md from that table.

import type { ClosingStatus, EndReason } from "../model/outcome.ts";

/** A phase, and what its end needs to know. */
export type RecordingState =
  | { readonly phase: "reporting" }
  | { readonly phase: "withdrawing"; readonly reason: EndReason; readonly status: ClosingStatus | undefined; readonly alsoFailed?: true }
  | { readonly phase: "starting" }
  | { readonly phase: "recording" }
  | { readonly phase: "stopping"; readonly reason: EndReason; readonly status: ClosingStatus | undefined }
  | { readonly phase: "closing"; readonly reason: EndReason; readonly status: ClosingStatus }
  | { readonly phase: "ended"; readonly reason: EndReason };

/**
 * Where a recording stands.
 * - `reporting`: the report `recording` is under way; nothing may be persisted.
 * - `withdrawing`: ended before the report was answered; what became of it is awaited.
 * - `starting`: Graph answered `completed`; `recorder.start` runs.
 * - `recording`: persisting is permitted, in this phase only.
 * - `stopping`: the permit is revoked; everything that persists settles, and `recorder.stop` runs.
 * - `closing`: the report `notRecording` or `failed` is under way.
 * - `ended`: nothing follows.
 */
export type RecordingPhase = RecordingState["phase"];

export type RecordingEvent =
  /** Graph answered the report `recording` with a final `completed`. */
  | { readonly type: "completed" }
  /** Every attempt to report `recording` was refused, or none left: it is not in effect. */
  | { readonly type: "refused" }
  /** The report `recording` may be in effect, but no success was seen. */
  | { readonly type: "unknown" }
  /** `recorder.start` resolved. */
  | { readonly type: "started" }
  /** Somebody ends the recording. */
  | { readonly type: "end"; readonly reason: EndReason }
  /** Everything that persists has settled or was given up; `clean` when all of it settled well. */
  | { readonly type: "stopped"; readonly clean: boolean }
  /** The closing report was answered or given up; `callGone` when the answer was that the call is over. */
  | { readonly type: "reported"; readonly callGone: boolean };

/** The legal moves: phase → event → the phases that it may lead to. An event that is missing here cannot happen in that phase. */
export const moves: { readonly [P in RecordingPhase]: { readonly [E in RecordingEvent["type"]]?: readonly RecordingPhase[] } } = {
  reporting: { completed: ["starting"], refused: ["ended"], unknown: ["closing"], end: ["withdrawing"] },
  withdrawing: { completed: ["closing", "ended"], refused: ["ended"], unknown: ["closing", "ended"], end: ["withdrawing"] },
  starting: { started: ["recording"], end: ["stopping"] },
  recording: { end: ["stopping"] },
  stopping: { stopped: ["closing", "ended"], end: ["stopping"] },
  closing: { reported: ["ended"], end: ["closing"] },
  ended: { end: ["ended"] },
};

/** What is reported at the end, by reason: nothing to a call that is gone. */
export function closingStatus(reason: EndReason): ClosingStatus | undefined {
  switch (reason) {
    case "stopped":
    case "aborted":
    case "closed":
      return "notRecording";
    case "failed":
    case "startFailed":
    case "recovered":
      return "failed";
    case "callEnded":
      return undefined;
    default:
      return reason satisfies never;
  }
}

/** Only here may media, or what is derived from it, be persisted. */
export function permitsPersisting(state: RecordingState): boolean {
  return state.phase === "recording";
}

/** Why it ended, or is ending. */
export function reasonOf(state: RecordingState): EndReason {
  return "reason" in state ? state.reason : "stopped";
}

/** The state after an event. Throws on a move that the table does not have: that is a fault of the driver. */
export function nextState(state: RecordingState, event: RecordingEvent): RecordingState {
  const next = decide(state, event);
  if (moves[state.phase][event.type]?.includes(next.phase)) return next;
  throw new Error(`A recording that is ${state.phase} cannot become ${next.phase} by "${event.type}".`);
}

function decide(state: RecordingState, event: RecordingEvent): RecordingState {
  switch (event.type) {
    case "completed":
      return state.phase === "withdrawing" ? close(state.reason, confirmedStatus(state)) : { phase: "starting" };
    case "refused":
      return { phase: "ended", reason: "reason" in state ? state.reason : "startFailed" };
    case "unknown":
      return state.phase === "withdrawing" ? close(state.reason, state.status) : close("startFailed", "failed");
    case "started":
      return { phase: "recording" };
    case "end":
      return end(state, event.reason);
    case "stopped":
      return "status" in state ? close(state.reason, event.clean || state.status === undefined ? state.status : "failed") : state;
    case "reported":
      return "reason" in state ? { phase: "ended", reason: event.callGone ? "callEnded" : state.reason } : state;
    default:
      return event satisfies never;
  }
}

/** The first reason counts; but a failure is not hidden by an orderly stop, and to a call that is gone nothing is reported. */
function end(state: RecordingState, reason: EndReason): RecordingState {
  switch (state.phase) {
    case "reporting":
      return { phase: "withdrawing", reason, status: withdrawnStatus(reason) };
    case "starting":
    case "recording":
      return { phase: "stopping", reason, status: closingStatus(reason) };
    case "withdrawing":
    case "stopping":
      if (reason === "callEnded") return { ...state, reason, status: undefined };
      if (reason !== "failed" || state.status === undefined) return state;
      return { ...state, status: "failed", ...(state.phase === "withdrawing" ? { alsoFailed: true } : {}) };
    default:
      return state;
  }
}

/** A report that was confirmed after all, when its recording had ended already: closed as a recording is, unless it failed as well. */
function confirmedStatus({ reason, status, alsoFailed }: Extract<RecordingState, { phase: "withdrawing" }>): ClosingStatus | undefined {
  return status === undefined || alsoFailed ? status : closingStatus(reason);
}

/** A report that was never confirmed: `notRecording` when the caller took it back, else `failed`. */
function withdrawnStatus(reason: EndReason): ClosingStatus | undefined {
  return reason === "closed" ? "failed" : closingStatus(reason);
}

function close(reason: EndReason, status: ClosingStatus | undefined): RecordingState {
  return status === undefined ? { phase: "ended", reason } : { phase: "closing", reason, status };
}

/** The table as a Mermaid state diagram, for docs/recording.md. */
export function drawMoves(): string {
  const lines = Object.entries(moves).flatMap(([phase, events]) =>
    Object.entries(events).flatMap(([event, targets]) =>
      targets.filter((target) => target !== phase).map((target) => `  ${phase} --> ${target}: ${event}`),
    ),
  );
  return ["stateDiagram-v2", "  [*] --> reporting", ...lines, "  ended --> [*]"].join("\n");
}
