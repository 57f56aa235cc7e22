// Rules e, g and h: the right status, repeated until it has arrived or its deadline has come; and a status left on is told.
import type { Facts } from "./bot.ts";
import type { Moment } from "./clock.ts";
import type { Fate, Report } from "./graph.ts";
import type { Outcome } from "./library.ts";
import {
  budgetEnd,
  closingReports,
  confirmed,
  endBegan,
  failureOf,
  isHeldUp,
  reportEnd,
  slowestMs,
  startReports,
  wasGone,
  wasLive,
} from "./moments.ts";
import { notWell } from "./well-settled.ts";

const mayBeInEffect: ReadonlySet<Fate> = new Set<Fate>(["open", "confirmed", "pending", "unknown"]);

const mayHaveBeenInEffect = (facts: Facts): boolean => startReports(facts).some(({ fate }) => mayBeInEffect.has(fate));

/** e. The status is the one that the facts ask for, and there is one whenever `recording` may be in effect. */
export function rightStatus(facts: Facts): string[] {
  const found: string[] = [];
  const [first] = closingReports(facts);
  const wasPossible = mayHaveBeenInEffect(facts);
  const callEnded = facts.ends.find(({ kind }) => kind === "callEnded")?.moment;
  if (first === undefined) {
    if (wasPossible && !wasGone(facts) && callEnded === undefined && !lacksTime(facts)) found.push("e. no closing report was sent");
  } else {
    if (!wasPossible) found.push(`e. ${first.status} was sent though no report of recording can be in effect`);
    if (callEnded !== undefined && first.arrived.seq > callEnded.seq && !isHeldUp(facts))
      found.push(`e. ${first.status} was sent after callEnded`);
    if (first.status === "failed" && reasonsToFail(facts, first.arrived).length === 0)
      found.push("e. failed was sent though all ended well");
    found.push(...wrongNotRecording(facts, first));
  }
  return [...found, ...rightOutcome(facts), ...pipeFailures(facts)];
}

/** A close that comes before the credential does, or before the wait is over that Graph asked for. */
function lacksTime(facts: Facts): boolean {
  const began = endBegan(facts)?.moment;
  if (began === undefined) return false;
  const leftMs = reportEnd(facts, began) - budgetEnd(facts, began);
  const askedMs = Math.max(0, ...startReports(facts).map(({ step }) => (step.retryAfterS ?? 0) * 1_000));
  const credentialMs = facts.scenario.plan.tokenFails === undefined ? 0 : 2_000;
  return leftMs < askedMs + credentialMs;
}

/** Not `notRecording` for what the caller or the body called failed, and not for a recording that was never confirmed, unless it was taken back. */
function wrongNotRecording(facts: Facts, { status, arrived }: Report): string[] {
  if (status !== "notRecording") return [];
  const found: string[] = [];
  const hasFailed = facts.ends.some(({ kind, moment }) => kind === "fail" && moment.seq < arrived.seq);
  if (hasFailed && !isHeldUp(facts)) found.push("e. notRecording was sent after fail()");
  const began = endBegan(facts);
  const isOwn = began === undefined || (began.kind === "library" && facts.live === undefined);
  if (isOwn) found.push("e. notRecording was sent for a start that nobody took back");
  return found;
}

