// The fake's recorder and sink: what they note, when, and what of the test's own runs behind them.
import { createRecordingClient } from "teams-recording-status";
import { describe, expect, test } from "vitest";
import { callId, openFake } from "../support/lifecycle-fake.ts";

const eventsOf = ({ fake }: Awaited<ReturnType<typeof openFake>>) => fake.history.map(({ at: _, callId: __, ...event }) => event);

describe("a recorder", () => {
  test("notes its start, its stop, and that it has stopped when the test's own has", async () => {
    const given = await openFake();
    const stopping = Promise.withResolvers<void>();
    const seen: unknown[] = [];
    const recorder = given.fake.recorder(callId, { start: (context) => seen.push(context), stop: () => stopping.promise });
    const context = { callId } as never;
    await recorder.start(context);
    const stopped = recorder.stop();
    expect(given.history()).toEqual(["recorderStart", "recorderStop"]);
    stopping.resolve();
    await stopped;
    expect([given.history().at(-1), seen]).toEqual(["recorderStopped", [context]]);
  });

  test("one that fails to stop has not stopped, and tells its error", async () => {
    const given = await openFake();
    const stop = () => Promise.reject(new Error("disk full"));
    await expect(given.fake.recorder(callId, { stop }).stop()).rejects.toThrow("disk full");
    expect(given.history()).toEqual(["recorderStop"]);
  });

  test("one that is given to another call is a violation", async () => {
    const { fake, clock } = await openFake();
    fake.addCall("other");
    const graph = createRecordingClient({ baseUrl: fake.baseUrl, fetch: fake.fetch, credential: fake.credential }, clock);
    await (await graph.startRecording("other", { recorder: fake.recorder(callId) })).stop();
    expect(fake.violations()[0]).toMatch(`${callId} at 0 ms: its recorder was given to the call "other": two calls are mixed up`);
  });

  test("either spelling of the call is the same call", async () => {
    const { fake, clock } = await openFake();
    const upper = callId.replaceAll("-", "").toUpperCase();
    const graph = createRecordingClient({ baseUrl: fake.baseUrl, fetch: fake.fetch, credential: fake.credential }, clock);
    const recording = await graph.startRecording(callId, { recorder: fake.recorder(upper) });
    await fake.sink(upper).write("a");
    await recording.stop();
    expect([fake.violations(), new Set(fake.history.map((event) => event.callId))]).toEqual([[], new Set([callId])]);
  });
});

describe("a sink", () => {
  test("notes a single write at that moment, also beside a stream that is locked", async () => {
    const given = await openFake();
    const sink = given.fake.sink<string>(callId);
    sink.getWriter();
    const writing = sink.write("a");
    expect(eventsOf(given)).toEqual([{ type: "persisted", chunk: "a", sink: "sink 1" }]);
    await writing;
  });

  test("notes what reaches the stream, and its close", async () => {
    const given = await openFake();
    await new ReadableStream({
      start(controller) {
        controller.enqueue("a");
        controller.close();
      },
    }).pipeTo(given.fake.sink(callId));
    expect(eventsOf(given)).toEqual([
      { type: "persisted", chunk: "a", sink: "sink 1", stream: true },
      { type: "sinkClosed", sink: "sink 1" },
    ]);
  });

  test("notes that it was given up", async () => {
    const given = await openFake();
    const reasons: unknown[] = [];
    await given.fake.sink(callId, { abort: (reason) => reasons.push(reason) }).abort("why");
    expect([eventsOf(given), reasons]).toEqual([[{ type: "sinkAborted", sink: "sink 1" }], ["why"]]);
  });

  test("a write that the test's own takes time for is under way until it has settled", async () => {
    const given = await openFake();
    const disk = Promise.withResolvers<void>();
    const writing = given.fake.sink(callId, { write: () => disk.promise }).write("a");
    expect(eventsOf(given)).toEqual([{ type: "persisted", chunk: "a", sink: "sink 1", pending: true }]);
    disk.reject(new Error("disk full"));
    await expect(writing).rejects.toThrow("disk full");
    expect(eventsOf(given).at(-1)).toEqual({ type: "writeEnded", chunk: "a", sink: "sink 1" });
  });

  test("one that throws is noted all the same: something may have been written", async () => {
    const given = await openFake();
    const write = () => {
      throw new Error("disk full");
    };
    await expect(given.fake.sink(callId, { write }).write("a")).rejects.toThrow("disk full");
    expect(given.history()).toEqual(["persisted"]);
  });

  test.each([
    ["line", "line"],
    [new Uint8Array(3), "3 bytes"],
    [new ArrayBuffer(4), "4 bytes"],
    [{ text: "a" }, '{"text":"a"}'],
    [undefined, "undefined"],
    [1n, "[object BigInt]"],
  ])("a chunk %o is called %s", async (chunk, name) => {
    const given = await openFake();
    await given.fake.sink(callId).write(chunk);
    expect(eventsOf(given)[0]).toMatchObject({ chunk: name });
  });

  test("each has a name of its own", async () => {
    const given = await openFake();
    await given.fake.sink(callId).write("a");
    await given.fake.sink(callId).write("b");
    expect(eventsOf(given)).toMatchObject([{ sink: "sink 1" }, { sink: "sink 2" }]);
  });
});
