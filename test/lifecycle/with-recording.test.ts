import { describe, expect, test } from "vitest";
import { contextLimit } from "../support/context-limit.ts";
import { callId, createHarness, outcome } from "./harness.ts";

const run = (body: () => unknown, options: object = {}, prepare: (harness: ReturnType<typeof createHarness>) => void = () => {}) => {
  const harness = createHarness({ retry: { limit: 0 } });
  prepare(harness);
  const done = outcome(harness.graph.withRecording(callId, { recorder: harness.recorder(), ...options }, body));
  return { ...harness, done };
};

test("resolves with the body's value, after stop and notRecording", async () => {
  const { done, clock, steps } = run(() => "transcript");
  await clock.advance(0);
  expect(done.value).toBe("transcript");
  expect(steps()).toEqual(["recording", "recorderStart", "recorderStop", "recorderStopped", "notRecording"]);
});

test("the recorder may be left out, or have one function only", async () => {
  for (const recorder of [undefined, {}, { start: () => {} }, { stop: () => {} }]) {
    const { done, clock, reports } = run(() => 1, { recorder });
    await clock.advance(0);
    expect([done.value, reports()]).toEqual([1, ["recording", "notRecording"]]);
  }
});

test("the body's error comes out, after stop and failed", async () => {
  const why = new Error("body");
  const { done, clock, reports } = run(() => Promise.reject(why));
  await clock.advance(0);
  expect(done.error).toBe(why);
  expect(reports()).toEqual(["recording", "failed"]);
});

test("a body that throws at once is no different", async () => {
  const { done, clock, reports } = run(() => {
    throw new Error("body");
  });
  await clock.advance(0);
  expect([done.error?.message, reports()]).toEqual(["body", ["recording", "failed"]]);
});

test("the body does not run when the start is refused", async () => {
  let ran = false;
  const { done, clock } = run(
    () => {
      ran = true;
    },
    {},
    ({ fake }) => fake.script({ status: 403, code: "8506" }),
  );
  await clock.advance(0);
  expect([done.error?.code, ran]).toEqual(["HTTP", false]);
});

describe("when several things fail nothing is lost", () => {
  test("body and report", async () => {
    const { done, clock } = run(
      () => Promise.reject(new Error("body")),
      {},
      ({ fake }) => fake.script([{}, { status: 400 }]),
    );
    await clock.advance(0);
    expect(done.error).toMatchObject({ errors: [{ message: "body" }, { code: "HTTP", status: 400 }] });
  });

  test("report alone: it comes out, although the body went well", async () => {
    const { done, clock } = run(
      () => 1,
      {},
      ({ fake }) => fake.script([{}, { status: 400 }]),
    );
    await clock.advance(0);
    expect(done.error).toMatchObject({ code: "HTTP", status: 400 });
  });
});

describe("when the recording ends under the body", () => {
  const untilSignal = (recording: { signal: AbortSignal }) =>
    new Promise<string>((resolve) => recording.signal.addEventListener("abort", () => resolve("kept")));

  test("by abort: ABORTED with the reason, after notRecording", async () => {
    const abort = new AbortController();
    const { done, clock, reports } = run(untilSignal as never, { signal: abort.signal });
    await clock.advance(0);
    abort.abort("why");
    await clock.advance(0);
    expect(done.error).toMatchObject({ code: "ABORTED", cause: "why" });
    expect(reports()).toEqual(["recording", "notRecording"]);
  });

  test("by abort, and the body throws something of its own: that comes out", async () => {
    const abort = new AbortController();
    const body = async (recording: { signal: AbortSignal }) => {
      await untilSignal(recording);
      throw new Error("own");
    };
    const { done, clock } = run(body as never, { signal: abort.signal });
    await clock.advance(0);
    abort.abort("why");
    await clock.advance(0);
    expect(done.error).toMatchObject({ message: "own" });
  });

  test("by the end of the call: the body's value stands", async () => {
    const { done, clock, graph, reports } = run(untilSignal as never);
    await clock.advance(0);
    graph.recordings[0]?.callEnded();
    await clock.advance(0);
    expect([done.value, reports()]).toEqual(["kept", ["recording"]]);
  });

  test("by close: CLOSED", async () => {
    const { done, clock, graph } = run(untilSignal as never);
    await clock.advance(0);
    outcome(graph.close());
    await clock.advance(0);
    expect(done.error?.code).toBe("CLOSED");
  });

  test("by stop from outside: the body's value stands", async () => {
    const { done, clock, graph, reports } = run(untilSignal as never);
    await clock.advance(0);
    outcome<unknown>(graph.recordings[0]?.stop() ?? Promise.resolve());
    await clock.advance(0);
    expect([done.value, reports()]).toEqual(["kept", ["recording", "notRecording"]]);
  });

  test("a body that does not settle is given up after stopTimeoutMs", async () => {
    const abort = new AbortController();
    const { done, clock } = run(() => new Promise(() => {}), { signal: abort.signal, stopTimeoutMs: 300 });
    await clock.advance(0);
    abort.abort();
    await clock.advance(299);
    expect(done.done).toBe(false);
    await clock.advance(1);
    expect(done.error?.code).toBe("RECORDER_FAILED");
    expect(clock.pending).toBe(0);
  });
});

test.each([
  [null, /options must be an object/],
  [{ recorder: "r" }, /functions start and stop/],
  [{ recorder: { start: 1 } }, /functions start and stop/],
  [{ stopTimeoutMs: 0 }, /stopTimeoutMs/],
  [{ clientContext: "x".repeat(contextLimit + 1) }, new RegExp(`at most ${contextLimit}`)],
])("options %o", async (options, message) => {
  const { graph } = createHarness();
  const call = graph.withRecording(callId, options as never, () => {});
  await expect(call).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringMatching(message) });
});

test("startRecording needs a recorder with both functions", async () => {
  const { graph } = createHarness();
  for (const recorder of [undefined, null, {}, { start: () => {} }, { stop: () => {} }]) {
    await expect(graph.startRecording(callId, { recorder } as never)).rejects.toMatchObject({ code: "BAD_INPUT" });
  }
});