/** Everything that may stand behind `failed`; generous where nobody outside can tell. */
function reasonsToFail(facts: Facts, at: Moment): string[] {
  const { recorder, scenario, works, body } = facts;
  const reasons = notWell(facts, at);
  const began = endBegan(facts);
  // Between its confirmation and its going live it ends like a live one.
  const wasStarting = recorder.started !== undefined && began !== undefined && began.kind !== "library";
  if (facts.live === undefined && !wasStarting) reasons.push("it never went live");
  if (facts.ends.some(({ kind }) => kind === "fail")) reasons.push("fail()");
  if (body?.settled?.failed && body.obeyed === undefined) reasons.push("the body threw");
  const startFailed = recorder.startSettled?.failed ? recorder.startSettled.moment : undefined;
  if (startFailed !== undefined && began !== undefined && startFailed.seq < began.moment.seq) reasons.push("recorder.start failed");
  for (const work of works) {
    if (work.kind === "pipe" && wasLive(facts, work.asked)) {
      if (failureOf(work) !== undefined || work.spec.source.cancel !== "ok") reasons.push("a pipe failed");
    }
    if (work.kind === "persist" && work.settled?.failed && began !== undefined && work.settled.moment.turn >= began.moment.turn) {
      reasons.push("a persist failed at the end");
    }
  }
  // What settles in the very moment of the time-out may count as either.
  if (began !== undefined && at.at >= budgetEnd(facts, began.moment) - 1) reasons.push("the time was over");
  if (scenario.recorder?.stop.does === "waits" || scenario.body.does === "waits") reasons.push("it waited for its own end");
  return reasons;
}

/** What the outcome says was reported is what Graph confirmed; the reason is the first. */
function rightOutcome(facts: Facts): string[] {
  const outcome = facts.ended?.settled?.value as Outcome | undefined;
  if (outcome === undefined) return [];
  const found: string[] = [];
  const settledAt = facts.ended?.settled?.moment.seq ?? 0;
  const accepted = closingReports(facts).find((report) => report.confirmed !== undefined && report.confirmed.seq < settledAt);
  if (outcome.reported !== accepted?.status)
    found.push(`e. the outcome says ${outcome.reported} was reported, Graph confirmed ${accepted?.status}`);
  const reasons = {
    stop: "stopped",
    fail: "failed",
    abort: "aborted",
    close: "closed",
    callEnded: "callEnded",
    library: "failed",
  } as const;
  const kind = endBegan(facts)?.kind;
  const named = kind === "bodyReturned" ? "stopped" : kind === "bodyThrew" ? "failed" : kind && reasons[kind];
  const isSimple = facts.live !== undefined && !wasGone(facts) && !facts.ends.some((end) => end.kind === "callEnded");
  if (isSimple && named !== undefined && outcome.reason !== named && !isTie(facts))
    found.push(`e. the reason is ${outcome.reason}, not ${named}`);
  const isUnreported = outcome.reported === undefined && outcome.reason !== "callEnded" && mayHaveBeenInEffect(facts);
  if (isUnreported && outcome.error === undefined) found.push("h. no end was reported and nobody was told");
  return found;
}

/** Two ends in one turn: nobody outside can say which came first. */
function isTie({ ends, revoked }: Facts): boolean {
  const [first, second] = ends;
  if (first === undefined) return false;
  return (
    first.moment.turn === second?.moment.turn ||
    (revoked !== undefined && revoked.turn === first.moment.turn && first.kind.startsWith("body"))
  );
}

/** e. A pipe that fails while the recording is live ends it; nothing else of its own accord does. */
function pipeFailures(facts: Facts): string[] {
  const found: string[] = [];
  const pipes = facts.works.flatMap((work) => (work.kind === "pipe" && wasLive(facts, work.asked) ? [work] : []));
  const failures = pipes.flatMap((pipe) => failureOf(pipe) ?? []);
  const began = endBegan(facts);
  for (const pipe of pipes) {
    const failure = failureOf(pipe);
    if (failure === undefined || pipe.sink.spec.stuckMs !== undefined || pipe.transforms.some(({ spec }) => spec.flush === "hangs"))
      continue;
    if (began === undefined || began.moment.at > failure.at + slowestMs(pipe)) found.push("e. a pipe had failed and the recording went on");
  }
  if (began?.kind === "library" && facts.live !== undefined && failures.length === 0) found.push("e. the recording ended by itself");
  return found;
}

