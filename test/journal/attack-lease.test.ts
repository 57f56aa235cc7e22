// What a second stranger broke: an instance that lost its lease, and went on as if it had not.
import type { JournalHold } from "teams-recording-status";
import { expect, test } from "vitest";
import { callId, createWorld, outcome } from "./world.ts";

function createLease() {
  const lease = { isOver: false, leftMs: 60_000 };
  const hold: JournalHold = {
    permits: () => !lease.isOver,
    mayReport: () => !lease.isOver,
    leftMs: () => (lease.isOver ? 0 : lease.leftMs),
    confirm: async () => false,
    onLost: () => {},
  };
  return { lease, hold };
}

/** A plain `recording` whose lease is over: another process has the call by now. */
async function lostPlain() {
  const world = createWorld();
  const { lease, hold } = createLease();
  world.behaviour.opened = () => hold;
  const reported = outcome(world.graph.updateRecordingStatus(callId, { status: "recording" }));
  await world.clock.advance(0);
  expect(reported.value?.status).toBe("completed");
  lease.isOver = true;
  world.behaviour.opened = () => {};
  return world;
}

test("a plain closing status does not speak of the recording that another process has begun since", async () => {
  const { graph, clock, steps } = await lostPlain();
  const closing = outcome(graph.updateRecordingStatus(callId, { status: "notRecording" }));
  await clock.advance(0);
  expect([closing.error?.code, steps]).toEqual(["JOURNAL", ["opened e1", "sent recording"]]);
});

test("nor does one that is repeated", async () => {
  const world = createWorld();
  const { lease, hold } = createLease();
  world.behaviour.opened = () => hold;
  outcome(world.graph.updateRecordingStatus(callId, { status: "recording" }));
  await world.clock.advance(0);
  world.fake.script({ lose: "answer" });
  const closing = outcome(world.graph.updateRecordingStatus(callId, { status: "notRecording" }));
  await world.clock.advance(0);
  lease.isOver = true;
  await world.clock.advance(60_000);
  expect([closing.error?.code, world.steps.filter((step) => step === "sent notRecording").length]).toEqual(["JOURNAL", 1]);
});

test("what another process has left of that call is recovered here", async () => {
  const world = await lostPlain();
  world.leave();
  const recovered = outcome(world.graph.recoverRecordings());
  await world.clock.advance(0);
  expect([recovered.value?.[0]?.reported, world.steps.at(-1)]).toEqual(["failed", "closed e2 recovered failed"]);
});

test("a start that is refused inherits nothing of it: its entry is closed", async () => {
  const world = await lostPlain();
  world.fake.script({ status: 403, code: "7504" });
  const started = outcome(world.graph.startRecording(callId, { recorder: world.recorder }));
  await world.clock.advance(0);
  expect([started.error?.code, world.steps.at(-1)]).toEqual(["HTTP", "closed e2 startFailed undefined"]);
});

test("what persists is cut off with the lease, whatever stopTimeoutMs allows", async () => {
  const world = createWorld();
  const { lease, hold } = createLease();
  world.behaviour.opened = () => hold;
  const recording = await world.live();
  const cutOff: boolean[] = [];
  outcome(recording.persist((signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(cutOff.push(true))))));
  lease.isOver = true;
  expect(() => recording.assertRecording()).toThrow(expect.objectContaining({ code: "NOT_PERMITTED" }));
  await world.clock.advance(10);
  expect(cutOff).toEqual([true]);
});

test("an end that a plain report told answers only for what was open before it, and never for what several processes write to", async () => {
  const world = createWorld();
  const { hold } = createLease();
  const ended = outcome(world.graph.updateRecordingStatus(callId, { status: "notRecording" }));
  await world.clock.advance(0);
  expect(ended.value?.status).toBe("completed");
  world.leave(callId, { openedAt: Number.MAX_SAFE_INTEGER });
  const newer = outcome(world.graph.recoverRecordings());
  await world.clock.advance(0);
  world.leave(callId, { hold });
  const shared = outcome(world.graph.recoverRecordings());
  await world.clock.advance(0);
  expect([newer.value?.[0]?.reported, shared.value?.[0]?.reported]).toEqual(["failed", "failed"]);
});
