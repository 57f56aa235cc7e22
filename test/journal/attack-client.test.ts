// What a stranger broke once, by hand and by race: each a way in which the journal and Graph came apart.
import { expect, test } from "vitest";
import { callId, createWorld, otherSpelling, outcome } from "./world.ts";

type World = ReturnType<typeof createWorld>;

async function report({ graph, clock }: World, status: "recording" | "notRecording" | "failed", id = callId) {
  const reported = outcome(graph.updateRecordingStatus(id, { status }));
  await clock.advance(60_000);
  return reported;
}

async function recover({ graph, clock }: World) {
  const recovered = outcome(graph.recoverRecordings());
  await clock.advance(60_000);
  return recovered;
}

test("a closing status that completes while recording is sent again does not close the entry under it", async () => {
  const world = createWorld();
  const { graph, clock, fake, steps } = world;
  await report(world, "recording");
  fake.script([{ operation: "running", becomes: "completed", becomesAfterMs: 100 }, { delayMs: 5_000 }]);
  const closing = outcome(graph.updateRecordingStatus(callId, { status: "notRecording" }));
  await clock.advance(0);
  const waited = outcome(graph.waitForOperation(callId, closing.value as NonNullable<typeof closing.value>));
  const again = outcome(graph.updateRecordingStatus(callId, { status: "recording" }));
  await clock.advance(60_000);
  expect([waited.value?.status, again.value?.status, steps.filter((step) => step.startsWith("closed"))]).toEqual([
    "completed",
    "completed",
    [],
  ]);
});

test("when recording is refused then, the closing status that was left open closes after all", async () => {
  const world = createWorld();
  const { graph, clock, fake, steps } = world;
  await report(world, "recording");
  fake.script([
    { operation: "running", becomes: "completed", becomesAfterMs: 1_000 },
    { status: 403, code: "7504" },
  ]);
  const closing = outcome(graph.updateRecordingStatus(callId, { status: "notRecording" }));
  await clock.advance(0);
  const again = outcome(graph.updateRecordingStatus(callId, { status: "recording" }));
  await clock.advance(0);
  const waited = outcome(graph.waitForOperation(callId, closing.value as NonNullable<typeof closing.value>));
  await clock.advance(10_000);
  expect([again.error?.code, waited.value?.status, steps.at(-1)]).toEqual(["HTTP", "completed", "closed e1 stopped notRecording"]);
});

test("an end that a plain report has told is not recovered: of a recording that could not tell it, and of another process", async () => {
  const world = createWorld();
  const recording = await world.live();
  world.fake.script({ status: 403, code: "7504" });
  const stopped = outcome(recording.stop());
  await world.clock.advance(0);
  expect([stopped.error?.code, world.steps.at(-1)]).toEqual(["HTTP", "released e1"]);
  await report(world, "notRecording", otherSpelling.toLowerCase());
  expect(world.steps.at(-1)).toBe("closed e1 stopped notRecording");
  world.fake.addCall("left");
  const entry = world.leave("left");
  await report(world, "failed", "left");
  const { value } = await recover(world);
  expect([value, world.steps.at(-1)]).toEqual([[], "closed e2 failed failed"]);
  world.orphans.push(entry);
  await report(world, "recording", "left");
  expect(world.steps.at(-1)).toBe("sent recording");
});

test("nobody recovers a call whose stop() is being repeated", async () => {
  const world = createWorld();
  const recording = await world.live();
  world.fake.script([
    { status: 403, code: "7504" },
    { operation: "running", becomes: "completed", becomesAfterMs: 5_000 },
  ]);
  const first = outcome(recording.stop());
  await world.clock.advance(0);
  expect(first.error?.code).toBe("HTTP");
  const again = outcome(recording.stop());
  await world.clock.advance(0);
  world.orphans.push(...world.entries);
  const recovered = outcome(world.graph.recoverRecordings());
  await world.clock.advance(60_000);
  expect([recovered.value, again.value?.reported]).toEqual([[], "notRecording"]);
  expect(world.steps.filter((step) => step === "sent failed")).toEqual([]);
});

test("close waits for a stop() that is repeated, and for what the journal is told of it", async () => {
  const world = createWorld();
  const recording = await world.live();
  world.fake.script([{ status: 403, code: "7504" }, { delayMs: 3_000 }]);
  const first = outcome(recording.stop());
  await world.clock.advance(0);
  expect(first.error?.code).toBe("HTTP");
  const again = outcome(recording.stop());
  await world.clock.advance(0);
  const closed = outcome(world.graph.close());
  await world.clock.advance(2_000);
  expect(closed.done).toBe(false);
  await world.clock.advance(2_000);
  expect([closed.done, again.value?.reported, world.steps.at(-1)]).toEqual([true, "notRecording", "closed e1 stopped notRecording"]);
});

test("close waits until what was opened for a start that never left is closed", async () => {
  const world = createWorld();
  const written = Promise.withResolvers<void>();
  world.behaviour.opened = () => written.promise;
  const started = outcome(world.graph.startRecording(callId, { recorder: world.recorder }));
  await world.clock.advance(0);
  const closed = outcome(world.graph.close());
  await world.clock.advance(1_000);
  expect([started.error?.code, closed.done]).toEqual(["CLOSED", false]);
  written.resolve();
  await world.clock.advance(0);
  expect([closed.done, world.steps]).toEqual([true, ["opened e1", "closed e1 startFailed undefined"]]);
});