/** g. The closing report is repeated until its deadline; what is final is not repeated. */
export function repeatedReport(facts: Facts): string[] {
  const found: string[] = [];
  const series = new Map<string | null, Report[]>();
  for (const report of closingReports(facts)) series.set(report.context, [...(series.get(report.context) ?? []), report]);
  for (const reports of series.values()) found.push(...oneSeries(facts, reports));
  const [first] = closingReports(facts);
  if (first !== undefined && startReports(facts).some(({ context }) => context === first.context))
    found.push("g. the closing report has no mark of its own");
  return [...found, ...sentAgain(facts)];
}

const isFinal: ReadonlySet<Fate> = new Set<Fate>(["confirmed", "gone", "refused", "operationFailed", "pending"]);

function oneSeries(facts: Facts, reports: readonly Report[]): string[] {
  const found: string[] = [];
  const last = reports.at(-1);
  const first = reports[0];
  if (first === undefined || last === undefined) return found;
  for (const report of reports.slice(0, -1))
    if (isFinal.has(report.fate)) found.push(`g. a report whose answer was final (${report.fate}) was repeated`);
  const refused = reports.filter(({ fate }) => fate === "unauthorized");
  if (refused.length > 2) found.push("g. a 401 was repeated more than once");
  const after = refused[0] && reports[reports.indexOf(refused[0]) + 1];
  if (after !== undefined && after.token === refused[0]?.token) found.push("g. after a 401 the same token was sent again");
  if (isFinal.has(last.fate) || (last.fate === "unauthorized" && refused.length > 1)) return found;
  const until = reportEnd(facts, first.arrived);
  const asked = (last.step.retryAfterS ?? 0) * 1_000;
  // What does not leave, for want of a token, is tried as well: the promise tells when it was given up.
  const { again, ended } = facts;
  const isAgain = again !== undefined && facts.graph.reports.indexOf(first) >= again.reportsBefore;
  const gaveUpAt = ((isAgain ? again.call : ended)?.settled?.moment ?? last.answered ?? last.arrived).at;
  const callEnded = facts.ends.some(({ kind }) => kind === "callEnded");
  if (gaveUpAt + asked + 1_500 < until && !callEnded) {
    found.push(
      `g. the closing report was given up ${until - gaveUpAt} ms before its deadline, after ${reports.length} attempts (${last.fate})`,
    );
  }
  return found;
}

/** g. `stop` again sends the decided status once more when nothing was reported. */
function sentAgain({ again, graph }: Facts): string[] {
  if (again === undefined) return [];
  const { call, reportsBefore, refusal } = again;
  const sent = graph.reports.slice(reportsBefore);
  const decided = graph.reports.slice(0, reportsBefore).findLast(({ status }) => status !== "recording")?.status;
  if (call.settled === undefined) return ["f. stop again did not settle within its bounds"];
  if (refusal !== undefined) return sent.length > 0 ? [`g. stop again sent ${sent[0]?.status} though it is ${refusal}`] : [];
  if (sent.length === 0) return ["g. stop again sent nothing though nothing had been reported"];
  return sent[0]?.status === decided ? [] : [`g. stop again sent ${sent[0]?.status}, the end had decided ${decided}`];
}

/** h. A status that is left on is told. */
export function leftOn(facts: Facts): string[] {
  const { inEffectAtEnd, ended, main, ends } = facts;
  if (inEffectAtEnd !== "recording" || wasGone(facts) || ends.some(({ kind }) => kind === "callEnded")) return [];
  const outcome = ended?.settled?.value as Outcome | undefined;
  const error = outcome?.error ?? main.settled?.error;
  if (error === undefined) return ["h. recording is left in effect and nobody was told"];
  const startFailed = facts.live === undefined && confirmed(facts) === undefined ? main.settled?.error : undefined;
  const claimed = (startFailed as { mayBeInEffect?: unknown } | undefined)?.mayBeInEffect;
  return claimed === false ? ["h. recording is left in effect and the error says that it is not"] : [];
}
