// What a fourth stranger broke, in the corrections of the third attack.
import type { JournalEntry, JournalHold, Orphan } from "teams-recording-status";
import { expect, test } from "vitest";
import { createLeasedWorld, reportLate } from "./leased-world.ts";
import { callId, createWorld, outcome, run } from "./world.ts";

test("a closing status by hand asks before each attempt whether another process has begun to record the call", async () => {
  const world = createWorld();
  const holders: (string | undefined)[] = [undefined, "two"];
  const graph = world.make({ journal: Object.assign(world.journal, { holder: () => holders.shift() }) as never });
  world.fake.script({ status: 503, headers: { "retry-after": "2" } });
  const closing = outcome(graph.updateRecordingStatus(callId, { status: "notRecording" }));
  await world.clock.advance(10_000);
  expect([closing.error?.code, world.steps]).toEqual(["JOURNAL", ["sent notRecording"]]);
});

test("what is claimed while a start of its call waits is given back, also when it is this client's own", async () => {
  const world = createWorld();
  const recording = await world.live();
  world.fake.script({ status: 403, code: "7504" });
  await run(world, recording.stop());
  world.orphans.push(world.entries[0] as Orphan);
  // Its entry is not open yet when the claim is looked at.
  world.behaviour.opened = () => new Promise(() => {});
  const [recovered] = [outcome(world.graph.recoverRecordings()), outcome(world.graph.startRecording(callId, { recorder: world.recorder }))];
  await world.clock.advance(0);
  expect([recovered.value, world.steps.filter((step) => step === "released e1").length]).toEqual([[], 2]);
});

test.each(["a closing status", "a call without a page"])(
  "an end that was confirmed after all is not reported as failed (%s)",
  async (way) => {
    const world = createLeasedWorld();
    await reportLate(world);
    if (way === "a call without a page") {
      world.fake.script({ status: 403, code: "7504" });
      await run(world, world.graph.updateRecordingStatus(callId, { status: "recording" }));
    } else Object.assign(world.leases[0] as object, { endsAt: Number.POSITIVE_INFINITY });
    const ended = await run(world, world.graph.updateRecordingStatus(callId, { status: "notRecording" }));
    const recovered = await run(world, world.graph.recoverRecordings());
    expect([ended.value?.status, recovered.value, world.fake.statusOf(callId)]).toEqual(["completed", [], "notRecording"]);
  },
);

test("a give-up that resolves after its end was reported does not hide that the end is still to be told", async () => {
  const world = createWorld();
  world.behaviour.released = () => Promise.reject(new Error("away"));
  const recording = await world.live();
  world.fake.script({ status: 403, code: "7504" });
  await run(world, recording.stop());
  const slow = Promise.withResolvers<void>();
  world.behaviour.released = () => slow.promise;
  await run(world, world.graph.recoverRecordings());
  world.behaviour.closed = () => Promise.reject(new Error("away"));
  const stopped = await run(world, recording.stop());
  expect(stopped.value?.reported).toBe("notRecording");
  slow.resolve();
  await world.clock.advance(0);
  world.orphans.push(world.entries[0] as Orphan);
  await run(world, world.graph.recoverRecordings());
  expect([world.steps.includes("sent failed"), world.fake.statusOf(callId)]).toEqual([false, "notRecording"]);
});

test.each([
  ["a number", 5_000, /its hold has no function leftMs/],
  ["a function that throws", () => Promise.reject.call(undefined), undefined],
  ["a function that gives NaN", () => Number.NaN, undefined],
])("a hold whose leftMs is %s: one error, and the slot is free again", async (_, leftMs, message) => {
  const world = createWorld({ maxConcurrency: 1 });
  const hold = {
    permits: () => true,
    mayReport: () => true,
    confirm: async () => true,
    onLost: () => {},
    leftMs,
  } as unknown as JournalHold;
  world.behaviour.opened = () => hold;
  const refused = outcome(world.graph.startRecording(callId, { recorder: world.recorder }));
  await world.clock.advance(120_000);
  expect(refused.error?.code).toBeTypeOf("string");
  if (message !== undefined) expect(refused.error?.message).toMatch(message);
  world.behaviour.opened = () => {};
  world.fake.addCall("healthy");
  const healthy = await run(world, world.graph.startRecording("healthy", { recorder: world.recorder }));
  expect(healthy.value?.state).toBe("recording");
});

test("a lease that is lost while the end is reported leaves no timer, and does not call the recording failed", async () => {
  const world = createWorld();
  const lost: (() => void)[] = [];
  const hold: JournalHold = {
    permits: () => true,
    mayReport: () => true,
    confirm: async () => true,
    onLost: (callback) => void lost.push(callback),
  };
  world.behaviour.opened = () => hold;
  const recording = await world.live();
  world.fake.script({ delayMs: 1_000 });
  const stopped = outcome(recording.stop());
  await world.clock.advance(500);
  for (const tell of lost) tell();
  await world.clock.advance(500);
  expect([stopped.value?.reported, stopped.value?.error, world.clock.pending]).toEqual(["notRecording", undefined, 0]);
});

test("a recovery whose journal hangs ends with its signal, however much there is to tell", async () => {
  const world = createWorld();
  const ids = Array.from({ length: 30 }, (_, at) => `call-${at}`);
  for (const id of ids) {
    world.fake.addCall(id);
    await run(world, world.graph.updateRecordingStatus(id, { status: "notRecording" }));
    world.leave(id);
  }
  world.behaviour.closed = () => new Promise(() => {});
  const abort = new AbortController();
  const recovered = outcome(world.graph.recoverRecordings({ signal: abort.signal }));
  await world.clock.advance(400);
  abort.abort();
  await world.clock.advance(0);
  expect([recovered.error?.code, world.steps.filter((step) => step.startsWith("released")).length]).toEqual(["ABORTED", 30]);
});

test("an old late start does not owe the end of what was recorded of the call since", async () => {
  const world = createLeasedWorld();
  let entries: JournalEntry[] = [];
  world.fake.script({ delayMs: 1_000 });
  world.behaviour.opened = (entry) => {
    entries = [...entries, entry];
    if (entries.length === 2) throw new Error("The call is recorded by another instance.");
    return world.open();
  };
  const started = world.start();
  await world.clock.advance(500);
  const [old] = world.graph.recordings;
  await world.clock.advance(499);
  world.expire();
  await world.clock.advance(1);
  expect([started.done, old?.state]).toEqual([true, "ended"]);
  const newer = await run(world, world.start.now());
  expect((await run(world, newer.value?.stop() ?? Promise.resolve(undefined))).value?.reported).toBe("notRecording");
  await run<unknown>(world, old?.stop() ?? Promise.resolve());
  const recovered = await run(world, world.graph.recoverRecordings());
  expect([recovered.value, world.fake.statusOf(callId)]).toEqual([[], "notRecording"]);
});
