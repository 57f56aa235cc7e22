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

/** The first close: later ones change nothing. */
export const closeOf = ({ ends }: Facts): End | undefined => ends.find(({ kind }) => kind === "close");

/** When the things that persist must have settled: one budget for all; a close leaves them half of its deadline. */
export function budgetEnd(facts: Facts, began: Moment): number {
  const close = closeOf(facts);
  const atLatest = began.at + facts.scenario.timing.stopTimeoutMs;
  if (close === undefined) return atLatest;
  return Math.max(began.at, Math.min(atLatest, close.moment.at + (close.deadlineMs ?? 0) / 2));
}

/** When even the closing report must be given up. */
export function reportEnd(facts: Facts, began: Moment): number {
  const close = closeOf(facts);
  const atLatest = began.at + facts.scenario.timing.deadlineMs;
  return close === undefined ? atLatest : Math.min(atLatest, close.moment.at + (close.deadlineMs ?? 0));
}

/**
 * The earliest moment at which the closing report may be given up. A later close with a shorter deadline may shorten that of the first, or
 * change nothing: both are right.
 */
export function earliestGiveUp(facts: Facts, began: Moment): number {
  const closes = facts.ends.flatMap(({ kind, moment, deadlineMs = 0 }) => (kind === "close" ? [moment.at + deadlineMs] : []));
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
