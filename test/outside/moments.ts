// What follows from the facts of a run alone: when its end began, how long that may take, what became of its call.
import type { End, Facts } from "./bot.ts";
import type { Moment } from "./clock.ts";
import type { Report } from "./graph.ts";
import type { PipeFacts } from "./works.ts";

/** Who began the end, and when; `library` when it ended with nobody asking for it. */
export type EndBegan = { readonly kind: End["kind"] | "library"; readonly moment: Moment };

export function endBegan({ ends, revoked: ofPermit, recorder }: Facts): EndBegan | undefined {
  const [first] = ends;
  const revoked = ofPermit ?? recorder.told;
  if (revoked !== undefined && (first === undefined || revoked.seq < first.moment.seq)) return { kind: "library", moment: revoked };
  return first;
}

/** Between two things that fall into one turn of the event loop nobody outside can say which came first. */
export function wasEnding({ ends, revoked }: Facts, moment: Moment): boolean {
  if (revoked !== undefined && moment.seq > revoked.seq) return true;
  return ends.some((end) => {
    const isCertain = end.kind !== "bodyReturned" && end.kind !== "bodyThrew";
    return isCertain ? moment.seq > end.moment.seq : moment.turn > end.moment.turn;
  });
}

/** Before the end began. */
export function wasLive(facts: Facts, moment: Moment): boolean {
  const began = endBegan(facts)?.moment;
  return facts.live !== undefined && moment.seq > facts.live.seq && (began === undefined || moment.seq < began.seq);
}

/** Each close and its deadline; a later one that is shorter shortens budget and report. */
export const closesOf = ({ ends }: Facts): readonly End[] => ends.filter(({ kind }) => kind === "close");

export type Budget = { readonly half: number; readonly end: number };

/** When the things that persist must have settled, and when half of that time is over: one budget for all; a close leaves them half of its deadline. */
export function budgetOf(facts: Facts, began: Moment): Budget {
  const { stopTimeoutMs } = facts.scenario.timing;
  let budget: Budget = { half: began.at + stopTimeoutMs / 2, end: began.at + stopTimeoutMs };
  for (const { moment, deadlineMs = 0 } of closesOf(facts)) {
    const at = Math.max(moment.at, began.at);
    const leftMs = Math.min(stopTimeoutMs, deadlineMs / 2);
    if (at + leftMs < budget.end) budget = { half: Math.min(budget.half, at + leftMs / 2), end: at + leftMs };
  }
  return budget;
}

export const budgetEnd = (facts: Facts, began: Moment): number => budgetOf(facts, began).end;

/** When even the closing report must be given up. */
export function reportEnd(facts: Facts, began: Moment): number {
  const closes = closesOf(facts).map(({ moment, deadlineMs = 0 }) => moment.at + deadlineMs);
  return Math.min(began.at + facts.scenario.timing.deadlineMs, ...closes);
}

/** Whether a report may leave later than it would: the credential fails, or Graph asked to wait. */
export const isHeldUp = (facts: Facts): boolean =>
  facts.scenario.plan.tokenFails !== undefined || startReports(facts).some(({ step }) => step.retryAfterS !== undefined);

export const startReports = ({ graph }: Facts): readonly Report[] => graph.reports.filter(({ status }) => status === "recording");
export const closingReports = ({ graph }: Facts): readonly Report[] => graph.reports.filter(({ status }) => status !== "recording");

/** The first final success of `recording` that Graph told. */
export function confirmed(facts: Facts): Moment | undefined {
  return startReports(facts).flatMap((report) => report.confirmed ?? [])[0];
}

/** Whether Graph said that the call is over. */
export const wasGone = ({ graph }: Facts): boolean => graph.over !== undefined || graph.reports.some(({ fate }) => fate === "gone");

/** The longest time that all that a pipe may hold needs to get through it. */
export function slowestMs({ spec }: PipeFacts): number {
  const { sink, transforms, source } = spec;
  const chunkMs = transforms.reduce((sum, { delayMs }) => sum + delayMs, sink.delayMs);
  return (source.chunks + 2) * chunkMs + sink.closeMs + (sink.stuckMs ?? 0) + source.everyMs;
}

/** What failed first in a pipe's own stages. */
export function failureOf({ source, transforms, sink }: PipeFacts): Moment | undefined {
  const failures = [source.failed, sink.failed, ...transforms.map(({ failed }) => failed)].filter((moment) => moment !== undefined);
  return failures.sort((left, right) => left.seq - right.seq)[0];
}

/** What was let through: what entered the first stage after the gate. */
export const letThrough = ({ transforms, sink }: PipeFacts) => transforms[0]?.entered ?? sink.writes;
