// What the client writes down, and when: judged by what arrived at Graph before and after.
import { expect, test } from "vitest";
import { callId, createWorld, otherSpelling, outcome } from "./world.ts";

test("a recording is opened before it is reported, and closed after its end was confirmed", async () => {
  const { live, clock, steps, entries, outcomes } = createWorld();
  const stopped = outcome((await live()).stop());
  await clock.advance(0);
  expect(steps).toEqual([
    "opened e1",
    "sent recording",
    "recorder starts",
    "recorder has stopped",
    "sent notRecording",
    "closed e1 stopped notRecording",
  ]);
  expect(entries[0]).toEqual({ id: expect.any(String), callId, tenantId: undefined, openedAt: expect.any(Number) });
  expect(outcomes[0]).toEqual(stopped.value);
});

test("nothing leaves before opened has settled, however long that takes", async () => {
  const { graph, clock, steps, behaviour, recorder } = createWorld();
  const written = Promise.withResolvers<void>();
  behaviour.opened = () => written.promise;
  const started = outcome(graph.startRecording(callId, { recorder }));
  await clock.advance(9_000);
  expect(steps).toEqual(["opened e1"]);
  written.resolve();
  await clock.advance(0);
  expect([steps, started.value?.state]).toEqual([["opened e1", "sent recording", "recorder starts"], "recording"]);
});

test.each([
  ["rejects", () => Promise.reject(new Error("disk full")), "disk full"],
  [
    "throws",
    () => {
      throw new Error("disk full");
    },
    "disk full",
  ],
  ["never settles", () => new Promise(() => {}), "it did not settle within 10000 ms"],
])("opened %s: JOURNAL, and nothing was sent", async (_, opened, why) => {
  const { graph, clock, steps, behaviour, recorder, fake } = createWorld();
  behaviour.opened = opened;
  const started = outcome(graph.startRecording(callId, { recorder }));
  const plain = outcome(graph.withRecording(callId, () => {}));
  await clock.advance(10_000);
  expect(started.error).toMatchObject({ code: "JOURNAL", callId, mayBeInEffect: false, message: expect.stringContaining(why) });
  expect(plain.error?.code).toBe("RECORDING_ACTIVE");
  const reported = outcome(graph.updateRecordingStatus(callId, { status: "recording" }));
  await clock.advance(10_000);
  expect(reported.error).toMatchObject({ code: "JOURNAL", mayBeInEffect: false });
  expect([fake.history, steps.filter((step) => step.startsWith("sent"))]).toEqual([[], []]);
});

test("an opening that is written after its start was given up is closed again: nobody takes it for a recording", async () => {
  const { graph, clock, steps, behaviour, recorder } = createWorld();
  const written = Promise.withResolvers<void>();
  behaviour.opened = () => written.promise;
  const abort = new AbortController();
  const started = outcome(graph.startRecording(callId, { recorder, signal: abort.signal }));
  await clock.advance(0);
  abort.abort();
  await clock.advance(0);
  expect([started.error?.code, steps]).toEqual(["ABORTED", ["opened e1"]]);
  written.resolve();
  await clock.advance(0);
  expect(steps).toEqual(["opened e1", "closed e1 startFailed undefined"]);
});

test("a start that every attempt refused is closed: there is nothing to recover", async () => {
  const { graph, clock, steps, fake, recorder } = createWorld();
  fake.script({ status: 403, code: "8506" });
  const started = outcome(graph.startRecording(callId, { recorder }));
  await clock.advance(0);
  expect([started.error?.code, steps]).toEqual(["HTTP", ["opened e1", "sent recording", "closed e1 startFailed undefined"]]);
});

test("a start that may be in effect is closed only by its closing report", async () => {
  const { graph, clock, steps, fake, recorder } = createWorld();
  fake.script([{ lose: "answer" }, { lose: "answer" }, { lose: "answer" }, { lose: "answer" }]);
  const started = outcome(graph.startRecording(callId, { recorder }));
  await clock.advance(60_000);
  expect(started.error?.code).toBe("NETWORK");
  expect(steps.slice(-2)).toEqual(["sent failed", "closed e1 startFailed failed"]);
});

test("an end that could not be reported is released, and closed when stop() makes it good", async () => {
  const { live, clock, steps, fake } = createWorld();
  const recording = await live();
  fake.script({ status: 403, code: "7504" });
  const stopped = outcome(recording.stop());
  await clock.advance(0);
  expect([stopped.error?.code, steps.slice(-2)]).toEqual(["HTTP", ["sent notRecording", "released e1"]]);
  const again = outcome(recording.stop());
  await clock.advance(0);
  expect([again.value?.reported, steps.slice(-2)]).toEqual(["notRecording", ["sent notRecording", "closed e1 stopped notRecording"]]);
});

