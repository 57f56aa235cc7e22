// Media callbacks as a source: what reaches a sink of the test's, and what the callbacks' owner sees.
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRecordingClient } from "teams-recording-status";
import { createFakeGraph } from "teams-recording-status/testing";
import { expect, test } from "vitest";
import { createPushSource, type PushOptions, recordFrames } from "../../examples/recipes/push-source.ts";
import { temporaryFolder, withCleanup } from "./cleanup.ts";
import { credential, startWire } from "./wire.ts";

withCleanup();

/** A live recording of what an emitter emits, into a sink that takes nothing until it is opened. */
async function startBot(options: PushOptions = {}) {
  const fake = createFakeGraph();
  fake.addCall("my-call");
  const { baseUrl, fetch, credential, clock } = fake;
  const graph = createRecordingClient({ baseUrl, fetch, credential }, clock);
  const recording = await graph.startRecording("my-call", { recorder: { start: () => {}, stop: () => {} } });
  const media = new EventEmitter();
  const source = createPushSource<string>((push) => {
    media.on("frame", push);
    return () => void media.off("frame", push);
  }, options);
  const opened = Promise.withResolvers<void>();
  const written: string[] = [];
  const sink = fake.sink<string>("my-call", { write: (chunk) => opened.promise.then(() => void written.push(chunk)) });
  const piped = recording.pipe(source.source, sink);
  const emit = (...frames: string[]) => {
    for (const frame of frames) media.emit("frame", frame);
  };
  const listeners = () => media.listenerCount("frame");
  return { fake, recording, source, piped, emit, listeners, written, open: () => opened.resolve() };
}

const frames = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `frame ${from + index}`);

test("what is pushed arrives in order, what comes after the end does not, and the callback is taken away", async () => {
  const { fake, recording, source, piped, emit, listeners, written, open } = await startBot();
  open();
  emit(...frames(100));
  source.end();
  source.end();
  expect(listeners()).toBe(0);
  emit("late");
  await piped;
  expect(written).toEqual(frames(100));
  expect(await recording.stop()).toMatchObject({ reported: "notRecording", error: undefined });
  expect(fake.violations()).toEqual([]);
});

test("a sink that is too slow ends the recording as failed: what was announced is not kept", async () => {
  const { recording, piped, emit, listeners, open } = await startBot({ limit: 5 });
  emit(...frames(50));
  open();
  await expect(piped).rejects.toThrow("5 items wait, and another one came");
  expect(await recording.ended).toMatchObject({ reason: "failed", reported: "failed" });
  expect(listeners()).toBe(0);
});

test("where that is wanted, what is too much is dropped and counted, and the rest goes on", async () => {
  const { recording, source, piped, emit, written, open } = await startBot({ limit: 5, whenFull: "drop" });
  emit(...frames(50));
  open();
  await expect.poll(() => written.length, { interval: 2, timeout: 5_000 }).toBe(50 - source.dropped);
  emit("the last");
  source.end();
  await piped;
  expect(source.dropped).toBeGreaterThanOrEqual(40);
  expect(written).toEqual([...frames(50 - source.dropped), "the last"]);
  expect(await recording.stop()).toMatchObject({ reported: "notRecording" });
});

test("when the permit is revoked the callback is taken away, and nothing fails", async () => {
  const { fake, recording, emit, listeners, piped, open } = await startBot();
  open();
  emit("one");
  const stopped = recording.stop();
  emit("two");
  expect(await stopped).toMatchObject({ reason: "stopped", reported: "notRecording", error: undefined });
  await piped.catch(() => {});
  await expect.poll(listeners, { interval: 2, timeout: 5_000 }).toBe(0);
  emit("three");
  expect(fake.violations()).toEqual([]);
});

test("callbacks that go on after the end are ignored", async () => {
  let push = (_item: number) => {};
  const { source, end } = createPushSource<number>((callback) => {
    push = callback;
    return () => {};
  });
  push(1);
  end();
  push(2);
  expect(await source.toArray()).toEqual([1]);
});

test("a source that nobody reads holds no more than its limit", async () => {
  let push = (_item: number) => {};
  const { source } = createPushSource<number>(
    (callback) => {
      push = callback;
      return () => {};
    },
    { limit: 10, whenFull: "drop" },
  );
  for (let item = 0; item < 1_000; item++) push(item);
  expect(source.readableLength).toBe(10);
  source.destroy();
});

test("frames in a buffer that the SDK uses again are all in the file when the end is reported", async () => {
  const path = join(temporaryFolder(), "media.txt");
  const wire = await startWire((status) => (status === "notRecording" ? readFileSync(path, "utf8") : undefined));
  const graph = createRecordingClient({ baseUrl: wire.baseUrl, credential });
  const sdk = new EventEmitter();
  const started = Promise.withResolvers<void>();
  const done = graph.withRecording("my-call", async (permit) => {
    const recorded = recordFrames(permit, sdk, path);
    started.resolve();
    await recorded;
  });
  await started.promise;
  const buffer = new Uint8Array(4);
  for (let frame = 0; frame < 100; frame++) {
    buffer.set(new TextEncoder().encode(`${String(frame).padStart(3)},`));
    sdk.emit("frame", buffer);
  }
  sdk.emit("end");
  await done;
  await wire.close();
  expect([sdk.listenerCount("frame"), wire.statuses]).toEqual([0, ["recording", "notRecording"]]);
  expect(wire.arrivals[1]?.seen?.split(",").map(Number)).toEqual([...Array(100).keys(), 0]);
});
