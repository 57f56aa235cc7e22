// One random life of a recording: what the caller, the recorder, the sinks and Graph do, and what must be true of it.
import fc from "fast-check";
import type * as Library from "teams-recording-status";
import type { Recording } from "teams-recording-status";
import { createFakeClock, createFakeGraph, type FakeStep, findOrderViolations } from "teams-recording-status/testing";

type Hook = { readonly kind: "ok" | "rejects" | "throws" | "hangs" | "obeys"; readonly delayMs: number };
type Act = {
  readonly afterMs: number;
  readonly act: "stop" | "fail" | "abort" | "callEnded" | "callGone" | "close" | "update" | "second" | "offer";
};

export type Scenario = {
  readonly plan: readonly FakeStep[];
  readonly start: Hook;
  readonly stop: Hook;
  readonly acts: readonly Act[];
  readonly sinkDelayMs: number;
  readonly retryLimit: number;
  readonly deadlineMs: number;
};

const ms = (max: number) => fc.integer({ min: 0, max });
const hook: fc.Arbitrary<Hook> = fc.record({
  kind: fc.constantFrom("ok", "ok", "ok", "rejects", "throws", "hangs", "obeys"),
  delayMs: ms(1_500),
});
const step: fc.Arbitrary<FakeStep> = fc.oneof(
  fc.constant({}),
  fc.record({ delayMs: ms(3_000) }),
  fc.record({ status: fc.constantFrom(400, 403, 404, 429, 500, 503) }),
  fc.record({
    status: fc.constant(429),
    headers: fc.constantFrom({ "retry-after": "1" }, { "retry-after": "9" }, { "retry-after": "900" }),
  }),
  fc.record({ lose: fc.constantFrom("request", "answer") }),
  fc.record({ silent: fc.constantFrom("request", "answer") }),
  fc.record({ operation: fc.constantFrom("failed", "Completed", "Paused", null) }),
  fc.record({
    operation: fc.constantFrom("running", "notStarted", null),
    becomes: fc.constantFrom("completed", "failed"),
    becomesAfterMs: ms(8_000),
  }),
) as fc.Arbitrary<FakeStep>;
const act: fc.Arbitrary<Act> = fc.record({
  afterMs: ms(2_000),
  act: fc.constantFrom("stop", "stop", "fail", "abort", "callEnded", "callGone", "close", "update", "second", "offer", "offer", "offer"),
});

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  plan: fc.array(step, { maxLength: 5 }),
  start: hook,
  stop: hook,
  acts: fc.array(act, { maxLength: 10 }),
  sinkDelayMs: ms(800),
  retryLimit: fc.constantFrom(0, 1, 3),
  deadlineMs: fc.constantFrom(5_000, 20_000),
});

const callId = "call";
const startTimeoutMs = 1_000;
const stopTimeoutMs = 1_000;

