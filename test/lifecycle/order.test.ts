// The compliant order on every path: who may persist when, and what is reported at the end.
import { describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

const whole = ["recording", "recorderStart", "recorderStop", "recorderStopped", "notRecording"];
const failedAtEnd = [...whole.slice(0, -1), "failed"];

describe("the normal order", () => {
  test("report, confirm, start; stop, report", async () => {
    const { live, clock, graph, steps, stops } = createHarness();
    const recording = await live({ clientContext: "mine" });
    expect([recording.state, recording.operation?.clientContext, recording.signal.aborted]).toEqual(["recording", "mine", false]);
    expect(graph.recordings).toEqual([recording]);
    expect(() => recording.assertRecording()).not.toThrow();
    const stopped = outcome(recording.stop());
    expect([recording.state, recording.signal.aborted]).toEqual(["stopping", true]);
    expect(() => recording.assertRecording()).toThrow(expect.objectContaining({ code: "NOT_PERMITTED" }));
    await clock.advance(0);
    expect(stopped.value).toEqual({ callId, reason: "stopped", reported: "notRecording", error: undefined });
    expect([recording.state, graph.recordings.length, stops]).toEqual(["ended", 0, ["stopped"]]);
    expect(steps()).toEqual(whole);
    expect(clock.pending).toBe(0);
  });

  test("a report that is pending is waited for; the recorder starts only after its final completed", async () => {
    const { begin, clock, fake, steps } = createHarness();
    fake.script({ operation: "running", becomes: "completed", becomesAfterMs: 3_000 });
    const started = begin();
    await clock.advance(2_999);
    expect([started.done, steps()]).toEqual([false, ["recording"]]);
    await clock.advance(5_000);
    expect(started.value?.state).toBe("recording");
  });

  test("the end is reported only when recorder.stop has settled", async () => {
    const gate = Promise.withResolvers<void>();
    const { live, clock, reports } = createHarness();
    const recording = await live({ hooks: { stop: () => gate.promise } });
    const stopped = outcome(recording.stop());
    await clock.advance(9_999);
    expect([stopped.done, reports()]).toEqual([false, ["recording"]]);
    gate.resolve();
    await clock.advance(0);
    expect(reports()).toEqual(["recording", "notRecording"]);
  });

  test("fail reports failed, and keeps the error in the outcome", async () => {
    const { live, clock, steps, stops } = createHarness();
    const recording = await live();
    const why = new Error("disk full");
    const failed = outcome(recording.fail(why));
    await clock.advance(0);
    expect(failed.value).toEqual({ callId, reason: "failed", reported: "failed", error: why });
    expect([steps(), stops]).toEqual([failedAtEnd, ["failed"]]);
  });

  test("await using stops it", async () => {
    const { graph, recorder, clock, steps } = createHarness();
    const done = outcome(
      (async () => {
        await using recording = await graph.startRecording(callId, { recorder: recorder() });
        recording.assertRecording();
      })(),
    );
    await clock.advance(0);
    expect([done.done, done.error, steps()]).toEqual([true, undefined, whole]);
  });
});

describe("the report that it begins does not succeed", () => {
  test.each([
    ["a refusal", { status: 403, code: "8506" }, "HTTP"],
    ["throttling beyond the deadline", { status: 429, headers: { "retry-after": "90" } }, "THROTTLED"],
    ["a failed operation", { operation: "failed" }, "OPERATION_FAILED"],
  ])("%s: rejects, starts nothing, reports nothing more", async (_, step, code) => {
    const { begin, clock, fake, graph, steps } = createHarness();
    fake.script(step);
    const started = begin();
    await clock.advance(100_000);
    expect(started.error?.code).toBe(code);
    expect([steps(), graph.recordings.length]).toEqual([["recording"], 0]);
  });

  test.each([
    ["a lost answer", { lose: "answer" as const }, "NETWORK"],
    ["silence", { silent: "answer" as const }, "TIMEOUT"],
    ["a server error", { status: 507 }, "HTTP"],
    ["a pending operation", { operation: "running" }, "OUTCOME_UNKNOWN"],
    ["an operation whose status nobody knows", { operation: "Hovering" }, "OUTCOME_UNKNOWN"],
  ])("%s: it may be in effect, so failed is reported", async (_, step, code) => {
    const { begin, clock, fake, steps } = createHarness({ retry: { limit: 0 } });
    fake.script(step);
    const started = begin();
    await clock.advance(100_000);
    expect([started.error?.code, steps()]).toEqual([code, ["recording", "failed"]]);
  });

  test("a pending operation that fails is a refusal", async () => {
    const { begin, clock, fake, steps } = createHarness();
    fake.script({ operation: "running", becomes: "failed" });
    const started = begin();
    await clock.advance(10_000);
    expect([started.error?.code, steps()]).toEqual(["OPERATION_FAILED", ["recording"]]);
  });

  test("a refusal after an attempt whose fate is unknown still leads to a closing status", async () => {
    const { begin, clock, fake, steps } = createHarness();
    fake.script([{ lose: "answer" }, { status: 403 }]);
    const started = begin();
    await clock.advance(10_000);
    expect([started.error?.code, steps()]).toEqual(["HTTP", ["recording", "recording", "failed"]]);
  });

  test("both errors come out when the closing report fails too", async () => {
    const { begin, clock, fake } = createHarness({ retry: { limit: 0 } });
    fake.script([{ lose: "answer" }, { status: 400 }]);
    const started = begin();
    await clock.advance(100_000);
    expect(started.error).toMatchObject({
      code: "SEVERAL_FAILURES",
      cause: { code: "NETWORK" },
      errors: [{ code: "NETWORK" }, { code: "HTTP", status: 400 }],
    });
  });
});

describe("the recorder fails", () => {
  test("to start: it is stopped, failed is reported, and RECORDER_FAILED comes out", async () => {
    const { begin, clock, steps, stops } = createHarness();
    const why = new Error("no codec");
    const started = begin({ hooks: { start: () => Promise.reject(why) } });
    await clock.advance(0);
    expect(started.error).toMatchObject({ code: "RECORDER_FAILED", cause: why, message: expect.stringContaining("no codec") });
    expect([steps(), stops]).toEqual([failedAtEnd, ["startFailed"]]);
  });

  test("to start in time: the same, once stopTimeoutMs is over, because it may still begin to persist", async () => {
    const { begin, clock, steps } = createHarness();
    let told: AbortSignal | undefined;
    const started = begin({
      startTimeoutMs: 500,
      stopTimeoutMs: 300,
      hooks: {
        start: ({ signal }) => {
          told = signal;
          return new Promise(() => {});
        },
      },
    });
    await clock.advance(500);
    expect([told?.aborted, steps()]).toEqual([true, ["recording", "recorderStart"]]);
    await clock.advance(300);
    expect([started.error?.code, steps()]).toEqual(["RECORDER_FAILED", failedAtEnd]);
  });

  test.each([
    ["fails", () => Promise.reject(new Error("stuck"))],
    [
      "throws",
      () => {
        throw new Error("stuck");
      },
    ],
    ["outlasts its bound", () => new Promise(() => {})],
  ])("to stop (%s): failed is reported, never notRecording, and the error says that it may still run", async (_, stop) => {
    const { live, clock, reports } = createHarness();
    const recording = await live({ stopTimeoutMs: 700, hooks: { stop } });
    const stopped = outcome(recording.stop());
    await clock.advance(700);
    expect(stopped.error).toMatchObject({ code: "RECORDER_FAILED", message: expect.stringMatching(/may still be running/) });
    expect(reports()).toEqual(["recording", "failed"]);
    expect(await recording.ended).toMatchObject({ reason: "stopped", reported: "failed", error: stopped.error });
  });

  test("and the report too: both errors come out", async () => {
    const { live, clock, fake } = createHarness();
    const recording = await live({ hooks: { stop: () => Promise.reject(new Error("stuck")) } });
    fake.script({ status: 403 });
    const stopped = outcome(recording.stop());
    await clock.advance(0);
    expect(stopped.error).toMatchObject({ errors: [{ code: "RECORDER_FAILED" }, { code: "HTTP", status: 403 }] });
  });
});

describe("the call is gone", () => {
  test("callEnded: persisting ends at once, the recorder stops, nothing is reported", async () => {
    const { live, clock, reports, stops } = createHarness();
    const recording = await live();
    recording.callEnded();
    expect(() => recording.assertRecording()).toThrow();
    await clock.advance(0);
    expect(await recording.ended).toEqual({ callId, reason: "callEnded", reported: undefined, error: undefined });
    expect([reports(), stops]).toEqual([["recording"], ["callEnded"]]);
  });

  test("stop on a call that is over: the outcome says so, and it is no error", async () => {
    const { live, clock, fake } = createHarness();
    const recording = await live();
    fake.endCall(callId);
    const stopped = outcome(recording.stop());
    await clock.advance(0);
    expect(stopped.value).toEqual({ callId, reason: "callEnded", reported: undefined, error: undefined });
  });

  test("a start for a call that is over rejects with the answer, and leaves nothing live", async () => {
    const { begin, clock, fake, graph, steps } = createHarness();
    fake.endCall(callId);
    const started = begin();
    await clock.advance(0);
    expect(started.error).toMatchObject({ code: "HTTP", status: 404, commsCode: 8522 });
    expect([steps(), graph.recordings.length]).toEqual([["recording"], 0]);
  });
});

test("the closing report has a deadline of its own, and the signal that ended the recording does not cancel it", async () => {
  const { live, clock, fake, reports } = createHarness();
  const abort = new AbortController();
  const recording = await live({ signal: abort.signal });
  fake.script({ status: 503, headers: { "retry-after": "20" } });
  abort.abort();
  await clock.advance(20_000);
  expect(await recording.ended).toEqual({ callId, reason: "aborted", reported: "notRecording", error: undefined });
  expect(reports()).toEqual(["recording", "notRecording", "notRecording"]);
});

test("a closing report that fails surfaces", async () => {
  const { live, clock, fake } = createHarness({ retry: { limit: 0 } });
  const recording = await live();
  fake.script({ status: 400 });
  const stopped = outcome(recording.stop());
  await clock.advance(60_000);
  expect(stopped.error).toMatchObject({ code: "HTTP", status: 400 });
  expect(await recording.ended).toMatchObject({ reason: "stopped", reported: undefined, error: { code: "HTTP", status: 400 } });
});
