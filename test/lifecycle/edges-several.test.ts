// Several things fail, or several sinks are open: all of it is waited for, and all of it comes out.
import { findOrderViolations } from "teams-recording-status/testing";
import { describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

const inFlight = [
  ["it is never answered", { silent: "answer" as const }],
  ["its answer is late", { delayMs: 500 }],
] as const;

describe("fail after another end", () => {
  test.each(inFlight)("while the report is in flight and %s: failed is reported, as it is while the recorder stops", async (_, step) => {
    for (const how of ["stop", "abort"] as const) {
      const { begin, clock, fake, graph, reports } = createHarness();
      const abort = new AbortController();
      fake.script(step);
      begin({ signal: abort.signal });
      await clock.advance(0);
      const [recording] = graph.recordings;
      if (how === "stop") outcome<unknown>(recording?.stop() ?? Promise.resolve());
      else abort.abort();
      outcome<unknown>(recording?.fail(new Error("late")) ?? Promise.resolve());
      await clock.advance(60_000);
      expect(await recording?.ended).toMatchObject({ reported: "failed", error: { message: "late" } });
      expect(reports()).toEqual(["recording", "failed"]);
    }
  });

  test("two failures: both are in the outcome", async () => {
    const { live, clock } = createHarness();
    const recording = await live();
    for (const message of ["first", "second"]) outcome(recording.fail(new Error(message)));
    await clock.advance(0);
    expect(await recording.ended).toMatchObject({ reported: "failed", error: { errors: [{ message: "first" }, { message: "second" }] } });
  });
});

describe("several sinks", () => {
  /** A sink that takes a second for each chunk, and says when it has it. */
  const slow = ({ clock, fake }: ReturnType<typeof createHarness>) =>
    new WritableStream<string>({
      write: async (chunk) => {
        await new Promise<void>((resolve) => void clock.schedule(resolve, 1_000));
        fake.note({ type: "persisted", callId, chunk });
      },
    });
  const oneChunk = () => new ReadableStream<string>({ start: (controller) => controller.enqueue("chunk") });
  const failing = () => new WritableStream<string>({ close: () => Promise.reject(new Error("disk full")) });

  test("one fails to close: the others are waited for all the same, before recorder.stop and the report", async () => {
    const harness = createHarness();
    const { live, clock, fake, steps } = harness;
    const recording = await live();
    outcome(recording.pipe(new ReadableStream(), failing()));
    outcome(recording.pipe(oneChunk(), slow(harness)));
    await clock.advance(0);
    const stopped = outcome(recording.stop());
    await clock.advance(5_000);
    expect([findOrderViolations(fake.history), stopped.error?.code]).toEqual([[], "RECORDER_FAILED"]);
    expect(steps()).toEqual(["recording", "recorderStart", "persisted", "recorderStop", "recorderStopped", "failed"]);
  });

  test("two fail to close: both errors come out", async () => {
    const { live, clock } = createHarness();
    const recording = await live();
    const messages = ["disk one", "disk two"];
    for (const message of messages) {
      outcome(recording.pipe(new ReadableStream(), new WritableStream({ close: () => Promise.reject(new Error(message)) })));
    }
    const stopped = outcome(recording.stop());
    await clock.advance(0);
    for (const message of messages) expect(String(stopped.error)).toContain(message);
  });

  test("a gate that is given up while it holds a chunk: the other gate is drained all the same, before the report", async () => {
    const { live, clock, reports } = createHarness();
    const recording = await live();
    const [one, two] = [recording.gate<string>(), recording.gate<string>()];
    for (const { writable } of [one, two]) outcome(writable.getWriter().write("held"));
    await clock.advance(0);
    const stopped = outcome(recording.stop());
    outcome(one.readable.cancel(new Error("gave up")));
    await clock.advance(1_000);
    expect(reports()).toEqual(["recording"]);
    const reader = two.readable.getReader();
    expect([await reader.read(), await reader.read()]).toMatchObject([{ value: "held" }, { done: true }]);
    await clock.advance(0);
    expect([stopped.error?.code, reports()]).toEqual(["RECORDER_FAILED", ["recording", "failed"]]);
  });
});

describe("what a start rejects with when it was ended and the call is gone too", () => {
  test("by its signal: ABORTED, with the signal's reason", async () => {
    const { begin, clock, fake } = createHarness();
    const abort = new AbortController();
    fake.script({ silent: "answer" });
    const started = begin({ signal: abort.signal });
    await clock.advance(0);
    fake.endCall(callId);
    abort.abort("why");
    await clock.advance(0);
    expect(started.error).toMatchObject({ code: "ABORTED", cause: "why" });
  });

  test("by close: CLOSED", async () => {
    const { begin, clock, fake, graph } = createHarness();
    fake.script({ silent: "answer" });
    const started = begin();
    await clock.advance(0);
    fake.endCall(callId);
    outcome(graph.close());
    await clock.advance(0);
    expect(started.error?.code).toBe("CLOSED");
  });
});

test("stop while recorder.start runs, and then it fails: the error says what was reported in truth", async () => {
  const { begin, clock, graph, reports } = createHarness();
  const hooks = { start: () => new Promise((_, reject) => void clock.schedule(() => reject(new Error("no codec")), 100)) };
  begin({ hooks });
  await clock.advance(0);
  const stopped = outcome<unknown>(graph.recordings[0]?.stop() ?? Promise.resolve());
  await clock.advance(100);
  expect(stopped.error).toMatchObject({ code: "RECORDER_FAILED", message: expect.stringContaining("no codec") });
  const claimsFailed = /failed (was|is) reported|ends as failed/.test(String(stopped.error?.message));
  expect(claimsFailed).toBe(reports().at(-1) === "failed");
});
