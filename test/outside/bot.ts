// One life of a recording: a bot on the library and the scripted Graph, and everything that was seen of it from outside.
import { type BodyFacts, type BodySpec, runBody } from "./body.ts";
import { call, createOutsideClock, type Moment, type OutsideClock, type Watched } from "./clock.ts";
import { createOutsideGraph, type OutsideGraph, type Plan } from "./graph.ts";
import { createOutsideJournal, type JournalFacts, type JournalSpec } from "./journal.ts";
import type { CreateClient, LiveRecording, Permit } from "./library.ts";
import { createRecorder, type RecorderFacts, type StartSpec, type StopSpec } from "./recorder.ts";
import type { UnhandledWatch } from "./unhandled.ts";
import { beginWork, type WorkFacts, type WorkSpec } from "./works.ts";

export type Act = {
  readonly afterMs: number;
  readonly act: "stop" | "fail" | "abort" | "callEnded" | "callGone" | "callTold" | "close" | "update" | "second" | "early";
  /** The deadline of a `close`. */
  readonly deadlineMs: number;
};

export type Scenario = {
  readonly api: "withRecording" | "startRecording";
  readonly timing: {
    readonly startTimeoutMs: number;
    readonly stopTimeoutMs: number;
    readonly deadlineMs: number;
    readonly attemptTimeoutMs: number;
  };
  readonly plan: Plan;
  readonly recorder: { readonly start: StartSpec; readonly stop: StopSpec } | undefined;
  readonly body: BodySpec;
  readonly works: readonly WorkSpec[];
  readonly acts: readonly Act[];
  /** What the journal does; undefined without one. */
  readonly journal?: JournalSpec | undefined;
};

export type EndKind = "stop" | "fail" | "abort" | "callEnded" | "close" | "bodyReturned" | "bodyThrew";
export type End = { readonly kind: EndKind; readonly moment: Moment; readonly deadlineMs?: number };

export type Facts = {
  readonly scenario: Scenario;
  readonly graph: OutsideGraph;
  readonly recorder: RecorderFacts;
  readonly journal?: JournalFacts | undefined;
  body?: BodyFacts;
  readonly works: WorkFacts[];
  readonly ends: End[];
  /** startRecording or withRecording. */
  readonly main: Watched;
  ended?: Watched;
  /** Calls that end a recording, and those that must be refused. */
  readonly calls: Watched[];
  /** The permit was handed over; its signal was aborted. */
  live?: Moment;
  revoked?: Moment;
  /** What was wrong at the moment at which it was looked at. */
  readonly seen: string[];
  /** `stop` once more, after an end that reported nothing, and the reports that had arrived before it. */
  again?: { readonly call: Watched; readonly reportsBefore: number; readonly refusal: "closed" | "gone" | undefined };
  unhandled: unknown[];
  inEffectAtEnd: string;
  listedAtEnd: number;
  readonly callError: Error;
};

export const callId = "57dab8b1-894c-409a-b240-bd8beae78896";

/** Longer than anything that is late in a scenario. */
const afterlifeMs = 30_000;

