// Rules f, i, j and k: everything settles within its bounds, recorder.stop has its place, nothing crashes, withRecording settles as it must.
import { bodyValue } from "./body.ts";
import type { Facts } from "./bot.ts";
import type { Watched } from "./clock.ts";
import { codeOf, errorsIn, isTold, type Outcome, tells } from "./library.ts";
import { budgetEnd, budgetOf, closesOf, closingReports, endBegan, failureOf, isHeldUp, reportEnd, wasLive } from "./moments.ts";

/** f. Everything settles within its bounds. */
export function withinBounds(facts: Facts): string[] {
  const { main, ended, calls, scenario, listedAtEnd } = facts;
  const { deadlineMs, startTimeoutMs, stopTimeoutMs } = scenario.timing;
  const found: string[] = [];
  const settlesBy = (watched: Watched | undefined, at: number) => {
    if (watched === undefined) return;
    if (watched.settled === undefined) found.push(`f. ${watched.name} never settled`);
    else if (watched.settled.moment.at > at + 1) found.push(`f. ${watched.name} settled ${watched.settled.moment.at - at} ms too late`);
  };
  const began = endBegan(facts)?.moment;
  const startEnd = main.asked.at + deadlineMs + startTimeoutMs + stopTimeoutMs + deadlineMs;
  const budget = began === undefined ? undefined : budgetEnd(facts, began);
  const ownEnd = began === undefined || budget === undefined ? startEnd : reportEnd(facts, { ...began, at: budget });
  const end = ownEnd + (closesOf(facts).length > 0 ? 0 : journalMs(facts));
  settlesBy(ended, end);
  if (scenario.api === "withRecording" || facts.live === undefined) settlesBy(main, end);
  for (const watched of calls) {
    const close = watched.name === "close" ? closesOf(facts)[0] : undefined;
    settlesBy(
      watched,
      Math.max(
        watched.asked.at,
        close === undefined ? Math.max(end, watched.asked.at + deadlineMs) : close.moment.at + (close.deadlineMs ?? 0),
      ),
    );
    if (watched.name === "update" || watched.name === "second") {
      const isRefused = tells(watched.settled?.error, "RECORDING_ACTIVE") || tells(watched.settled?.error, "CLOSED");
      if (!isRefused) found.push(`f. ${watched.name} beside a live recording was not refused`);
    }
  }
  const [first] = closingReports(facts);
  if (first !== undefined && budget !== undefined && !isHeldUp(facts) && first.arrived.at > budget + 1) {
    found.push(`f. ${first.status} left ${first.arrived.at - budget} ms after the time to settle was over`);
  }
  if (listedAtEnd > 0) found.push("f. an ended recording is still listed");
  return found;
}

/** What the journal is told of the end may take as long as an attempt; a close bounds that, too. */
const journalMs = ({ journal, scenario }: Facts): number => (journal === undefined ? 0 : scenario.timing.attemptTimeoutMs);

/** i. recorder.stop once for each start, in its place, with what it needs to know. */
export function recorderStops(facts: Facts): string[] {
  const { recorder, works } = facts;
  const { started, stops, startSettled } = recorder;
  const found: string[] = [];
  if (started === undefined) return stops.length > 0 ? ["i. recorder.stop was called without a start"] : [];
  const [stop] = stops;
  if (stop === undefined) return ["i. recorder.stop was not called"];
  if (stops.length > 1) found.push(`i. recorder.stop was called ${stops.length} times`);
  if (!stop.hasSignal) found.push("i. recorder.stop got no signal");
  const end = endBegan(facts);
  if (end === undefined) return found;
  const began = end.moment;
  const { half, end: budget } = budgetOf(facts, began);
  if (stop.called.at > half + 1) found.push("i. recorder.stop was called later than at half the budget");
  // What must have settled before it; the body is not among it.
  const before: (number | undefined)[] = [];
  if (startSettled === undefined || startSettled.moment.seq > stop.called.seq) before.push(startSettled?.moment.at);
  let last = Math.max(began.at, startSettled?.moment.at ?? 0);
  let isSure = startSettled !== undefined;
  for (const work of works) {
    if (work.kind === "gate" || !wasLive(facts, work.asked)) continue;
    const settled = work.kind === "persist" ? work.settled?.moment : (work.sink.closed ?? failureOf(work));
    if (settled === undefined || settled.seq > stop.called.seq) before.push(settled?.at);
    last = Math.max(last, settled?.at ?? Number.POSITIVE_INFINITY);
    if (work.kind === "pipe" && work.sink.closed === undefined) isSure = false;
  }
  if (before.length > 0 && stop.called.at < half - 1)
    found.push("i. recorder.stop was called before start, persists and pipes had settled");
  if (isSure && before.length === 0 && stop.called.at > last + 1 && stop.called.at < half - 1)
    found.push("i. recorder.stop waited for something else");
  const isLate = stop.settled === undefined || stop.settled.moment.at > budget + 1;
  if (stop.hasSignal && isLate && Math.abs((stop.told?.at ?? 0) - budget) > 1)
    found.push("i. recorder.stop's signal was not aborted at the time-out");
  for (const work of works) {
    if (work.kind !== "persist" || work.began === undefined) continue;
    if (work.told !== undefined && work.told.at < budget - 1) found.push("i. a persist's signal was aborted before the time-out");
    const wasRunning = work.settled === undefined || work.settled.moment.at > budget + 1;
    if (wasRunning && work.told === undefined) found.push("i. a persist's signal was not aborted at the time-out");
  }
  return found;
}

