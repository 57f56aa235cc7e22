// `violations()`: what can only be said of a whole run, and what the fake itself knows.
import { createRecordingClient } from "teams-recording-status";
import { createFakeGraph, type FakeStep } from "teams-recording-status/testing";
import { describe, expect, test } from "vitest";
import { callId, openFake } from "../support/lifecycle-fake.ts";

const blind = /^nothing was observed: reports were made, but no recorder, no sink and no note was used/;

describe("nothing was observed", () => {
  test("when reports were made and nothing was used: that is no success", async () => {
    const { fake, send } = await openFake();
    await send();
    await send({ status: "notRecording" });
    expect(fake.violations()).toEqual([expect.stringMatching(blind)]);
    expect(fake.violations()[0]).toMatch(/fake\.recorder\(callId\).*fake\.sink\(callId\).*fake\.note/);
  });

  test("when not even a report was made: a bot that never ran, or called elsewhere, is no success", async () => {
    const { fake } = await openFake();
    const silent = [expect.stringMatching(/^nothing was observed: no report reached the fake.*baseUrl/)];
    expect(fake.violations()).toEqual(silent);
    fake.recorder(callId);
    fake.sink(callId);
    expect(fake.violations()).toEqual(silent);
  });

  test("also when all were refused", async () => {
    const { fake, send } = await openFake({ status: 403 });
    await send();
    expect(fake.violations()).toEqual([expect.stringMatching(blind)]);
  });

  test("of one call, when only another was watched", async () => {
    const { fake, send } = await openFake();
    fake.addCall("other");
    await fake.sink("other").close();
    await send();
    await send({ status: "notRecording" });
    expect(fake.violations()).toEqual([expect.stringMatching(`^${callId}: nothing was observed while it was recorded`)]);
  });

  test("when the sink was made and nothing reached it, although Graph confirmed", async () => {
    const { fake, send } = await openFake();
    fake.sink(callId);
    await send();
    await send({ status: "notRecording" });
    expect(fake.violations()).toEqual([expect.stringMatching(/nothing was observed while it was recorded/)]);
  });

  test.each(["sink", "recorder"] as const)("but not when Graph confirmed nothing: then nothing must reach a %s", async (observer) => {
    const { fake, send } = await openFake({ status: 403 });
    fake[observer](callId);
    await send();
    expect(fake.violations()).toEqual([]);
  });

  test("and not when a note says that there was nothing", async () => {
    const { fake, send } = await openFake();
    await send();
    await send({ status: "notRecording" });
    fake.note({ type: "settled", callId: callId.toUpperCase() });
    expect(fake.violations()).toEqual([]);
    expect(fake.history.at(-1)?.callId).toBe(callId);
  });
});

describe("the status is left on recording", () => {
  const left = [expect.stringMatching(`^${callId} at 40 ms: the call is left with the status recording\\. The terms: `)];

  async function recordAnd(end: (given: Awaited<ReturnType<typeof openFake>>) => unknown, ...steps: readonly FakeStep[]) {
    const given = await openFake({}, ...steps);
    await given.send();
    await given.fake.sink(callId).write("a");
    await end(given);
    await given.clock.advance(40);
    return given.fake.violations();
  }

  test("when nobody reported the end", async () => expect(await recordAnd(() => {})).toEqual(left));
  test.each<FakeStep>([{ status: 503 }, { lose: "request" }, { operation: "failed" }, { status: 404 }])(
    "when Graph did not take the report of the end: %o",
    async (step) => expect(await recordAnd(({ send }) => send({ status: "notRecording" }).catch(() => {}), step)).toEqual(left),
  );
  test.each<FakeStep>([{}, { lose: "answer" }, { status: 404, code: "8522" }])("not after %o", async (step) => {
    expect(await recordAnd(({ send }) => send({ status: "failed" }).catch(() => {}), step)).toEqual([]);
  });
  test("not when the call has ended", async () => expect(await recordAnd(({ fake }) => fake.endCall(callId))).toEqual([]));
  test("told once, also when a note said that it has settled", async () => {
    const found = await recordAnd(({ fake }) => fake.note({ type: "settled", callId }));
    expect(found).toHaveLength(1);
  });
});

describe("the end of the call", () => {
  test("counts from endCall on: a bot that was told writes no more", async () => {
    const { fake, send } = await openFake();
    const sink = fake.sink(callId);
    await send();
    fake.endCall(callId);
    await sink.write("late");
    expect(fake.violations()).toEqual([expect.stringMatching(/"late" was persisted after the call had ended\. The terms: /)]);
  });

  test("what a recorder flushes while it stops is no violation", async () => {
    const { fake, send } = await openFake();
    const sink = fake.sink(callId);
    const recorder = fake.recorder(callId, { stop: () => sink.write("tail") });
    await send();
    await recorder.start();
    fake.endCall(callId);
    await recorder.stop();
    expect(fake.violations()).toEqual([]);
    await sink.write("late");
    expect(fake.violations()).toHaveLength(1);
  });
});

test("a recorder that is never stopped", async () => {
  const { fake, send } = await openFake();
  const recorder = fake.recorder(callId);
  await send();
  await recorder.start();
  await send({ status: "failed" });
  expect(fake.violations()).toEqual([
    expect.stringMatching(/failed was reported before the recorder was told to stop/),
    expect.stringMatching(/the recorder was started 1 and stopped 0 times/),
  ]);
});

test("times count from the making of the fake, in the order of what happened, also when the wall clock steps", async () => {
  const { fake, clock, send } = await openFake();
  fake.addCall("other");
  const [one, other] = [fake.sink(callId), fake.sink("other")];
  await clock.advance(10);
  await one.write("a");
  clock.step(-3_600_000);
  await clock.advance(5);
  await other.write("b");
  await clock.advance(5);
  await send({ call: "forgotten" });
  expect(fake.violations().map((found) => found.replace(/ ms: .*/, ""))).toEqual([`${callId} at 10`, "other at 15", "forgotten at 20"]);
});

test("what a bot learns by a notification counts as answered", async () => {
  const { fake, clock, send } = await openFake({ becomes: "completed" });
  const sink = fake.sink(callId);
  const heard: unknown[] = [];
  fake.onNotification((payload) => heard.push(payload));
  await send();
  await clock.advance(1_000);
  await sink.write("a");
  await send({ status: "notRecording" });
  expect([heard.length, fake.violations()]).toEqual([1, []]);
});

test("fakes know nothing of each other", async () => {
  const { send } = await openFake();
  await send();
  expect(createFakeGraph().violations()).toEqual([expect.stringMatching(/^nothing was observed: no report reached the fake/)]);
});

test("a pipe whose sink is slow may write after the recorder has stopped, as long as it is closed before the report", async () => {
  const fake = createFakeGraph();
  fake.addCall(callId);
  const { baseUrl, fetch, credential, clock } = fake;
  const graph = createRecordingClient({ baseUrl, fetch, credential }, clock);
  const times = [3_300, 1_000];
  const slow = () => new Promise<void>((resolve) => void clock.schedule(resolve, times.shift() ?? 0));
  const run = graph.withRecording(callId, { recorder: fake.recorder(callId), stopTimeoutMs: 4_400 }, async (permit) => {
    permit.pipe(new ReadableStream({ pull: (controller) => controller.enqueue("line") }), fake.sink(callId, { write: slow }));
    await new Promise<void>((resolve) => void clock.schedule(resolve, 1_000));
  });
  await clock.advance(60_000, { until: run });
  expect([await run, fake.violations()]).toEqual([undefined, []]);
});