/** Runs the scenario on a library (the real one, or one with a bug) and says what was wrong; empty when all is well. */
export async function findFaults(
  { createRecordingClient }: Pick<typeof Library, "createRecordingClient">,
  scenario: Scenario,
): Promise<string[]> {
  const clock = createFakeClock();
  const fake = createFakeGraph({ clock });
  const { note } = fake;
  fake.addCall(callId);
  fake.script(scenario.plan);
  const abort = new AbortController();
  const { baseUrl, credential, fetch } = fake;
  const graph = createRecordingClient(
    { baseUrl, credential, fetch, retry: { limit: scenario.retryLimit }, deadlineMs: scenario.deadlineMs },
    clock,
  );
  const faults: string[] = [];
  const toSettle: { name: string; done: boolean; error?: unknown }[] = [];
  const watch = <T>(name: string, promise: Promise<T>) => {
    const seen: (typeof toSettle)[number] & { value?: T } = { name, done: false };
    toSettle.push(seen);
    promise.then(
      (value) => Object.assign(seen, { done: true, value }),
      (error) => Object.assign(seen, { done: true, error }),
    );
    return seen;
  };
  const delay = (delayMs: number) => new Promise<void>((resolve) => void clock.schedule(resolve, delayMs));
  const behave = async ({ kind, delayMs }: Hook, signal?: AbortSignal) => {
    if (kind === "throws") throw new Error("thrown by the recorder");
    if (kind === "hangs") await new Promise(() => {});
    if (kind === "obeys" && signal) await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    await delay(delayMs);
    if (kind === "rejects") throw new Error("rejected by the recorder");
  };

  let writer: WritableStreamDefaultWriter<string> | undefined;
  let pumped: Promise<void> = Promise.resolve();
  let chunks = 0;
  const persist = async (chunk: string) => {
    note({ type: "persisted", callId, chunk });
    await delay(scenario.sinkDelayMs);
  };
  /** One gate with a pipeline of the caller's, which recorder.stop waits for, and one pipe. */
  const openSinks = (recording: Recording) => {
    const { readable, writable } = recording.gate<string>();
    writer = writable.getWriter();
    writer.closed.catch(() => {});
    pumped = readable.pipeTo(new WritableStream({ write: persist })).catch(() => {});
    let pulls = 0;
    const source = new ReadableStream<string>(
      {
        pull: (controller) => {
          if (pulls++ > 20) return new Promise(() => {});
          const chunk = `pipe-${pulls}`;
          note({ type: "offered", callId, chunk });
          controller.enqueue(chunk);
          return delay(50);
        },
      },
      { highWaterMark: 0 },
    );
    recording.pipe(source, new WritableStream({ write: persist })).catch(() => {});
  };
  const recorder = {
    start: async ({ signal }: { signal: AbortSignal }) => {
      note({ type: "recorderStart", callId });
      await behave(scenario.start, signal);
    },
    stop: async () => {
      note({ type: "recorderStop", callId });
      await behave(scenario.stop);
      await pumped;
      note({ type: "recorderStopped", callId });
    },
  };

  const started = watch("startRecording", graph.startRecording(callId, { recorder, signal: abort.signal, startTimeoutMs, stopTimeoutMs }));
  const handle = () => started.value ?? graph.recordings[0];
  let ended = false;
  const bounds = scenario.deadlineMs * 2 + startTimeoutMs + stopTimeoutMs * 3 + 20_000;
  const onLive = () => {
    if (started.value === undefined || writer !== undefined || ended) return;
    openSinks(started.value);
  };
  const end = (type: "stopBegan" | "callEnded", run: (recording: Recording) => unknown) => {
    const recording = handle();
    if (recording === undefined || recording.state === "ended") return;
    note({ type, callId });
    ended = true;
    const result = run(recording);
    if (result instanceof Promise) watch("end", result);
    try {
      recording.assertRecording();
      faults.push("the permit holds after the end began");
    } catch {
      // As it must be.
    }
  };
  const acts: { readonly [A in Act["act"]]: () => void } = {
    stop: () => end("stopBegan", (recording) => recording.stop()),
    fail: () => end("stopBegan", (recording) => recording.fail(new Error("failed by the caller"))),
    callEnded: () => end("callEnded", (recording) => recording.callEnded()),
    abort: () => end("stopBegan", () => abort.abort(new Error("aborted by the caller"))),
    callGone: () => fake.endCall(callId),
    close: () => end("stopBegan", () => graph.close()),
    update: () => watch("update", graph.updateRecordingStatus(callId, { status: "notRecording" })),
    second: () =>
      watch(
        "second",
        graph.startRecording(callId, { recorder: { start: () => void faults.push("a second recorder started"), stop: () => {} } }),
      ),
    offer: () => {
      if (writer === undefined) return;
      const chunk = `offer-${++chunks}`;
      note({ type: "offered", callId, chunk });
      writer.write(chunk).catch(() => {});
    },
  };
  for (const { afterMs, act: name } of scenario.acts) {
    for (let passed = 0; passed < afterMs; passed += 100) {
      await clock.advance(Math.min(100, afterMs - passed));
      onLive();
    }
    // Reports beside the recording are refused while it is live; they would only blur the trace when it is not.
    if ((name !== "update" && name !== "second") || (handle() !== undefined && handle()?.state !== "ended")) acts[name]();
  }
  await clock.advance(scenario.deadlineMs);
  onLive();
  acts.stop();
  await clock.advance(bounds);
  return [...faults, ...(await judge())];

  async function judge(): Promise<string[]> {
    const found: string[] = [];
    for (const { name, done, error } of toSettle) {
      if (!done) found.push(`${name} did not settle within its bounds`);
      if ((name === "update" || name === "second") && !["RECORDING_ACTIVE", "CLOSED"].includes(String((error as { code?: string })?.code)))
        found.push(`${name} was not refused: ${error}`);
    }
    const outcome = await started.value?.ended;
    note({ type: "settled", callId });
    const left = fake.statusOf(callId) === "recording" && !fake.history.some(({ type }) => type === "callGone" || type === "callEnded");
    if (left && started.error === undefined && outcome?.error === undefined) found.push("the call is left recording and nobody was told");
    if (outcome !== undefined && outcome.reported === undefined && outcome.reason !== "callEnded" && outcome.error === undefined) {
      found.push("no end was reported and nobody was told");
    }
    if (graph.recordings.length > 0) found.push("a recording is still listed as live");
    if (clock.pending > 0 && !fake.history.some(({ type }) => type === "recorderStart")) found.push(`${clock.pending} timers are left`);
    const recorderFailed = scenario.start.kind !== "ok" || scenario.stop.kind !== "ok" || scenario.start.delayMs >= startTimeoutMs;
    const calm = scenario.plan.length === 0 && !recorderFailed && scenario.stop.delayMs + scenario.sinkDelayMs * 2 < stopTimeoutMs - 100;
    if (
      calm &&
      outcome?.reason === "stopped" &&
      outcome.reported !== "notRecording" &&
      !scenario.acts.some(({ act: name }) => name === "fail" || name === "callGone" || name === "callEnded" || name === "close")
    ) {
      found.push(`a calm recording ended with ${outcome.reported}: ${outcome.error}`);
    }
    const stopFailed = scenario.stop.kind === "rejects" || scenario.stop.kind === "throws" || scenario.stop.kind === "hangs";
    if (stopFailed && fake.history.some(({ type }) => type === "recorderStop")) {
      if (outcome !== undefined && outcome.error === undefined) found.push("the recorder failed to stop and nobody was told");
      const last = fake.history.findLast(({ type }) => type === "report") as { status?: string } | undefined;
      if (last?.status === "notRecording") found.push("notRecording was reported although the recorder failed to stop");
    }
    return [...found, ...findOrderViolations(fake.history)];
  }
}
