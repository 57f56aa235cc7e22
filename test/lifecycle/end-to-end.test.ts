// The whole life over real HTTP against Prism, in real time, with a file on disk: its last byte precedes the report on the wire.
import { Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callId } from "../support/lifecycle-fake.ts";
import { openWire, speak, until, type Wire } from "../support/lifecycle-wire.ts";

let mock: MockGraph;
let wire: Wire;
beforeAll(async () => {
  mock = await startMockGraph();
});
afterAll(() => mock?.close());
beforeEach(() => {
  wire = openWire(mock.url);
});
afterEach(() => wire.close());

const idle = { start: () => {}, stop: () => {} };

/** The file is whole lines from the first on, and was complete when the one closing report left. */
function expectComplete({ reports, text }: Wire, status: string, { firstLines, told }: ReturnType<typeof speak>): void {
  const written = text();
  const lines = written.split("\n").length - 1;
  expect(written).toBe(firstLines(lines));
  expect(lines).toBeGreaterThanOrEqual(10);
  // What was spoken and not let through: at most what was on its way to the gate.
  expect(told.spoken - lines).toBeLessThanOrEqual(5);
  expect(reports).toMatchObject([{ status, size: written.length, finished: true }]);
}

describe("pipe", () => {
  test("stop: the file is complete when notRecording leaves", async () => {
    const speech = speak();
    const recording = await wire.graph.startRecording(callId, { recorder: idle });
    const piped = recording.pipe(speech.transcript(), wire.sink);
    await until(() => speech.told.spoken > 10, "ten lines");
    expect(await recording.stop()).toEqual({ callId, reason: "stopped", reported: "notRecording", error: undefined });
    await piped;
    expectComplete(wire, "notRecording", speech);
  });

  test("stop: the file is closed, not only written, when notRecording leaves", async () => {
    const speech = speak();
    const recording = await wire.graph.startRecording(callId, { recorder: idle });
    const piped = recording.pipe(speech.transcript(), wire.sink);
    await until(() => speech.told.spoken > 10, "ten lines");
    await recording.stop();
    await piped;
    expect(wire.reports).toMatchObject([{ status: "notRecording", closed: true }]);
  });

  test("long lines: what the disk has not taken yet is waited for", async () => {
    const speech = speak(1_000_000);
    const recording = await wire.graph.startRecording(callId, { recorder: idle });
    const piped = recording.pipe(speech.transcript(), wire.sink);
    await until(() => speech.told.spoken > 10, "ten long lines");
    await recording.fail(new Error("The bot gives up."));
    await piped;
    expectComplete(wire, "failed", speech);
  });

  test("abort by the caller's signal: the same, in the background", async () => {
    const speech = speak();
    const abort = new AbortController();
    const recording = await wire.graph.startRecording(callId, { recorder: idle, signal: abort.signal });
    const piped = recording.pipe(speech.transcript(), wire.sink);
    await until(() => speech.told.spoken > 10, "ten lines");
    abort.abort();
    expect(await recording.ended).toEqual({ callId, reason: "aborted", reported: "notRecording", error: undefined });
    await piped;
    expectComplete(wire, "notRecording", speech);
  });
});

describe("a gate, and a pipeline of the caller's that recorder.stop waits for", () => {
  const begin = async (build: (gate: ReadableWritablePair<string, string>, source: AsyncIterable<string>) => Promise<void>) => {
    let pipe: Promise<void> | undefined;
    const speech = speak();
    const recording = await wire.graph.startRecording(callId, { recorder: { start: () => {}, stop: () => pipe } });
    pipe = build(recording.gate<string>(), speech.transcript());
    pipe.catch(() => {});
    await until(() => speech.told.spoken > 10, "ten lines");
    return { recording, speech };
  };

  test("Node's pipeline behind the gate: the file is complete and closed when notRecording leaves", async () => {
    const { recording, speech } = await begin((gate, source) =>
      pipeline(Readable.fromWeb(Readable.toWeb(Readable.from(source, { highWaterMark: 1 })).pipeThrough(gate as never)), wire.sink),
    );
    expect(await recording.stop()).toMatchObject({ reported: "notRecording", error: undefined });
    expectComplete(wire, "notRecording", speech);
    expect(wire.reports[0]?.closed).toBe(true);
  });

  // A stage of Node's that is refused a chunk destroys its whole pipeline, so this cannot end well; but it must not look as if it had.
  test("the gate in the middle of Node's pipeline: it is refused at the stop, and failed is reported, never notRecording", async () => {
    const { recording } = await begin((gate, source) => pipeline(source, Duplex.fromWeb(gate as never, { objectMode: true }), wire.sink));
    await expect(recording.stop()).rejects.toMatchObject({ code: "RECORDER_FAILED", cause: { code: "NOT_PERMITTED" } });
    expect(wire.reports).toMatchObject([{ status: "failed" }]);
  });
});

test("withRecording: the body's value comes out when the file is complete and notRecording has left", async () => {
  const speech = speak();
  const lines = await wire.graph.withRecording(callId, async (permit) => {
    const piped = permit.pipe(speech.transcript(), wire.sink);
    await until(() => speech.told.spoken > 10, "ten lines");
    void wire.graph.recordings[0]?.stop();
    await piped;
    return speech.told.spoken;
  });
  expect(lines).toBeGreaterThan(10);
  expectComplete(wire, "notRecording", speech);
});

test("withRecording: a body that leaves while it still pipes: the same", async () => {
  const speech = speak();
  const piped = await wire.graph.withRecording(callId, {}, async (recording) => {
    const running = { pipe: recording.pipe(speech.transcript(), wire.sink) };
    await until(() => speech.told.spoken > 10, "ten lines");
    return running;
  });
  await piped.pipe;
  expectComplete(wire, "notRecording", speech);
});