/** j. Nothing is raised that nobody could handle. */
export const nothingRaised = ({ unhandled }: Facts): string[] => unhandled.map((error) => `j. an unhandled rejection: ${error}`);

/** k. withRecording settles with what its end was. */
export function rightSettlement(facts: Facts): string[] {
  const { scenario, main, body, ended, callError } = facts;
  const outcome = ended?.settled?.value as Outcome | undefined;
  if (scenario.api !== "withRecording" || main.settled === undefined || outcome === undefined) return [];
  const { failed, error, moment } = main.settled;
  const all = errorsIn(error);
  if (body === undefined) return failed ? [] : ["k. withRecording resolved though its body never ran"];
  const found: string[] = [];
  const expect = (what: string, isSaid: boolean) => {
    if (!failed || !isSaid) found.push(`k. withRecording does not tell ${what}, but ${failed ? (codeOf(error) ?? error) : "resolves"}`);
  };
  if ((ended?.settled?.moment.turn ?? 0) > moment.turn) found.push("k. withRecording settled before its recording had ended");
  if (new Set(all).size < all.length && Array.isArray((error as { errors?: unknown }).errors)) {
    const own = (error as { errors: unknown[] }).errors;
    if (new Set(own).size < own.length) found.push("k. the same error is told twice");
  }
  // What the journal could not take is told in the outcome alone: the recording went as it should.
  const own = ownErrors(outcome.error);
  if (own.length > 0)
    expect(
      "the outcome's error",
      own.every((one) => isTold(all, one)),
    );
  const settled = body.settled;
  if (settled === undefined || settled.moment.seq > moment.seq) {
    expect("that the body still runs (RECORDER_FAILED)", tells(error, "RECORDER_FAILED"));
    return found;
  }
  const kind = endBegan(facts)?.kind;
  const isReplaced = outcome.reason === "callEnded" && kind !== "callEnded";
  if (settled.failed && body.obeyed === undefined) expect("what the body threw", isTold(all, settled.error));
  else if (kind === "abort" && !isReplaced) expect("ABORTED", tells(error, "ABORTED"));
  else if (kind === "close" && !isReplaced) expect("CLOSED", tells(error, "CLOSED"));
  else if (kind === "fail") expect("the error of fail()", all.includes(callError));
  else if (kind === "library") expect("why it ended", failed);
  else if (settled.failed && own.length === 0) expect("what the body rejected with", isTold(all, settled.error));
  else if (!settled.failed && own.length === 0 && !isReplaced && (failed || main.settled.value !== bodyValue)) {
    found.push(`k. withRecording does not resolve with the body's value, but with ${error}`);
  }
  return found;
}

/** The error, or all of those that make it up, without the journal's. */
function ownErrors(error: unknown): readonly unknown[] {
  const { errors } = (error ?? {}) as { errors?: unknown };
  const all = error === undefined ? [] : Array.isArray(errors) ? errors : [error];
  return all.filter((one) => codeOf(one) !== "JOURNAL");
}
