// What another process left behind, or this one could not report: who takes it up, and who is left alone.
import { expect, test } from "vitest";
import { callId, createWorld, otherSpelling, outcome } from "./world.ts";

async function recover({ graph, clock }: ReturnType<typeof createWorld>) {
  const recovered = outcome(graph.recoverRecordings());
  await clock.advance(0);
  return recovered;
}

test("an orphan is reported as failed, with the tenant that its owner named, and closed", async () => {
  const tenants: unknown[] = [];
  const world = createWorld();
  const { credential } = world.fake;
  const graph = world.make({
    credential: {
      getToken: (scope, options) => {
        tenants.push(options?.tenantId);
        return credential.getToken(scope);
      },
    },
  });
  world.leave(callId, { tenantId: "contoso" });
  const { value } = await recover({ ...world, graph });
  expect(value).toEqual([{ callId, reason: "recovered", reported: "failed", error: undefined }]);
  expect([world.steps, tenants]).toEqual([["sent failed", "closed e1 recovered failed"], ["contoso"]]);
  expect((await recover(world)).value).toEqual([]);
});

test("it waits for a final completed, and repeats what fails, as the end of a recording does", async () => {
  const world = createWorld();
  world.leave();
  world.fake.script([{ status: 500 }, { operation: "running", becomes: "completed", becomesAfterMs: 2_000 }]);
  const recovered = await recover(world);
  expect(recovered.done).toBe(false);
  await world.clock.advance(20_000);
  expect(recovered.value).toMatchObject([{ reason: "recovered", reported: "failed" }]);
  expect(world.steps).toEqual(["sent failed", "sent failed", "closed e1 recovered failed"]);
});

test("a call that is gone needs no report", async () => {
  const world = createWorld();
  world.leave();
  world.fake.endCall(callId);
  const { value } = await recover(world);
  expect(value).toEqual([{ callId, reason: "callEnded", reported: undefined, error: undefined }]);
  expect(world.steps).toEqual(["sent failed", "closed e1 callEnded undefined"]);
});

test("an end that cannot be reported is told, and released for the next time", async () => {
  const world = createWorld();
  const entry = world.leave();
  world.fake.script({ status: 403, code: "7504" });
  const { value } = await recover(world);
  expect(value).toMatchObject([{ reason: "recovered", reported: undefined, error: { code: "HTTP", status: 403 } }]);
  expect(world.steps).toEqual(["sent failed", "released e1"]);
  world.orphans.push(entry);
  expect((await recover(world)).value).toMatchObject([{ reported: "failed" }]);
});

test("a live recording of this client is left alone, in any spelling of its call", async () => {
  const world = createWorld();
  const recording = await world.live();
  world.leave(otherSpelling);
  expect((await recover(world)).value).toEqual([]);
  expect([recording.state, world.steps.at(-1)]).toEqual(["recording", "released e2"]);
});

test("so is a plain report, and an entry of a journal that hands out everything that is open", async () => {
  const world = createWorld();
  const reported = outcome(world.graph.updateRecordingStatus(callId, { status: "recording" }));
  await world.clock.advance(0);
  world.orphans.push(...world.entries);
  expect([(await recover(world)).value, reported.value?.status, world.steps]).toEqual([[], "completed", ["opened e1", "sent recording"]]);
});

test("so is a report that is still on its way to the journal", async () => {
  const world = createWorld();
  const written = Promise.withResolvers<void>();
  world.behaviour.opened = () => written.promise;
  const reported = outcome(world.graph.updateRecordingStatus(callId, { status: "recording" }));
  await world.clock.advance(0);
  world.leave();
  expect((await recover(world)).value).toEqual([]);
  written.resolve();
  await world.clock.advance(0);
  expect([reported.value?.status, world.steps]).toEqual(["completed", ["opened e1", "released e2", "sent recording"]]);
});

test("while the end of a call is reported nothing else of it is sent", async () => {
  const world = createWorld();
  const { graph, clock, recorder, fake } = world;
  world.leave();
  fake.script({ delayMs: 1_000 });
  const recovered = await recover(world);
  const started = outcome(graph.startRecording(otherSpelling, { recorder }));
  const plain = outcome(graph.updateRecordingStatus(callId, { status: "recording" }));
  await clock.advance(0);
  expect([started.error?.code, plain.error?.code, graph.recordings]).toEqual(["RECORDING_ACTIVE", "RECORDING_ACTIVE", []]);
  expect(started.error?.message).toContain("recoverRecordings");
  await clock.advance(1_000);
  expect(recovered.value).toMatchObject([{ reported: "failed" }]);
  const again = outcome(graph.startRecording(callId, { recorder }));
  await clock.advance(0);
  expect(again.value?.state).toBe("recording");
});