test("one opening of a call waits for the one before it: a late one would replace it", async () => {
  const world = createWorld({ attemptTimeoutMs: 1_000 });
  const late = Promise.withResolvers<void>();
  world.behaviour.opened = () => late.promise;
  const first = outcome(world.graph.startRecording(callId, { recorder: world.recorder }));
  await world.clock.advance(1_000);
  expect(first.error?.code).toBe("JOURNAL");
  world.behaviour.opened = () => {};
  const second = outcome(world.graph.startRecording(callId, { recorder: world.recorder }));
  await world.clock.advance(500);
  expect(world.steps).toEqual(["opened e1"]);
  late.resolve();
  await world.clock.advance(0);
  expect([second.value?.state, world.steps.slice(0, 4)]).toEqual([
    "recording",
    ["opened e1", "closed e1 startFailed undefined", "opened e2", "sent recording"],
  ]);
});

test("close takes up no other call of a recovery", async () => {
  const world = createWorld({ maxConcurrency: 1 });
  for (const call of ["a", "b", "c"]) {
    world.fake.addCall(call);
    world.leave(call);
    world.fake.script({ callId: call, delayMs: 1_000 });
  }
  const recovered = outcome(world.graph.recoverRecordings());
  await world.clock.advance(500);
  const closed = outcome(world.graph.close());
  await world.clock.advance(5_000);
  expect(closed.done).toBe(true);
  expect(recovered.value?.map(({ callId: call, reported, error }) => [call, reported, (error as { code?: string })?.code])).toEqual([
    ["a", "failed", undefined],
    ["b", undefined, "CLOSED"],
    ["c", undefined, "CLOSED"],
  ]);
  expect(world.steps.filter((step) => step.startsWith("sent"))).toHaveLength(1);
});

test("what the journal was told once in vain it is told again: an end, and that there was none", async () => {
  const world = createWorld();
  const recording = await world.live();
  world.fake.script({ status: 403, code: "7504" });
  world.behaviour.released = () => Promise.reject(new Error("locked"));
  const stopped = outcome(recording.stop());
  await world.clock.advance(0);
  expect(stopped.error?.code).toBe("HTTP");
  world.behaviour.released = () => {};
  await recover(world);
  expect(world.steps.slice(-2)).toEqual(["released e1", "released e1"]);
  world.behaviour.closed = () => Promise.reject(new Error("locked"));
  const again = outcome(recording.stop());
  await world.clock.advance(0);
  expect([again.value?.reported, again.value?.error !== undefined]).toEqual(["notRecording", true]);
  world.orphans.push(...world.entries);
  const { value } = await recover(world);
  expect([value?.map(({ reported }) => reported), world.steps.filter((step) => step === "sent failed")]).toEqual([[undefined], []]);
  world.behaviour.closed = () => {};
  expect([(await recover(world)).value, world.steps.at(-1)]).toEqual([[], "closed e1 stopped notRecording"]);
});

test("an outcome that tells of the journal says nothing against the report that was made", async () => {
  const world = createWorld();
  const recording = await world.live();
  world.behaviour.closed = () => Promise.reject(new Error("locked"));
  const stopped = outcome(recording.stop());
  await world.clock.advance(0);
  expect(stopped.value?.error).toMatchObject({ mayBeInEffect: false, message: expect.not.stringContaining("may be in effect") });
});

test("half a hold, and one that throws: JOURNAL, and nothing was sent", async () => {
  const whole = { permits: () => true, mayReport: () => true, confirm: async () => true, onLost: () => {} };
  const thrower = () => {
    throw new Error("hostile");
  };
  for (const hold of [
    { ...whole, onLost: undefined },
    { ...whole, onLost: thrower },
    Object.defineProperty({ ...whole }, "permits", { get: thrower }),
  ]) {
    const world = createWorld();
    world.behaviour.opened = () => hold;
    const started = outcome(world.graph.startRecording(callId, { recorder: world.recorder }));
    await world.clock.advance(0);
    expect([started.error?.code, world.fake.history]).toEqual(["JOURNAL", []]);
  }
});

test("a journal that hangs holds neither an abort nor a deadline", async () => {
  const world = createWorld();
  await report(world, "recording");
  world.behaviour.closed = () => new Promise(() => {});
  const closing = outcome(world.graph.updateRecordingStatus(callId, { status: "notRecording" }, { deadlineMs: 200 }));
  await world.clock.advance(200);
  expect(closing.value?.status).toBe("completed");
  await world.clock.advance(10_000);
  const abort = new AbortController();
  const recovered = outcome(world.graph.recoverRecordings({ signal: abort.signal }));
  await world.clock.advance(50);
  abort.abort();
  await world.clock.advance(0);
  expect(recovered.error?.code).toBe("ABORTED");
});

test("a record that is never written is given up: nothing waits for it twice, and it is told", async () => {
  const world = createWorld({ attemptTimeoutMs: 1_000 });
  world.behaviour.attempt = () => new Promise(() => {});
  const recording = await world.live();
  await world.clock.advance(1_000);
  world.behaviour.attempt = () => {};
  const stopped = outcome(recording.stop());
  await world.clock.advance(0);
  expect(stopped.value).toMatchObject({ reported: "notRecording", error: { code: "JOURNAL" } });
});

test("what no outcome tells is told to onAttempt", async () => {
  const told: string[] = [];
  const world = createWorld({ onAttempt: ({ kind, outcome: ended }) => void told.push(`${kind} ${ended}`) });
  world.behaviour.attempt = () => Promise.reject(new Error("locked"));
  await report(world, "notRecording");
  expect(told).toEqual(["report completed", "outcome JOURNAL"]);
});
