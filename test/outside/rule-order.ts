// Rules a to d: nothing before the success, everything ended before the report, nothing after it, nothing new once the end began.
import type { Facts } from "./bot.ts";
import type { Moment } from "./clock.ts";
import { codeOf, type Outcome, tells } from "./library.ts";
import { closingReports, confirmed, letThrough, wasEnding, wasLive } from "./moments.ts";
import { contentOf } from "./sinks.ts";
import { notSettled, notWell } from "./well-settled.ts";
import type { GateFacts, PipeFacts } from "./works.ts";

/** Everything by which something is persisted, in order. */
function persisting({ recorder, body, works }: Facts): { readonly what: string; readonly moment: Moment }[] {
  const found: { what: string; moment: Moment | undefined }[] = [
    { what: "recorder.start", moment: recorder.started },
    { what: "the body", moment: body?.began },
    ...(body?.writes ?? []).map((moment) => ({ what: "a write of the body", moment })),
  ];
  for (const work of works) {
    if (work.kind === "persist") found.push({ what: "a persist", moment: work.began });
    if (work.kind === "pipe") found.push(...work.sink.writes.map(({ moment }) => ({ what: "a chunk in a sink", moment })));
    if (work.kind === "gate") found.push(...work.reads.map(({ moment }) => ({ what: "a chunk out of a gate", moment })));
  }
  return found.flatMap(({ what, moment }) => (moment === undefined ? [] : [{ what, moment }]));
}

/** a. Nothing before Graph has answered `recording` with a final completed. */
export function nothingEarly(facts: Facts): string[] {
  const since = confirmed(facts)?.seq ?? Number.POSITIVE_INFINITY;
  return persisting(facts).flatMap(({ what, moment }) => (moment.seq < since ? [`a. ${what} came before Graph had confirmed`] : []));
}

/** b. When `notRecording` arrives everything has ended, well, and nothing of it comes after. */
export function endedBeforeReport(facts: Facts): string[] {
  const found: string[] = [];
  for (const { status, arrived } of closingReports(facts)) {
    if (status !== "notRecording") continue;
    found.push(...notWell(facts, arrived).map((why) => `b. notRecording arrived though ${why}`));
    for (const work of facts.works) if (work.kind === "pipe") found.push(...incomplete(work, arrived));
    const after = persisting(facts).filter(({ moment }) => moment.seq > arrived.seq);
    found.push(...after.map(({ what }) => `b. ${what} came after notRecording had arrived`));
    break;
  }
  return found;
}

/** What a closed sink holds must be all that was let through, with what the transforms add at their end. */
function incomplete(pipe: PipeFacts, arrived: Moment): string[] {
  if (pipe.sink.closed === undefined || pipe.sink.closed.seq > arrived.seq) return [];
  const holds = contentOf(pipe.sink, arrived.seq);
  const chunks = letThrough(pipe).map(({ text }) => text);
  const expected = [...chunks, ...pipe.transforms.map(({ trailer }) => trailer)].join("");
  const offered = pipe.source.offered.map(({ text }) => text).join("");
  if (!offered.startsWith(chunks.join(""))) return [`b. a pipe lost or mixed chunks: ${chunks.join("")} of ${offered}`];
  return holds === expected ? [] : [`b. a sink held ${holds.length} of ${expected.length} bytes when notRecording arrived`];
}

/** c. After a closing report nothing more reaches a sink of a pipe; what cannot be cut off is told. */
export function nothingAfterReport(facts: Facts): string[] {
  const [first] = closingReports(facts);
  if (first === undefined) return [];
  const { arrived, status } = first;
  const found: string[] = [];
  for (const work of facts.works) {
    if (work.kind !== "pipe" || !wasLive(facts, work.asked)) continue;
    const late = work.sink.writes.filter(({ moment }) => moment.seq > arrived.seq).length;
    if (late > 0) found.push(`c. ${late} chunks reached a sink after ${status} had arrived`);
    const { closed, finished, cutOff, failed } = work.sink;
    const isOver = [closed, finished, cutOff, failed].some((moment) => moment !== undefined && moment.seq < arrived.seq);
    if (!isOver) found.push(`c. a sink was neither closed nor aborted when ${status} arrived`);
  }
  const running = notSettled(facts, arrived);
  const outcome = facts.ended?.settled?.value as Outcome | undefined;
  if (running.length > 0 && outcome !== undefined && !tells(outcome.error, "RECORDER_FAILED")) {
    found.push(`c. nobody was told that something may still run: ${running.join(", ")}`);
  }
  return found;
}

/** d. Once the end has begun, no new chunk is let through, no work begins, and who asks is told NOT_PERMITTED. */
export function nothingNew(facts: Facts): string[] {
  const found = [...facts.seen];
  for (const work of facts.works) {
    if (work.kind === "pipe") found.push(...newChunks(facts, work));
    if (work.kind === "gate") found.push(...newReads(facts, work));
    if (work.kind === "persist" && work.began !== undefined && wasEnding(facts, work.began)) found.push("d. a persist began after the end");
    if (work.kind === "persist" && work.began === undefined && wasLive(facts, work.asked))
      found.push("d. a persist was refused while live");
    if (work.kind === "gate" || !wasEnding(facts, work.asked) || work.answer === undefined) continue;
    const { settled } = work.answer;
    if (codeOf(settled?.error) !== "NOT_PERMITTED") found.push(`d. a ${work.kind} after the end was answered with ${settled?.error}`);
  }
  for (const { name, settled } of facts.calls) {
    if (name === "late persist" && codeOf(settled?.error) !== "NOT_PERMITTED")
      found.push(`d. a late persist was answered with ${settled?.error}`);
  }
  const { recorder, ends, revoked, live } = facts;
  if (recorder.started !== undefined && wasEnding(facts, recorder.started)) found.push("d. recorder.start was called after the end");
  const [end] = ends;
  if (live !== undefined && end !== undefined && (revoked === undefined || revoked.turn > Math.max(end.moment.turn, live.turn) + 1)) {
    found.push("d. the permit's signal was not aborted when the end began");
  }
  return found;
}

function newChunks(facts: Facts, pipe: PipeFacts): string[] {
  const late = new Set(pipe.source.offered.filter(({ moment }) => wasEnding(facts, moment)).map(({ text }) => text));
  const passed = letThrough(pipe).filter(({ text }) => late.has(text)).length;
  return passed > 0 ? [`d. ${passed} chunks that were offered after the end were let through`] : [];
}

function newReads(facts: Facts, gate: GateFacts): string[] {
  const found: string[] = [];
  for (const { text, moment, answer } of gate.writes) {
    if (!wasEnding(facts, moment)) continue;
    if (gate.reads.some((read) => read.text === text)) found.push("d. a gate let a chunk through that was offered after the end");
    if (codeOf(answer.settled?.error) !== "NOT_PERMITTED")
      found.push(`d. a late write to a gate was answered with ${answer.settled?.error}`);
  }
  return found;
}