test("a call that is gone is closed without a report", async () => {
  const { live, clock, steps, fake } = createWorld();
  const recording = await live();
  fake.endCall(callId);
  const stopped = outcome(recording.stop());
  await clock.advance(0);
  expect([stopped.value?.reason, steps.at(-1)]).toEqual(["callEnded", "closed e1 callEnded undefined"]);
});

test("a new recording of the call is opened only after the journal has closed the last", async () => {
  const { live, clock, steps, behaviour, graph, recorder } = createWorld();
  const recording = await live();
  const written = Promise.withResolvers<void>();
  behaviour.closed = () => written.promise;
  const stopped = outcome(recording.stop());
  await clock.advance(0);
  const early = outcome(graph.startRecording(otherSpelling, { recorder }));
  await clock.advance(0);
  expect([stopped.done, early.error?.code]).toEqual([false, "RECORDING_ACTIVE"]);
  written.resolve();
  await clock.advance(0);
  expect([stopped.value?.reported, steps.at(-1)]).toEqual(["notRecording", "closed e1 stopped notRecording"]);
});

test.each([
  ["closed rejects", { closed: () => Promise.reject(new Error("disk full")) }, /journal\.closed failed: disk full/],
  ["closed never settles", { closed: () => new Promise(() => {}) }, /journal\.closed failed: it did not settle within 10000 ms/],
  ["attempt rejects", { attempt: () => Promise.reject(new Error("disk full")) }, /journal\.attempt failed: disk full/],
])("%s: told in the outcome; the report, its reason and the value of the body are as ever", async (_, failing, message) => {
  const { live, clock, behaviour, graph, fake } = createWorld();
  const recording = await live();
  Object.assign(behaviour, failing);
  const stopped = outcome(recording.stop());
  await clock.advance(10_000);
  const error = expect.objectContaining({ code: "JOURNAL", message: expect.stringMatching(message) });
  expect(stopped.value).toEqual({ callId, reason: "stopped", reported: "notRecording", error });
  expect((await recording.ended).error).toMatchObject({ code: "JOURNAL" });
  fake.addCall("another");
  const body = outcome(graph.withRecording("another", () => "the transcript"));
  await clock.advance(10_000);
  expect(body.value).toBe("the transcript");
});

test("what the journal could not close is told to it again by the next recovery, and not given up as an orphan", async () => {
  const { live, clock, behaviour, graph, steps } = createWorld();
  const recording = await live();
  behaviour.closed = () => Promise.reject(new Error("disk full"));
  const stopped = outcome(recording.stop());
  await clock.advance(0);
  expect(stopped.value?.error).toMatchObject({ code: "JOURNAL" });
  behaviour.closed = () => {};
  const recovered = outcome(graph.recoverRecordings());
  await clock.advance(0);
  expect([recovered.value, steps.slice(-2)]).toEqual([[], ["closed e1 stopped notRecording", "closed e1 stopped notRecording"]]);
  expect((await graph.close()).length).toBe(0);
  expect(steps.filter((step) => step.startsWith("released"))).toEqual([]);
});

test("the trail has each record before anybody acts on it, and the hook gets the same ones", async () => {
  const hook: unknown[] = [];
  const { live, clock, records, behaviour, steps } = createWorld({ onAttempt: (record) => hook.push(record) });
  behaviour.attempt = ({ status, outcome: told }) => void steps.push(`record ${status} ${told}`);
  const stopped = outcome((await live()).stop());
  await clock.advance(0);
  expect(stopped.done).toBe(true);
  expect(steps.indexOf("record recording completed")).toBeLessThan(steps.indexOf("recorder starts"));
  expect([hook, records.every(Object.isFrozen)]).toEqual([records, true]);
});

test("the end waits for records that are still being written, before it says that all is well", async () => {
  const { live, clock, behaviour } = createWorld();
  const recording = await live();
  const written = Promise.withResolvers<void>();
  behaviour.attempt = () => written.promise;
  const stopped = outcome(recording.stop());
  await clock.advance(5_000);
  expect(stopped.done).toBe(false);
  written.resolve();
  await clock.advance(0);
  expect(stopped.value?.error).toBeUndefined();
});

test("close leaves the journal open: who made it closes it", async () => {
  const { live, graph, clock, steps } = createWorld();
  await live();
  const closed = outcome(graph.close());
  await clock.advance(0);
  expect(closed.value?.[0]?.reason).toBe("closed");
  expect(steps.at(-1)).toBe("closed e1 closed notRecording");
});

test("close does not wait for a journal that hangs beyond its deadline", async () => {
  const { live, graph, clock, behaviour } = createWorld();
  await live();
  behaviour.closed = () => new Promise(() => {});
  const closed = outcome(graph.close({ deadlineMs: 3_000 }));
  await clock.advance(13_000);
  expect(closed.value?.[0]).toMatchObject({ reason: "closed", reported: "notRecording", error: { code: "JOURNAL" } });
});
