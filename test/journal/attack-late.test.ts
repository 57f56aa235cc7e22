// What a stranger suspected: a report that leaves while the lease lasts, and arrives when another process has the call.
import { expect, test } from "vitest";
import { JournalError } from "../../src/model/errors.ts";
import { createLeasedWorld, reportLate } from "./leased-world.ts";
import { callId, outcome } from "./world.ts";

test.each(["recording", "notRecording"] as const)(
  "an attempt of %s that is under way is given up with the lease, and is not made again",
  async (status) => {
    const { graph, fake, clock, givenUp, steps } = createLeasedWorld();
    if (status === "notRecording") outcome(graph.updateRecordingStatus(callId, { status: "recording" }));
    await clock.advance(0);
    fake.script({ silent: "request" });
    const reported = outcome(graph.updateRecordingStatus(callId, { status }));
    await clock.advance(3_999);
    expect(givenUp).toEqual([]);
    await clock.advance(1);
    expect(givenUp).toEqual([4_000]);
    await clock.advance(60_000);
    expect([reported.error?.code, steps.filter((step) => step === `sent ${status}`)]).toEqual(["JOURNAL", [`sent ${status}`]]);
  },
);

test("one whose lease is renewed meanwhile has the time that an attempt has", async () => {
  const { graph, fake, clock, leases, givenUp } = createLeasedWorld();
  fake.script({ delayMs: 6_000 });
  const reported = outcome(graph.updateRecordingStatus(callId, { status: "recording" }));
  await clock.advance(3_000);
  Object.assign(leases.at(-1) ?? {}, { endsAt: clock.monotonicNow() + 4_000 });
  await clock.advance(3_000);
  expect([givenUp, reported.value?.status, clock.pending]).toEqual([[], "completed", 0]);
});

/** A start whose process sleeps while its report is under way: it arrives when the lease is over. */
async function startLate(world: ReturnType<typeof createLeasedWorld>) {
  world.fake.script({ delayMs: 1_000 });
  const started = world.start();
  await world.clock.advance(999);
  world.expire();
  await world.clock.advance(1);
  return started;
}

test("a start that is confirmed when its lease is over is written down anew, and its end reported", async () => {
  const world = createLeasedWorld();
  const started = await startLate(world);
  expect(world.steps).toEqual(["opened e1", "sent recording", "opened e2", "sent failed", "closed e2 failed failed"]);
  expect([started.error?.code, world.fake.statusOf(callId)]).toEqual(["JOURNAL", "failed"]);
});

test("so is one that was never answered", async () => {
  const world = createLeasedWorld();
  world.fake.script({ silent: "answer" });
  const started = world.start();
  await world.clock.advance(10_000);
  expect(world.steps).toEqual(["opened e1", "sent recording", "opened e2", "sent failed", "closed e2 startFailed failed"]);
  expect([started.error?.code, world.fake.statusOf(callId)]).toEqual(["JOURNAL", "failed"]);
});

test("while another process records the call it is not written down, and recovered when it can be", async () => {
  const world = createLeasedWorld();
  let isTaken = true;
  world.behaviour.opened = () => {
    if (isTaken && world.entries.length > 1) throw new JournalError("The call is recorded by another instance.", { hint: "Hand it on." });
    return world.open();
  };
  const started = await startLate(world);
  expect(started.error).toMatchObject({ mayBeInEffect: true, errors: [{ code: "JOURNAL" }, { code: "JOURNAL" }] });
  expect(world.steps.filter((step) => step.startsWith("sent"))).toEqual(["sent recording"]);
  const early = outcome(world.graph.recoverRecordings());
  await world.clock.advance(0);
  expect(early.value).toEqual([]);
  isTaken = false;
  const recovered = outcome(world.graph.recoverRecordings());
  await world.clock.advance(0);
  expect([recovered.value?.[0]?.reported, world.fake.statusOf(callId)]).toEqual(["failed", "failed"]);
  const again = outcome(world.graph.recoverRecordings());
  await world.clock.advance(0);
  expect(again.value).toEqual([]);
});

test("a plain report that was late is recovered, too", async () => {
  const world = createLeasedWorld();
  await reportLate(world);
  const recovered = outcome(world.graph.recoverRecordings());
  await world.clock.advance(0);
  expect([recovered.value?.[0]?.reported, world.steps.at(-1)]).toEqual(["failed", "closed e2 recovered failed"]);
});

test("a call of which somebody else's recording is recovered as well is reported once", async () => {
  const world = createLeasedWorld({ maxConcurrency: 1 });
  await reportLate(world);
  world.leave(callId, { hold: world.open() });
  const recovered = outcome(world.graph.recoverRecordings());
  await world.clock.advance(0);
  expect([recovered.value?.length, world.steps.filter((step) => step === "sent failed").length]).toEqual([1, 1]);
});

test("what is still to be written down when the client is closed is left to whoever recovers", async () => {
  const world = createLeasedWorld();
  let isTaken = true;
  world.behaviour.opened = () => {
    if (isTaken && world.entries.length > 1) throw new Error("The call is recorded by another instance.");
    return world.open();
  };
  await startLate(world);
  isTaken = false;
  const closed = outcome(world.graph.close());
  await world.clock.advance(0);
  expect([closed.done, world.steps.at(-1)]).toEqual([true, `released e${world.entries.length}`]);
});

test("a lease that ends while the recorder starts, though no timer has told it: the start is refused", async () => {
  const world = createLeasedWorld();
  let isReady = () => {};
  const start = () =>
    new Promise<void>((resolve) => {
      isReady = resolve;
    });
  const started = outcome(world.graph.startRecording(callId, { recorder: { ...world.recorder, start } }));
  await world.clock.advance(0);
  world.expire();
  isReady();
  await world.clock.advance(0);
  expect([started.error?.code, world.steps]).toEqual([
    "SEVERAL_FAILURES",
    ["opened e1", "sent recording", "recorder has stopped", "released e1"],
  ]);
});

test("what a journal of ours throws says itself what to do; of another one the message says that nothing was sent", async () => {
  const world = createLeasedWorld();
  world.behaviour.opened = () => {
    throw new JournalError("The call is recorded by another instance.", { hint: "Hand it on." });
  };
  const refused = world.start();
  await world.clock.advance(0);
  expect(refused.error?.message).toBe(
    "journal.opened failed: The call is recorded by another instance. Hand it on. Nothing was sent: what is not written down first cannot be recovered after a crash.",
  );
  world.behaviour.opened = () => {
    throw new Error("The disk is full.");
  };
  const full = world.start();
  await world.clock.advance(0);
  expect(full.error?.message).toMatch(
    /^journal\.opened failed: The disk is full\. Nothing was sent: .* Mend the journal, then start again\.$/,
  );
});