export async function runBot(createClient: CreateClient, scenario: Scenario, unhandled: UnhandledWatch): Promise<Facts> {
  const clock = createOutsideClock();
  const graph = createOutsideGraph(clock, scenario.plan);
  const { timing } = scenario;
  const { baseUrl, credential, fetch } = graph;
  const journal = scenario.journal && createOutsideJournal(clock, scenario.journal);
  const client = createClient(
    {
      baseUrl,
      credential,
      fetch,
      attemptTimeoutMs: timing.attemptTimeoutMs,
      retry: { limit: 2 },
      ...(journal && { journal: journal.journal }),
    },
    clock.runtime,
  );
  const abort = new AbortController();
  const callError = new Error("failed by the caller");
  let handle: LiveRecording | undefined;
  let ended: Watched | undefined;
  const works: WorkFacts[] = [];
  const ends: End[] = [];
  const noteEnd = (kind: EndKind, deadlineMs?: number) => {
    ends.push({ kind, moment: clock.mark(), ...(deadlineMs === undefined ? {} : { deadlineMs }) });
  };
  const waitForOwnEnd = async () => {
    if (ended?.settled !== undefined) return;
    if (ends.length === 0) noteEnd("stop");
    await handle?.stop();
  };
  const recorder = scenario.recorder && createRecorder(clock, scenario.recorder, waitForOwnEnd);
  const options = {
    ...(recorder && { recorder: recorder.recorder }),
    signal: abort.signal,
    deadlineMs: timing.deadlineMs,
    startTimeoutMs: timing.startTimeoutMs,
    stopTimeoutMs: timing.stopTimeoutMs,
  };
  const later: { permit?: Permit; body?: BodyFacts; live?: Moment; revoked?: Moment } = {};
  const seen: string[] = [];
  let isClosing = false;

  const onLive = (permit: Permit) => {
    later.permit = permit;
    later.live = clock.mark();
    if (permit.signal.aborted) later.revoked = clock.mark();
    permit.signal.addEventListener("abort", () => {
      later.revoked ??= clock.mark();
    });
  };
  const beginWorks = (permit: Permit) =>
    Promise.all(scenario.works.map((spec, index) => beginLater(clock, permit, spec, `w${index}`, works)));
  const body = (permit: Permit) => {
    onLive(permit);
    const onSettled = ({ failed }: { failed: boolean }) => noteEnd(failed ? "bodyThrew" : "bodyReturned");
    const made = runBody({ clock, spec: scenario.body, permit, beginWorks: () => beginWorks(permit), waitForOwnEnd, onSettled });
    later.body = made.facts;
    return made.run;
  };
  const start = async () => {
    const recording = await client.startRecording(callId, options);
    onLive(recording);
    void beginWorks(recording);
    return recording;
  };
  graph.webhook = {
    post: (payload) => client.notifications.handle(payload),
    isWaiting: () => ends.length === 0 && main.settled === undefined && !isClosing,
  };
  const main = call(clock, scenario.api, () => (scenario.api === "withRecording" ? client.withRecording(callId, options, body) : start()));
  handle = client.recordings[0];
  ended = handle && call(clock, "ended", () => (handle as LiveRecording).ended);

  const calls: Watched[] = [];
  const isOver = () => handle === undefined || ended?.settled !== undefined;
  /** Ends the recording, and looks at once whether the permit is gone. */
  const end = (kind: EndKind, run: () => unknown, deadlineMs?: number) => {
    if (isOver()) return;
    noteEnd(kind, deadlineMs);
    const made = run();
    if (made instanceof Promise) calls.push(call(clock, kind, () => made));
    if (later.permit !== undefined) seen.push(...lookAtPermit(clock, later.permit, kind, calls));
  };
  const close = (deadlineMs: number) => {
    isClosing = true;
    if (!isOver()) return end("close", () => client.close({ deadlineMs }), deadlineMs);
    calls.push(call(clock, "close", () => client.close({ deadlineMs })));
  };
  const acts: { readonly [A in Act["act"]]: (act: Act) => void } = {
    stop: () => end("stop", () => handle?.stop()),
    fail: () => end("fail", () => handle?.fail(callError)),
    abort: () => end("abort", () => abort.abort(new Error("aborted by the caller"))),
    callEnded: () => end("callEnded", () => handle?.callEnded()),
    callGone: () => graph.endCall(),
    callTold: () => end("callEnded", () => graph.tellCallEnded(callId)),
    early: () =>
      void (
        handle !== undefined &&
        main.settled === undefined &&
        !later.live &&
        seen.push(...lookAtPermit(clock, handle, "a look too early", calls))
      ),
    close: ({ deadlineMs }) => close(deadlineMs),
    update: () =>
      void (isOver() || calls.push(call(clock, "update", () => client.updateRecordingStatus(callId, { status: "notRecording" })))),
    second: () => void (isOver() || calls.push(call(clock, "second", () => client.startRecording(callId, options)))),
  };
  for (const act of scenario.acts) {
    await clock.advance(act.afterMs);
    handle ??= client.recordings[0];
    ended ??= handle && call(clock, "ended", () => (handle as LiveRecording).ended);
    acts[act.act](act);
  }
  const bodyMs = scenario.api === "withRecording" ? scenario.body.afterMs : 0;
  await clock.advance(timing.deadlineMs + bodyMs + timing.startTimeoutMs);
  acts.stop({ afterMs: 0, act: "stop", deadlineMs: 0 });
  await clock.advance(timing.deadlineMs + timing.stopTimeoutMs + afterlifeMs);

  const facts: Facts = {
    ...{ scenario, graph, recorder: recorder?.facts ?? { stops: [] }, works, ends, main, calls, seen, callError },
    ...later,
    journal: journal?.facts,
    ...(ended && { ended }),
    unhandled: unhandled.take(),
    inEffectAtEnd: graph.inEffect,
    listedAtEnd: client.recordings.length,
  };
  if (handle !== undefined && isUnreported(facts)) {
    const isGone = graph.reports.some(({ fate }) => fate === "gone");
    const refusal = calls.some(({ name }) => name === "close") ? "closed" : isGone ? "gone" : undefined;
    const reportsBefore = graph.reports.length;
    const recording = handle;
    facts.again = { call: call(clock, "stop again", () => recording.stop()), reportsBefore, refusal };
    // The journal is told of a failure, too.
    await clock.advance(timing.deadlineMs + (journal === undefined ? 0 : timing.attemptTimeoutMs) + 1);
  }
  return facts;
}

/** It ended with a closing status to send, and none was accepted. */
function isUnreported({ ended, graph, ends }: Facts): boolean {
  const outcome = ended?.settled?.value as { reported?: unknown } | undefined;
  const hasTried = graph.reports.some(({ status }) => status !== "recording");
  return outcome !== undefined && outcome.reported === undefined && hasTried && !ends.some(({ kind }) => kind === "callEnded");
}

async function beginLater(clock: OutsideClock, permit: Permit, spec: WorkSpec, name: string, works: WorkFacts[]): Promise<void> {
  await clock.sleep(spec.afterMs);
  if (spec.kind === "gate" && permit.signal.aborted) return;
  const { facts, done } = beginWork(clock, permit, spec, name);
  works.push(facts);
  await done;
}

function lookAtPermit(clock: OutsideClock, permit: Permit, kind: string, calls: Watched[]): string[] {
  const found: string[] = [];
  try {
    permit.assertRecording();
    found.push(`d. assertRecording does not throw at ${kind}`);
  } catch {
    // As it must be.
  }
  if (!permit.signal.aborted && kind !== "a look too early") found.push(`d. the permit's signal is not aborted at ${kind}`);
  const work = () => void found.push(`d. persist began work at ${kind}`);
  calls.push(call(clock, "late persist", () => permit.persist(work)));
  return found;
}
