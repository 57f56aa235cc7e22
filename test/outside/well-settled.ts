// What had not settled, or not well, at a moment: by what bodies, recorders, works and sinks said themselves.
import type { Facts } from "./bot.ts";
import type { Moment, Settled } from "./clock.ts";
import { endBegan, failureOf, slowestMs, wasLive } from "./moments.ts";
import type { GateFacts, PipeFacts } from "./works.ts";

const isBy = (settled: Settled | undefined, moment: Moment) => settled !== undefined && settled.moment.seq < moment.seq;

/** What still ran, and cannot be cut off. */
export function notSettled({ body, recorder, works }: Facts, at: Moment): string[] {
  const found: string[] = [];
  if (body !== undefined && !isBy(body.settled, at)) found.push("the body had not settled");
  if (recorder.started !== undefined && recorder.started.seq < at.seq) {
    if (!isBy(recorder.startSettled, at)) found.push("recorder.start had not settled");
    if (!recorder.stops.some(({ settled }) => isBy(settled, at))) found.push("recorder.stop had not settled");
  }
  for (const work of works) {
    if (work.kind === "persist" && work.began !== undefined && !isBy(work.settled, at)) found.push("a persist had not settled");
  }
  return found;
}

/** What had not settled well: then `failed` is the truth, and `notRecording` is not. */
export function notWell(facts: Facts, at: Moment): string[] {
  const { body, recorder, works } = facts;
  const found = notSettled(facts, at);
  const began = endBegan(facts)?.moment;
  const since = facts.revoked ?? began;
  const failedAfter = (settled: Settled | undefined) =>
    settled?.failed === true && isBy(settled, at) && since !== undefined && settled.moment.seq > since.seq;
  if (body?.settled?.failed && isBy(body.settled, at) && body.obeyed === undefined) found.push("the body had thrown");
  const { startSettled, persistsFrom, persistedUntil, stops } = recorder;
  if (startSettled?.failed && isBy(startSettled, at) && !hasObeyed(facts)) found.push("recorder.start had failed");
  const [stop] = stops;
  if (startSettled?.failed === false && isBy(startSettled, at) && stop !== undefined && stop.called.seq < startSettled.moment.seq)
    found.push("recorder.start had resolved after recorder.stop was called, so nobody stopped it");
  if (stops.some(({ settled }) => settled?.failed && isBy(settled, at))) found.push("recorder.stop had failed");
  if (persistsFrom !== undefined && persistsFrom.seq < at.seq && !(persistedUntil !== undefined && persistedUntil.seq < at.seq)) {
    found.push("the recorder was persisting");
  }
  for (const work of works) {
    if (work.kind === "persist" && work.began !== undefined && failedAfter(work.settled))
      found.push("a persist had failed after the end began");
    if (work.kind === "pipe" && wasLive(facts, work.asked)) found.push(...pipeNotWell(work, at, began));
    if (work.kind === "gate") found.push(...gateNotDrained(facts, work, at));
  }
  return found;
}

/** A start that obeyed its signal rejects with the reason, or with an error that says so. */
function hasObeyed({ scenario, recorder }: Facts): boolean {
  return scenario.recorder?.start.does === "obeys" && recorder.startSettled?.failed === true;
}

function pipeNotWell(pipe: PipeFacts, at: Moment, began: Moment | undefined): string[] {
  const found: string[] = [];
  const { closed, failed } = pipe.sink;
  if (closed === undefined || closed.seq > at.seq) found.push("a pipe's sink was not closed");
  if (failed !== undefined && failed.seq < at.seq) found.push("a pipe's sink had failed");
  if (pipe.transforms.some((transform) => transform.failed !== undefined && transform.failed.seq < at.seq)) {
    found.push("a pipe's transform had failed");
  }
  const failure = failureOf(pipe);
  // A source that fails in the last moment may be cut off by the end before its failure is heard.
  if (failure === pipe.source.failed && failure !== undefined && began !== undefined && failure.at + slowestMs(pipe) < began.at) {
    found.push("a pipe's source had failed while live");
  }
  return found;
}

/** What was offered while live is either refused or read. */
function gateNotDrained(facts: Facts, gate: GateFacts, at: Moment): string[] {
  const open = gate.writes.filter(({ text, moment, answer }) => {
    if (!wasLive(facts, moment)) return false;
    const isRefused = answer.settled?.failed === true && isBy(answer.settled, at);
    return !isRefused && !gate.reads.some((read) => read.text === text && read.moment.seq < at.seq);
  });
  return open.length > 0 ? ["a gate was not drained"] : [];
}
