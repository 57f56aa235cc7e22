// Plain reports in the journal: `recording` opens, a confirmed closing status or a refusal closes.
import { expect, test } from "vitest";
import { callId, createWorld, otherSpelling, outcome } from "./world.ts";

type World = ReturnType<typeof createWorld>;

async function report({ graph, clock }: World, status: "recording" | "notRecording" | "failed", id = callId) {
  const reported = outcome(graph.updateRecordingStatus(id, { status }));
  await clock.advance(60_000);
  return reported;
}

test("recording opens one entry, however often it is said; a closing status that is confirmed closes it", async () => {
  const world = createWorld();
  await report(world, "recording");
  await report(world, "recording", otherSpelling.toLowerCase());
  await report(world, "notRecording");
  await report(world, "notRecording");
  expect(world.steps).toEqual([
    "opened e1",
    "sent recording",
    "sent recording",
    "sent notRecording",
    "closed e1 stopped notRecording",
    "sent notRecording",
  ]);
  await report(world, "recording");
  expect(world.steps.slice(-2)).toEqual(["opened e2", "sent recording"]);
});

test("statuses that are asked for at once are opened and closed each in its turn", async () => {
  const world = createWorld();
  const { graph, clock, steps } = world;
  const statuses = ["recording", "notRecording", "recording"] as const;
  const reported = statuses.map((status) => outcome(graph.updateRecordingStatus(callId, { status })));
  await clock.advance(0);
  expect(reported.map(({ value }) => value?.status)).toEqual(["completed", "completed", "completed"]);
  expect(steps).toEqual([
    "opened e1",
    "sent recording",
    "sent notRecording",
    "closed e1 stopped notRecording",
    "opened e2",
    "sent recording",
  ]);
});

test("a refusal of every attempt closes; one that may be in effect does not, whatever is refused later", async () => {
  const world = createWorld();
  const refusal = { status: 403, code: "8506" };
  world.fake.script(refusal);
  await report(world, "recording");
  expect(world.steps.at(-1)).toBe("closed e1 startFailed undefined");
  world.fake.script([{ lose: "answer" }, { lose: "answer" }, { lose: "answer" }, { lose: "answer" }, refusal]);
  await report(world, "recording");
  await report(world, "recording");
  expect(world.steps.filter((step) => step.startsWith("closed"))).toHaveLength(1);
  await report(world, "failed");
  expect(world.steps.at(-1)).toBe("closed e2 failed failed");
});

test("a closing status that Graph leaves open closes when its operation has completed", async () => {
  const world = createWorld();
  const { graph, clock, fake, steps } = world;
  await report(world, "recording");
  fake.script({ operation: "running", becomes: "completed", becomesAfterMs: 1_000 });
  const { value: operation } = await report(world, "notRecording");
  expect(steps.at(-1)).toBe("sent notRecording");
  const waited = outcome(graph.waitForOperation(callId, operation as NonNullable<typeof operation>));
  await clock.advance(5_000);
  expect([waited.value?.status, steps.at(-1)]).toEqual(["completed", "closed e1 stopped notRecording"]);
});

test("a closing status that Graph left open closes nothing any more when recording was said again", async () => {
  const world = createWorld();
  const { graph, clock, fake, steps } = world;
  await report(world, "recording");
  fake.script({ operation: "running", becomes: "completed", becomesAfterMs: 1_000 });
  const { value: operation } = await report(world, "notRecording");
  await report(world, "recording");
  const waited = outcome(graph.waitForOperation(callId, operation as NonNullable<typeof operation>));
  await clock.advance(5_000);
  expect([waited.done, steps.filter((step) => step.startsWith("closed"))]).toEqual([true, []]);
});

test("a call that is gone closes", async () => {
  const world = createWorld();
  await report(world, "recording");
  world.fake.endCall(callId);
  const { error } = await report(world, "notRecording");
  expect([error?.code, world.steps.at(-1)]).toEqual(["HTTP", "closed e1 callEnded undefined"]);
});

test("a start on top of a plain report that is refused leaves that one open", async () => {
  const world = createWorld();
  const { graph, clock, fake, steps, recorder } = world;
  await report(world, "recording");
  fake.script({ status: 403, code: "7504" });
  const started = outcome(graph.startRecording(callId, { recorder }));
  await clock.advance(0);
  expect([started.error?.code, steps]).toEqual(["HTTP", ["opened e1", "sent recording", "opened e2", "sent recording"]]);
  await report(world, "notRecording");
  expect(steps.at(-1)).toBe("closed e2 stopped notRecording");
});

test("close hands on what plain reports left open: nobody here reports its end any more", async () => {
  const world = createWorld();
  await report(world, "recording");
  await world.graph.close();
  expect(world.steps.at(-1)).toBe("released e1");
});

test("what the journal could not take is told by a record of its own", async () => {
  const world = createWorld();
  await report(world, "recording");
  world.behaviour.closed = () => Promise.reject(new Error("disk full"));
  const { value } = await report(world, "notRecording");
  expect(value?.status).toBe("completed");
  expect(world.records.slice(-2)).toMatchObject([
    { kind: "report", status: "notRecording", outcome: "completed" },
    { kind: "outcome", status: "notRecording", outcome: "JOURNAL", attempt: 1 },
  ]);
});
