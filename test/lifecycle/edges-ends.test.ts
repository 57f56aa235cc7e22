// How an end is told, and to whom: what is replaced, gone, refused or interrupted meanwhile.
import type { AttemptRecord } from "teams-recording-status";
import { describe, expect, test } from "vitest";
import { callId, createHarness, outcome } from "./harness.ts";

const completed = {};
const refused = { status: 403 };

/** A recording whose end was refused: Graph still shows `recording`. */
async function unreported(harness = createHarness()) {
  const { fake, live, clock } = harness;
  fake.script([completed, refused]);
  const recording = await live();
  const stopped = outcome(recording.stop());
  await clock.advance(0);
  expect(stopped.error).toMatchObject({ code: "HTTP" });
  return { ...harness, recording };
}

describe("an end that was not reported", () => {
  test("is reported by stop() again, also after a newer start was refused: nothing newer began", async () => {
    const { recording, fake, begin, clock, reports } = await unreported();
    fake.script(refused);
    const started = begin();
    await clock.advance(0);
    expect(started.error).toMatchObject({ code: "HTTP", mayBeInEffect: false });
    const again = outcome(recording.stop());
    await clock.advance(0);
    expect([again.error, reports().at(-1)]).toEqual([undefined, "notRecording"]);
  });

  test("is not reported once a newer recording of the call has begun, however that ended", async () => {
    const { recording, fake, live, clock, reports } = await unreported();
    fake.script([completed, refused]);
    const newer = await live();
    outcome(newer.stop());
    await clock.advance(0);
    const before = reports().length;
    const again = outcome(recording.stop());
    await clock.advance(0);
    expect([again.error, reports().length]).toEqual([expect.objectContaining({ code: "RECORDING_ACTIVE" }), before]);
  });

  test("the trail tells a stop() again that was refused, and that no attempt of it left", async () => {
    const records: AttemptRecord[] = [];
    const { recording, graph } = await unreported(createHarness({ onAttempt: (record) => void records.push(record) }));
    await graph.close();
    await expect(recording.stop()).rejects.toMatchObject({ code: "CLOSED" });
    expect(records.at(-1)).toMatchObject({ kind: "outcome", status: "notRecording", outcome: "CLOSED", attempt: 0 });
  });

  test("stop() again after close says of the closing status what the end has said", async () => {
    const { fake, live, clock, graph } = createHarness();
    fake.script([completed, { silent: "answer" }]);
    const recording = await live();
    const closed = outcome<unknown>(graph.close({ deadlineMs: 1_000 }));
    await clock.advance(2_000);
    expect(closed.error).toBeUndefined();
    expect((await recording.ended).error).toMatchObject({ code: "CLOSED", mayBeInEffect: true });
    await expect(recording.stop()).rejects.toMatchObject({ code: "CLOSED", mayBeInEffect: true });
  });
});

test("callEnded() while the closing report is repeated: no further report leaves", async () => {
  const { fake, live, clock, reports } = createHarness();
  fake.script([completed, ...Array.from({ length: 50 }, () => ({ status: 503 }))]);
  const recording = await live();
  const stopped = outcome(recording.stop());
  await clock.advance(2_000);
  const before = reports().length;
  recording.callEnded();
  await clock.advance(60_000);
  expect([reports().length, stopped.value, stopped.error]).toEqual([before, expect.objectContaining({ reason: "callEnded" }), undefined]);
});

test("a signal whose abort event is kept from us ends the permit all the same", async () => {
  const abort = new AbortController();
  abort.signal.addEventListener("abort", (event) => event.stopImmediatePropagation());
  const { live, clock, reports } = createHarness();
  const recording = await live({ signal: abort.signal });
  abort.abort();
  expect(() => recording.assertRecording()).toThrow(expect.objectContaining({ code: "NOT_PERMITTED" }));
  await clock.advance(0);
  expect(reports()).toEqual(["recording", "notRecording"]);
});