test("several entries of one call are one report", async () => {
  const world = createWorld();
  world.leave();
  world.leave(otherSpelling);
  expect((await recover(world)).value).toHaveLength(1);
  expect(world.steps).toEqual(["sent failed", "closed e1 recovered failed", "closed e2 recovered failed"]);
});

test("a recording whose end was recovered is not reported again by its stop()", async () => {
  const world = createWorld();
  const recording = await world.live();
  world.fake.script({ status: 403, code: "7504" });
  const stopped = outcome(recording.stop());
  await world.clock.advance(0);
  expect(stopped.error?.code).toBe("HTTP");
  world.orphans.push(...world.entries);
  await recover(world);
  const again = outcome(recording.stop());
  await world.clock.advance(0);
  expect(again.error).toMatchObject({ code: "RECORDING_ACTIVE", message: expect.stringContaining("recoverRecordings reports it") });
  expect(world.steps.at(-1)).toBe("closed e1 recovered failed");
});

test("no more are reported at once than there are slots, and each has its own deadline", async () => {
  const world = createWorld({ maxConcurrency: 2, deadlineMs: 1_500 });
  const calls = ["a", "b", "c", "d", "e"];
  for (const call of calls) {
    world.fake.addCall(call);
    world.leave(call);
    world.fake.script({ callId: call, delayMs: 1_000 });
  }
  const recovered = await recover(world);
  await world.clock.advance(10_000);
  expect(recovered.value?.map(({ reported }) => reported)).toEqual(calls.map(() => "failed"));
});

test.each([
  ["rejects", () => Promise.reject(new Error("gone")), "JOURNAL"],
  ["gives no list", () => undefined, "JOURNAL"],
  ["never settles", () => new Promise(() => {}), "DEADLINE"],
])("claimOrphans %s", async (_, claimOrphans, code) => {
  const world = createWorld();
  const graph = world.make({ journal: { ...world.journal, claimOrphans } as never });
  const recovered = outcome(graph.recoverRecordings());
  await world.clock.advance(50_000);
  expect([recovered.error?.code, world.steps.filter((step) => step.startsWith("sent"))]).toEqual([code, []]);
});

test("what is handed out after nobody waits any more is released", async () => {
  const world = createWorld();
  const handedOut = Promise.withResolvers<unknown>();
  const graph = world.make({ journal: { ...world.journal, claimOrphans: () => handedOut.promise } as never });
  const abort = new AbortController();
  const recovered = outcome(graph.recoverRecordings({ signal: abort.signal }));
  await world.clock.advance(0);
  abort.abort();
  await world.clock.advance(0);
  expect(recovered.error?.code).toBe("ABORTED");
  handedOut.resolve([world.leave()]);
  await world.clock.advance(0);
  expect(world.steps).toEqual(["released e1"]);
});

test("without a journal, after close, and with odd options it says what is wrong", async () => {
  const world = createWorld();
  await expect(world.make({ journal: undefined }).recoverRecordings()).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(world.graph.recoverRecordings({ tenantId: "contoso" } as never)).rejects.toMatchObject({ code: "BAD_INPUT" });
  await world.graph.close();
  await expect(world.graph.recoverRecordings()).rejects.toMatchObject({ code: "CLOSED" });
});

test("close lets a report of a recovery finish, and takes up no other", async () => {
  const world = createWorld();
  world.leave();
  world.fake.script({ delayMs: 2_000 });
  const recovered = await recover(world);
  const closed = outcome(world.graph.close());
  await world.clock.advance(2_000);
  expect([recovered.value, closed.done]).toMatchObject([[{ reported: "failed" }], true]);
});

test("what is no entry is told, and given back; the others are recovered", async () => {
  const world = createWorld();
  const odd = { id: "odd", callId: "call", tenantId: undefined, openedAt: 1, hold: { permits: () => true } };
  world.orphans.push(null as never, { id: "x", callId: "" } as never, odd as never);
  world.leave();
  const { value } = await recover(world);
  expect(value?.map(({ callId: call, reported, error }) => [call, reported, (error as { code?: string })?.code])).toEqual([
    ["", undefined, "JOURNAL"],
    ["", undefined, "JOURNAL"],
    ["", undefined, "JOURNAL"],
    [callId, "failed", undefined],
  ]);
  expect(world.steps).toEqual(["released e0", "released e0", "sent failed", "closed e1 recovered failed"]);
});
