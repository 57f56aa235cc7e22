import { RecorderFailedError } from "../model/errors.ts";
import { showError } from "../util/show-error.ts";
import type { Budget } from "./budget.ts";
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
  const stopping = works.add("recorder.stop", end.stop(stopped.signal), (reason) => stopped.abort(reason));
  const all = rules.awaits(stopping.kind) ? [...open, stopping] : open;
  await Promise.race([settle(all), budget.over]);
  budget.dispose();
  const results = all.map((work) => {
    if (!work.isSettled) return giveUp(work, end);
    return judge(work, end);
  });
  return results.every(Boolean);
}

async function settle(works: readonly Work[]): Promise<void> {
  await Promise.all(works.map(({ settled }) => settled));
}

function judge({ kind, failure }: Work, { callId, rules, obeyed, onProblem }: WindDown): boolean {
  const well = rules.isWell({ kind, failed: failure !== undefined, obeyed: failure !== undefined && obeyed(failure.error) });
  if (!well) onProblem(kind === "body" ? failure?.error : failed(kind, callId, failure?.error), kind);
  return well;
}

/** The time is over: what can be cut off is, and of the rest it is said that it may go on. */
function giveUp(work: Work, { callId, rules, budget, onProblem }: WindDown): false {
  const error = new RecorderFailedError(`${titles[work.kind]} did not settle within ${budget.limitMs} ms of the recording's end.`, {
    callId,
    hint: `${fates[work.kind]} ${deadlock}`,
  });
  if (rules.cutsOff(work.kind)) work.cutOff(error);
  onProblem(error, work.kind);
  return false;
}

function failed(kind: Work["kind"], callId: string, cause: unknown): RecorderFailedError {
  return new RecorderFailedError(`${titles[kind]} failed while the recording was ending: ${showError(cause)}`, {
    callId,
    cause,
    hint: kind.startsWith("recorder") ? "The recorder may still be running, so failed is reported." : incomplete,
  });
}

const titles: { readonly [K in Work["kind"]]: string } = {
  body: "The body",
  persist: "A persist",
  pipe: "A pipe",
  gate: "A gate",
  "recorder.start": "recorder.start",
  "recorder.stop": "recorder.stop",
};
const incomplete = "What was announced as recorded may be incomplete, so failed is reported.";
const mayGoOn = "It cannot be cut off, may still be running, and so failed is reported.";
const fates: { readonly [K in Work["kind"]]: string } = {
  body: mayGoOn,
  persist: mayGoOn,
  pipe: "Its sink was aborted, so that nothing more reaches it, and failed is reported.",
  gate: "What it held was dropped, and failed is reported.",
  "recorder.start": mayGoOn,
  "recorder.stop": mayGoOn,
};
const deadlock = "A body, a persist or a recorder must not wait for stop(), ended or close(): the end waits for it.";