describe("what the caller throws is told as it is", () => {
  test.each([
    ["an error of another call", { status: 403 }, "HTTP"],
    ["a status that may be in effect at another call", { lose: "answer" as const }, "NETWORK"],
  ])("a body that throws %s", async (_, step, code) => {
    const { fake, graph, clock } = createHarness({ retry: { limit: 0 } });
    fake.addCall("other");
    fake.script([completed, step]);
    let thrown: unknown;
    const done = outcome(
      graph.withRecording(callId, async () => {
        await graph.updateRecordingStatus("other", { status: "failed" }).catch((error) => {
          thrown = error;
          throw error;
        });
      }),
    );
    await clock.advance(0);
    expect(thrown).toMatchObject({ code, callId: "other" });
    expect(done.error).toBe(thrown);
  });

  test("a body that throws the several failures of another call: they stay together, and speak of that call", async () => {
    const { fake, graph, clock } = createHarness({ retry: { limit: 0 } });
    fake.addCall("other");
    fake.script([completed, { lose: "answer" }, refused]);
    let thrown: unknown;
    const recorder = { start: () => {}, stop: () => {} };
    const body = () =>
      graph.startRecording("other", { recorder }).catch((error) => {
        thrown = error;
        throw error;
      });
    const done = outcome(graph.withRecording(callId, body));
    await clock.advance(1_000);
    expect(thrown).toMatchObject({ code: "SEVERAL_FAILURES", callId: "other", mayBeInEffect: true });
    expect(done.error).toBe(thrown);
  });

  test("a sink that cannot even be opened: the recording ends as failed at once, with what it threw", async () => {
    const { live, clock, reports } = createHarness();
    const recording = await live();
    const thrown = new Error("No listeners, please.");
    const on = () => {
      throw thrown;
    };
    outcome(recording.pipe(new ReadableStream(), { write: () => true, end: () => {}, destroy: () => {}, on }));
    await clock.advance(0);
    expect([recording.state, reports()]).toEqual(["ended", ["recording", "failed"]]);
    expect((await recording.ended).error).toBe(thrown);
  });

  test.each([undefined, null])("a pipe that fails with %s has failed, and says so", async (reason) => {
    const { live, clock, reports } = createHarness();
    const recording = await live();
    const source = new ReadableStream({ start: (controller) => controller.error(reason) });
    outcome(recording.pipe(source, new WritableStream()));
    await clock.advance(0);
    expect((await recording.ended).error).toMatchObject({ message: expect.stringContaining("without a reason") });
    expect(reports()).toEqual(["recording", "failed"]);
  });
});

test("the members of SEVERAL_FAILURES speak of recording, as the whole does", async () => {
  const { fake, graph, clock } = createHarness();
  const abort = new AbortController();
  fake.script([completed, refused]);
  const done = outcome(
    graph.withRecording(callId, { signal: abort.signal }, () => new Promise((resolve) => clock.schedule(() => resolve(1), 10))),
  );
  await clock.advance(1);
  abort.abort();
  await clock.advance(1_000);
  expect(done.error).toMatchObject({ code: "SEVERAL_FAILURES", mayBeInEffect: true });
  const [first] = (done.error as unknown as { errors: { mayBeInEffect: boolean; code: string }[] }).errors;
  expect(first).toMatchObject({ code: "ABORTED", mayBeInEffect: true });
});

test("the closing status waits out the Retry-After of the status before it, also when the caller gave up", async () => {
  const { fake, begin, clock, reports } = createHarness();
  const abort = new AbortController();
  fake.script([{ lose: "answer" }, { status: 503, headers: { "retry-after": "5" } }]);
  begin({ signal: abort.signal });
  await clock.advance(1_000);
  abort.abort();
  await clock.advance(3_000);
  const early = reports().length;
  await clock.advance(3_000);
  expect([early, reports()]).toEqual([2, ["recording", "recording", "notRecording"]]);
});
