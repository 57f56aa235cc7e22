// Ends that come while something else is under way: each has one behaviour.
import { describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

describe("the caller's signal", () => {
  test("aborted already: nothing is sent", async () => {
    const { begin, clock, steps } = createHarness();
    const started = begin({ signal: AbortSignal.abort("why") });
    await clock.advance(0);
    expect(started.error).toMatchObject({ code: "ABORTED", cause: "why" });
    expect(steps()).toEqual([]);
  });

  test("aborted while the report is in flight: it may be in effect, so notRecording is reported", async () => {
    const { begin, clock, fake, steps } = createHarness();
    const abort = new AbortController();
    fake.script({ silent: "answer" });
    const started = begin({ signal: abort.signal });
    await clock.advance(100);
    abort.abort("why");
    await clock.advance(0);
    expect(started.error).toMatchObject({ code: "ABORTED", cause: "why" });
    expect(steps()).toEqual(["recording", "notRecording"]);
  });

  test("aborted between two attempts that were refused: nothing is in effect", async () => {
    const { begin, clock, fake, steps } = createHarness();
    const abort = new AbortController();
    fake.script({ status: 429 });
    const started = begin({ signal: abort.signal });
    await clock.advance(50);
    abort.abort();
    await clock.advance(1_000);
    expect([started.error?.code, steps()]).toEqual(["ABORTED", ["recording"]]);
  });

  test("aborted while the recorder starts: it is told, stopped, and notRecording is reported", async () => {
    const { begin, clock, steps } = createHarness();
    const abort = new AbortController();
    const started = begin({
      signal: abort.signal,
      hooks: { start: ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))) },
    });
    await clock.advance(0);
    abort.abort("why");
    await clock.advance(0);
    expect(started.error).toMatchObject({ code: "ABORTED", cause: "why" });
    expect(steps()).toEqual(["recording", "recorderStart", "recorderStop", "recorderStopped", "notRecording"]);
  });

  test("aborted while recording: the recording ends in its order, in the background", async () => {
    const { live, clock, steps } = createHarness();
    const abort = new AbortController();
    const recording = await live({ signal: abort.signal });
    abort.abort();
    expect(() => recording.assertRecording()).toThrow();
    await clock.advance(0);
    expect(await recording.ended).toEqual({ callId, reason: "aborted", reported: "notRecording", error: undefined });
    expect(steps().at(-1)).toBe("notRecording");
  });

  test("no listener is left on it", async () => {
    const { live, clock } = createHarness();
    const abort = new AbortController();
    const { getEventListeners } = await import("node:events");
    const recording = await live({ signal: abort.signal });
    expect(getEventListeners(abort.signal, "abort")).toHaveLength(1);
    outcome(recording.stop());
    await clock.advance(0);
    expect(getEventListeners(abort.signal, "abort")).toHaveLength(0);
  });
});

describe("a second start, and other reports, while a recording is live", () => {
  test("are refused before anything is sent, in either spelling of the id", async () => {
    const { graph, recorder, live, begin, clock, reports } = createHarness();
    const starting = begin();
    await expect(graph.startRecording(callId, { recorder: recorder() })).rejects.toMatchObject({ code: "RECORDING_ACTIVE" });
    await clock.advance(0);
    const bare = callId.replaceAll("-", "").toUpperCase();
    await expect(graph.updateRecordingStatus(bare, { status: "failed" })).rejects.toMatchObject({ code: "RECORDING_ACTIVE" });
    await expect(graph.withRecording(callId, {}, () => {})).rejects.toMatchObject({ code: "RECORDING_ACTIVE" });
    outcome<unknown>(starting.value?.stop() ?? Promise.resolve());
    await expect(graph.updateRecordingStatus(callId, { status: "failed" })).rejects.toMatchObject({ code: "RECORDING_ACTIVE" });
    await clock.advance(0);
    expect(reports()).toEqual(["recording", "notRecording"]);
    const again = await live();
    expect(again.state).toBe("recording");
  });

  test("other calls are free", async () => {
    const { live, fake, graph, recorder, clock } = createHarness();
    await live();
    fake.addCall("other");
    const other = outcome(graph.startRecording("other", { recorder: recorder() }));
    await clock.advance(0);
    expect([other.value?.callId, graph.recordings.length]).toEqual(["other", 2]);
  });
});

