// What a third stranger broke: entries that nobody could recover, leases that were given away under a report, and sinks after a pause.
import { Readable } from "node:stream";
import type { JournalHold } from "teams-recording-status";
import { expect, test } from "vitest";
import { createLeasedWorld, reportLate } from "./leased-world.ts";
import { callId, createWorld, outcome, run } from "./world.ts";

type World = ReturnType<typeof createWorld>;

/** A hold whose entry is this process's as often as it asks. */
const firm: JournalHold = { permits: () => true, mayReport: () => true, leftMs: () => 60_000, confirm: async () => true, onLost: () => {} };

/** A recording whose end was refused, so that it was given up. */
async function givenUp(world: World) {
  world.behaviour.opened = () => firm;
  const recording = await world.live();
  world.fake.script({ status: 403, code: "7504" });
  await run(world, recording.stop());
  return recording;
}

test.each([
  ["stop() again", (world: World, recording: Awaited<ReturnType<typeof givenUp>>) => run(world, recording.stop())],
  ["a plain closing status", (world: World) => run(world, world.graph.updateRecordingStatus(callId, { status: "failed" }))],
])("%s that is refused as well gives the entry up again: somebody may recover it", async (_, again) => {
  const world = createWorld();
  const recording = await givenUp(world);
  world.fake.script({ status: 403, code: "7504" });
  const seen = await again(world, recording);
  expect([seen.error?.code, world.steps.filter((step) => step === "released e1").length]).toEqual(["HTTP", 2]);
});

test("an end that was given up is not given up once more while it is reported after all, however late the journal hears of it", async () => {
  const world = createWorld();
  let isBroken = true;
  world.behaviour.released = () => {
    if (isBroken) throw new Error("The journal is away.");
  };
  const recording = await givenUp(world);
  isBroken = false;
  world.fake.script({ delayMs: 1_000 });
  const again = outcome(recording.stop());
  await world.clock.advance(500);
  const before = world.steps.length;
  await run(world, world.graph.recoverRecordings());
  expect(world.steps.slice(before)).toEqual([]);
  await world.clock.advance(500);
  expect([again.value?.reported, world.steps.at(-1)]).toEqual(["notRecording", "closed e1 stopped notRecording"]);
});

test("a give-up that fails while the end is reported after all is not told again", async () => {
  const world = createWorld();
  world.behaviour.released = () => Promise.reject(new Error("The journal is away."));
  const recording = await givenUp(world);
  const late = Promise.withResolvers<void>();
  world.behaviour.released = () => late.promise;
  const recovering = run(world, world.graph.recoverRecordings());
  await world.clock.advance(0);
  world.fake.script({ delayMs: 1_000 });
  const again = outcome(recording.stop());
  await world.clock.advance(500);
  late.reject(new Error("too late"));
  await recovering;
  await world.clock.advance(0);
  const before = world.steps.length;
  await run(world, world.graph.recoverRecordings());
  expect(world.steps.slice(before)).toEqual([]);
  await world.clock.advance(500);
  expect(again.value?.reported).toBe("notRecording");
});

test.each(["start", "plain"])("an end that is owed stays owed when a later report (%s) of the call is refused", async (kind) => {
  const world = createLeasedWorld();
  await reportLate(world);
  world.fake.script({ status: 403, code: "7504" });
  const refused =
    kind === "start"
      ? await run(world, world.start.now())
      : await run(world, world.graph.updateRecordingStatus(callId, { status: "recording" }));
  expect([refused.error?.code, world.steps.at(-1)]).toEqual(["HTTP", "closed e2 startFailed undefined"]);
  const recovered = await run(world, world.graph.recoverRecordings());
  expect([recovered.value?.[0]?.reported, world.fake.statusOf(callId)]).toEqual(["failed", "failed"]);
});

test.each([
  ["another process records it", () => "two", "JOURNAL", []],
  ["nobody else does", () => undefined, undefined, ["sent notRecording"]],
  ["the journal cannot be asked", () => Promise.reject(new Error("away")), undefined, ["sent notRecording"]],
])("a plain closing status of a call that was not opened here: %s", async (_, holder, code, sent) => {
  const world = createWorld();
  const asked: string[] = [];
  const journal = Object.assign(world.journal, {
    holder(id: string) {
      asked.push(id);
      return holder();
    },
  });
  const graph = world.make({ journal: journal as never });
  const closing = await run(world, graph.updateRecordingStatus(callId, { status: "notRecording" }));
  expect([closing.error?.code, world.steps, asked]).toEqual([code, sent, [callId]]);
  if (code !== undefined) expect(closing.error?.message).toMatch(/is recorded by instance "two": nothing was sent\. End it there\./);
  await run(world, graph.updateRecordingStatus(callId, { status: "recording" }));
  await run(world, graph.updateRecordingStatus(callId, { status: "notRecording" }));
  expect(asked).toHaveLength(1);
});

/** A live recording with a lease of its own time. */
async function leased() {
  const world = createLeasedWorld();
  const recording = (await run(world, world.start.now())).value;
  if (recording === undefined) throw new Error("It did not start.");
  return { ...world, recording };
}

test("what has passed the gate does not reach the sink when the lease is over, though no timer has told it", async () => {
  const world = await leased();
  const written: number[] = [];
  const chunks = Array.from({ length: 100 }, (_, at) => at);
  const buffer = new TransformStream({}, { highWaterMark: 100 }, { highWaterMark: 100 });
  const sink = new WritableStream({
    write(chunk: number) {
      written.push(chunk);
      if (written.length === 3) world.expire();
    },
    close: () => void written.push(-1),
  });
  const piped = await run(world, world.recording.pipe(Readable.from(chunks), buffer, sink));
  await world.clock.advance(60_000);
  expect([written, piped.error?.code]).toEqual([[0, 1, 2], "NOT_PERMITTED"]);
});

test("nor is a sink finished then", async () => {
  const world = await leased();
  const written: string[] = [];
  const buffer = new TransformStream({
    flush() {
      world.expire();
    },
  });
  const sink = new WritableStream({
    write: (chunk: string) => void written.push(chunk),
    close: () => void written.push("closed"),
    abort: () => void written.push("cut off"),
  });
  await run(world, world.recording.pipe(Readable.from(["one"]), buffer, sink));
  await world.clock.advance(60_000);
  expect(written).toEqual(["one", "cut off"]);
});

test("nor does a chunk that a gate holds come out of it", async () => {
  const world = await leased();
  const { readable, writable } = world.recording.gate<string>();
  const writing = outcome(writable.getWriter().write("held"));
  await world.clock.advance(0);
  world.expire();
  const read = await run(world, readable.getReader().read());
  expect([read.error?.code, writing.error?.code]).toEqual(["NOT_PERMITTED", "NOT_PERMITTED"]);
});

test("recorder.stop is told before it runs that nothing may be written any more", async () => {
  const world = createLeasedWorld();
  const told: boolean[] = [];
  const stop = ({ signal }: { signal: AbortSignal }) => void told.push(signal.aborted);
  const started = await run(world, world.graph.startRecording(callId, { recorder: { start: () => {}, stop } }));
  world.expire();
  expect(() => started.value?.assertRecording()).toThrow(expect.objectContaining({ code: "NOT_PERMITTED" }));
  await world.clock.advance(60_000);
  expect(told).toEqual([true]);
});
