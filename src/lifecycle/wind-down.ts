import type { Budget } from "./budget.ts";
import { failedAtEnd, outlivedEnd, startedAfterStop } from "./failures.ts";
import type { LifecycleRules, WorkKind } from "./rules.ts";
import type { Work, Works } from "./work.ts";

/** What ends when a recording ends. The permit has been revoked before. */
export type WindDown = {
  readonly callId: string;
  readonly rules: LifecycleRules;
  readonly works: Works;
  readonly budget: Budget;
  /** Calls `recorder.stop`; its signal is aborted by the second function. */
  readonly stop: (signal: AbortSignal) => Promise<void>;
  readonly obeyed: (error: unknown) => boolean;
  /** Whether a failure ended the recording, and has been told. */
  readonly isTold: (error: unknown) => boolean;
  /** Told what did not end well. */
  readonly onProblem: (error: unknown, kind: WorkKind) => void;
};

/**
 * The order of every end: what persists settles, `recorder.stop` runs once starts, persists and pipes have, at the latest at half of the
 * time, and never waits for the body. What is not settled when the time is over is cut off. Resolves with whether all of it went well.
 */
export async function windDown(end: WindDown): Promise<boolean> {
  const { rules, works, budget } = end;
  const open = works.open.filter(({ kind }) => rules.awaits(kind));
  const first = open.filter(({ kind }) => rules.precedesStop(kind));
  const stopped = new AbortController();
  await Promise.race([settle(first), budget.half]);
  for (const work of open) work.outlastedStop = work.kind === "recorder.start" && !work.isSettled;
  // Told before it runs: another process may have the call.
  if (budget.hasEnded()) stopped.abort(outlivedEnd("recorder.stop", end.callId, budget.limitMs));
  const stopping = works.add("recorder.stop", end.stop(stopped.signal), (reason) => stopped.abort(reason));
  const all = rules.awaits(stopping.kind) ? [...open, stopping] : open;
  await Promise.race([settle(all), budget.over]);
  budget.dispose();
  const results = all.map((work) => (work.isSettled ? judge(work, end) : giveUp(work, end)));
  return results.every(Boolean);
}

async function settle(works: readonly Work[]): Promise<void> {
  await Promise.all(works.map(({ settled }) => settled));
}

function judge({ kind, failure, outlastedStop }: Work, { callId, rules, obeyed, isTold, onProblem }: WindDown): boolean {
  const failed = failure !== undefined;
  const well = rules.isWell({ kind, failed, obeyed: failed && obeyed(failure.error), outlastedStop });
  if (well) return true;
  if (failed && isTold(failure.error)) return false;
  if (!failed) onProblem(startedAfterStop(callId), kind);
  else onProblem(kind === "body" ? failure.error : failedAtEnd(kind, callId, failure.error), kind);
  return false;
}

/** The time is over: what can be cut off is, and of the rest it is said that it may go on. */
function giveUp(work: Work, { callId, rules, budget, onProblem }: WindDown): false {
  const error = outlivedEnd(work.kind, callId, budget.limitMs);
  if (rules.cutsOff(work.kind)) work.cutOff(error);
  onProblem(error, work.kind);
  return false;
}