describe("several ends", () => {
  test("stop twice: one end, one outcome", async () => {
    const { live, clock, stops, reports } = createHarness();
    const recording = await live();
    const both = [outcome(recording.stop()), outcome(recording.stop())];
    await clock.advance(0);
    expect(both[0]?.value).toEqual(both[1]?.value);
    expect([stops, reports()]).toEqual([["stopped"], ["recording", "notRecording"]]);
    expect(await recording.stop()).toEqual(both[0]?.value);
  });

  test("fail while it stops: the first reason stays, failed is reported", async () => {
    const { live, clock, reports } = createHarness();
    const recording = await live({ hooks: { stop: () => new Promise((resolve) => clock.schedule(() => resolve(0), 100)) } });
    const [stopped, failed] = [outcome(recording.stop()), outcome(recording.fail(new Error("late")))];
    await clock.advance(100);
    expect(stopped.value).toMatchObject({ reason: "stopped", reported: "failed", error: { message: "late" } });
    expect([failed.value, reports()]).toEqual([stopped.value, ["recording", "failed"]]);
  });

  test("stop and fail after the end change nothing", async () => {
    const { live, clock, reports } = createHarness();
    const recording = await live();
    const first = outcome(recording.fail(new Error("why")));
    await clock.advance(0);
    expect(await recording.stop()).toEqual(first.value);
    expect(await recording.fail(new Error("again"))).toEqual(first.value);
    recording.callEnded();
    expect(await recording.ended).toEqual(first.value);
    expect(reports()).toEqual(["recording", "failed"]);
  });

  test("the call ends while the recorder stops: nothing is reported", async () => {
    const { live, clock, reports } = createHarness();
    const recording = await live({ hooks: { stop: () => new Promise((resolve) => clock.schedule(() => resolve(0), 100)) } });
    const stopped = outcome(recording.stop());
    await clock.advance(50);
    recording.callEnded();
    await clock.advance(50);
    expect(stopped.value).toEqual({ callId, reason: "callEnded", reported: undefined, error: undefined });
    expect(reports()).toEqual(["recording"]);
  });

  test("stop from inside recorder.stop, not waited for, is the same end", async () => {
    const { live, clock, graph, reports } = createHarness();
    const recording = await live({ hooks: { stop: () => void outcome<unknown>(graph.recordings[0]?.stop() ?? Promise.resolve()) } });
    outcome(recording.stop());
    await clock.advance(0);
    expect(await recording.ended).toMatchObject({ reason: "stopped", reported: "notRecording" });
    expect(reports()).toEqual(["recording", "notRecording"]);
  });

  test("stop waited for inside recorder.stop cannot hang: its bound ends it", async () => {
    const { live, clock, graph } = createHarness();
    const recording = await live({ stopTimeoutMs: 300, hooks: { stop: () => graph.recordings[0]?.stop() } });
    const stopped = outcome(recording.stop());
    await clock.advance(300);
    expect(stopped.error?.code).toBe("RECORDER_FAILED");
  });
});

describe("an end while the recording starts", () => {
  test.each([
    ["stop", ["recording", "notRecording"], "ABORTED"],
    ["fail", ["recording", "failed"], undefined],
    ["callEnded", ["recording"], "ABORTED"],
  ] as const)("%s while the report is in flight", async (how, expected, code) => {
    const { begin, clock, fake, graph, reports } = createHarness();
    fake.script({ silent: "answer" });
    const started = begin();
    await clock.advance(0);
    const [recording] = graph.recordings;
    expect(recording?.state).toBe("reporting");
    const ended = recording?.[how]();
    if (ended !== undefined) outcome(ended);
    await clock.advance(0);
    expect([started.done, started.error?.code, reports()]).toEqual([true, code, expected]);
  });

  test("stop from inside recorder.start: the recorder is stopped, notRecording is reported", async () => {
    const { begin, clock, graph, steps } = createHarness();
    const started = begin({ hooks: { start: () => void outcome<unknown>(graph.recordings[0]?.stop() ?? Promise.resolve()) } });
    await clock.advance(0);
    expect(started.error?.code).toBe("ABORTED");
    expect(steps()).toEqual(["recording", "recorderStart", "recorderStop", "recorderStopped", "notRecording"]);
  });
});

describe("close", () => {
  test("stops every live recording in its order, all at once, and refuses new ones", async () => {
    const { graph, fake, recorder, clock, reports } = createHarness();
    const ids = ["a", "b", "c"];
    for (const id of ids) fake.addCall(id);
    const all = ids.map((id) =>
      outcome(
        graph.startRecording(id, { recorder: recorder({ stop: () => new Promise((resolve) => clock.schedule(() => resolve(0), 5_000)) }) }),
      ),
    );
    await clock.advance(0);
    const closed = outcome(graph.close());
    await clock.advance(5_000);
    expect(closed.done).toBe(true);
    for (const { value } of all)
      expect(await value?.ended).toEqual({ callId: expect.any(String), reason: "closed", reported: "notRecording", error: undefined });
    expect(reports().slice(3)).toEqual(["notRecording", "notRecording", "notRecording"]);
    await expect(graph.startRecording("a", { recorder: recorder() })).rejects.toMatchObject({ code: "CLOSED" });
  });

  test("while one starts: CLOSED, and failed is reported for what may be in effect", async () => {
    const { begin, graph, clock, fake, reports } = createHarness();
    fake.script({ silent: "answer" });
    const started = begin();
    await clock.advance(0);
    const closed = outcome(graph.close());
    await clock.advance(0);
    expect([started.error?.code, closed.done, reports()]).toEqual(["CLOSED", true, ["recording", "failed"]]);
  });

  test("gives up reports at its deadline, and the outcome tells", async () => {
    const { live, graph, clock, fake } = createHarness();
    const recording = await live();
    fake.script({ silent: "request" });
    const closed = outcome(graph.close({ deadlineMs: 2_000 }));
    await clock.advance(1_999);
    expect(closed.done).toBe(false);
    await clock.advance(1);
    expect(closed.done).toBe(true);
    await clock.advance(0);
    expect(await recording.ended).toMatchObject({ reason: "closed", reported: undefined, error: { code: "CLOSED" } });
    expect(clock.pending).toBe(0);
  });
});
