// What a recording tells: its signal, its outcome, its disposal; nothing is lost when several things fail.
import { inspect } from "node:util";
import type { Recording } from "teams-recording-status";
import { SeveralFailuresError } from "teams-recording-status";
import { describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

describe("recording.signal", () => {
  test.each<[string, (recording: Recording, abort: AbortController, close: () => unknown) => unknown]>([
    ["stop", (recording) => outcome(recording.stop())],
    ["fail", (recording) => outcome(recording.fail("why"))],
    ["callEnded", (recording) => recording.callEnded()],
    ["the caller's abort", (_, abort) => abort.abort()],
    ["close", (_, __, close) => close()],
    ["disposal", (recording) => recording[Symbol.asyncDispose]()],
  ])("is aborted at once by %s, after the permit is gone", async (_, end) => {
    const { live, graph, clock } = createHarness();
    const abort = new AbortController();
    const recording = await live({ signal: abort.signal });
    const { signal } = recording;
    const permitted: boolean[] = [];
    signal.addEventListener("abort", () => permitted.push(isPermitted(recording)));
    end(recording, abort, () => outcome(graph.close()));
    expect([signal.aborted, permitted, signal.reason.code, recording.signal === signal]).toEqual([true, [false], "NOT_PERMITTED", true]);
    await clock.advance(0);
    expect(permitted).toHaveLength(1);
  });

  test.each([{ status: 403 }, { operation: "failed" }, { lose: "answer" as const }])(
    "is aborted too when the start fails: %o",
    async (step) => {
      const { begin, clock, fake, graph } = createHarness({ retry: { limit: 0 } });
      fake.script(step);
      begin();
      const signal = graph.recordings[0]?.signal;
      await clock.advance(0);
      expect(signal?.aborted).toBe(true);
    },
  );

  test("a listener that ends the recording again changes nothing", async () => {
    const { live, clock, stops, reports } = createHarness();
    const recording = await live();
    recording.signal.addEventListener("abort", () => outcome(recording.stop()));
    recording.callEnded();
    await clock.advance(0);
    expect([await recording.ended, stops, reports()]).toEqual([
      { callId, reason: "callEnded", reported: undefined, error: undefined },
      ["callEnded"],
      ["recording"],
    ]);
  });
});

describe("ended", () => {
  test("resolves, also when the recorder and the report fail, and has both errors", async () => {
    const { live, clock, fake } = createHarness({ retry: { limit: 0 } });
    const recording = await live({ hooks: { stop: () => Promise.reject(new Error("stuck")) } });
    fake.script({ status: 403, code: "8506" });
    const why = new Error("why");
    const failed = outcome(recording.fail(why));
    await clock.advance(0);
    const { reason, reported, error } = await recording.ended;
    expect([reason, reported]).toEqual(["failed", undefined]);
    expect(error).toBeInstanceOf(SeveralFailuresError);
    expect(error).toMatchObject({ cause: why, errors: [why, { code: "RECORDER_FAILED" }, { code: "HTTP", commsCode: 8506 }] });
    // fail() does not throw back what it was given.
    expect(failed.error).toMatchObject({ code: "SEVERAL_FAILURES", errors: [{ code: "RECORDER_FAILED" }, { code: "HTTP" }] });
    for (const part of ["why", "stuck", "8506"]) expect((error as Error).message).toContain(part);
    expect(inspect(error, { depth: 10 })).not.toContain("token-of-the-fake-graph");
  });

  test("resolves for a recording that nobody waits for, and nothing is left unhandled", async () => {
    const { live, clock, graph, fake } = createHarness({ retry: { limit: 0 } });
    const abort = new AbortController();
    const recording = await live({ signal: abort.signal, hooks: { stop: () => Promise.reject(new Error("stuck")) } });
    fake.script({ status: 400 });
    abort.abort();
    await clock.advance(0);
    expect(await recording.ended).toMatchObject({ reason: "aborted", reported: undefined, error: { cause: { code: "RECORDER_FAILED" } } });
    expect([graph.recordings, clock.pending]).toEqual([[], 0]);
  });

  test("a closing report that is pending is waited for", async () => {
    const { live, clock, fake } = createHarness();
    const recording = await live();
    fake.script({ operation: "running", becomes: "completed", becomesAfterMs: 2_000 });
    const stopped = outcome(recording.stop());
    await clock.advance(1_999);
    expect([stopped.done, recording.state]).toEqual([false, "closing"]);
    await clock.advance(5_000);
    expect(stopped.value).toEqual({ callId, reason: "stopped", reported: "notRecording", error: undefined });
  });

  test.each([
    ["fails", { operation: "running", becomes: "failed" as const }, "OPERATION_FAILED"],
    ["never ends", { operation: "running" }, "OUTCOME_UNKNOWN"],
    ["has failed", { operation: "failed" }, "OPERATION_FAILED"],
  ])("a closing report whose operation %s: nothing counts as reported, and stop rejects", async (_, step, code) => {
    const { live, clock, fake } = createHarness();
    const recording = await live({ deadlineMs: 5_000 });
    fake.script(step);
    const stopped = outcome(recording.stop());
    await clock.advance(5_000);
    expect(stopped.error?.code).toBe(code);
    expect(await recording.ended).toMatchObject({ reason: "stopped", reported: undefined, error: { code } });
  });
});

describe("disposal", () => {
  test("rejects as stop does; the body's own error is kept beside it", async () => {
    const { graph, recorder, clock } = createHarness();
    const options = { recorder: recorder({ stop: () => Promise.reject(new Error("stuck")) }) };
    const run = async (body: () => void) => {
      await using recording = await graph.startRecording(callId, options);
      recording.assertRecording();
      body();
    };
    const calm = outcome(run(() => {}));
    await clock.advance(0);
    expect(calm.error).toMatchObject({ code: "RECORDER_FAILED" });
    const thrown = new Error("body");
    const both = outcome(
      run(() => {
        throw thrown;
      }),
    );
    await clock.advance(0);
    expect(both.error).toMatchObject({ name: "SuppressedError", error: { code: "RECORDER_FAILED" }, suppressed: thrown });
  });

  test("after an end of another kind it waits for that end", async () => {
    const { live, clock, reports, stops } = createHarness();
    const recording = await live();
    outcome(recording.fail(new Error("why")));
    const disposed = outcome(recording[Symbol.asyncDispose]());
    await clock.advance(0);
    expect([disposed.done, disposed.error, disposed.value]).toEqual([true, undefined, undefined]);
    expect([reports(), stops]).toEqual([["recording", "failed"], ["failed"]]);
    await recording[Symbol.asyncDispose]();
  });

  test("the client's own disposal closes it", async () => {
    const { live, clock, graph } = createHarness();
    const recording = await live();
    const disposed = outcome(graph[Symbol.asyncDispose]());
    await clock.advance(0);
    expect([disposed.done, await recording.ended]).toMatchObject([true, { reason: "closed", reported: "notRecording" }]);
  });
});

function isPermitted(recording: Recording): boolean {
  try {
    recording.assertRecording();
    return true;
  } catch {
    return false;
  }
}
