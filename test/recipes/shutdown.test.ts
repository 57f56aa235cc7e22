// A shutdown that loses nothing: judged by the file on the disk when the end was reported.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { createRecordingClient } from "teams-recording-status";
import { expect, test } from "vitest";
import { createPushSource } from "../../examples/recipes/push-source.ts";
import { createRecorder, type Ending } from "../../examples/recipes/shutdown.ts";
import { atEnd, temporaryFolder, withCleanup } from "./cleanup.ts";
import { credential, startWire } from "./wire.ts";

const lines = Array.from({ length: 300 }, (_, index) => `line ${index}\n`);
const whole = lines.join("");

withCleanup();

async function startBot() {
  const folder = temporaryFolder();
  const read = (callId: string) => (existsSync(join(folder, callId)) ? readFileSync(join(folder, callId), "utf8") : undefined);
  const wire = await startWire(() => read("call-1"));
  const graph = createRecordingClient({ baseUrl: wire.baseUrl, credential });
  atEnd(() => wire.close());
  atEnd(() => graph.close());
  return { wire, graph, read, bot: createRecorder(graph, (callId) => join(folder, callId)) };
}

/** A source that media callbacks push into. */
function createMedia() {
  let push = (_line: string) => {};
  const media = createPushSource<string>((callback) => {
    push = callback;
    return () => {};
  });
  return { ...media, push: (line: string) => push(line) };
}

test("every chunk that was taken before the shutdown is on the disk when the end is reported", async () => {
  const { wire, bot, read } = await startBot();
  const media = createMedia();
  const done = bot.record("call-1", () => media);
  await expect.poll(() => read("call-1"), { interval: 5, timeout: 5_000 }).toBe("");
  for (const line of lines) media.push(line);
  await bot.shutDown();
  await done;
  expect([wire.statuses, wire.arrivals[1]?.seen]).toEqual([["recording", "notRecording"], whole]);
});

test("without the recipe the last of them are lost, and nothing says so", async () => {
  const { wire, graph, bot, read } = await startBot();
  const media = createMedia();
  const done = bot.record("call-1", () => media).catch((error: { code: string }) => error.code);
  await expect.poll(() => read("call-1"), { interval: 5, timeout: 5_000 }).toBe("");
  for (const line of lines) media.push(line);
  expect(await graph.close()).toMatchObject([{ reported: "notRecording", error: undefined }]);
  expect(await done).toBe("CLOSED");
  const written = read("call-1") ?? "";
  expect([wire.statuses, whole.startsWith(written), written.length < whole.length]).toEqual([["recording", "notRecording"], true, true]);
});

test("a call that is recorded again never loses what was recorded of it before", async () => {
  const { wire, bot, read } = await startBot();
  const recordOnce = async (line: string) => {
    const source = new PassThrough();
    source.end(line);
    await bot.record("call-1", () => ({ source, end: () => source.end() }));
  };
  await recordOnce("before the crash\n");
  await expect(recordOnce("after it\n")).rejects.toMatchObject({ code: "EEXIST" });
  expect([read("call-1"), wire.statuses.at(-1)]).toEqual(["before the crash\n", "failed"]);
});

test("so is nothing of a call whose start is under way, and of Node's own streams", async () => {
  const { wire, bot, read } = await startBot();
  const source = new PassThrough();
  const confirmed: number[] = [];
  const done = bot.record("call-1", () => {
    confirmed.push(wire.statuses.length);
    for (const line of lines) source.write(line);
    return { source, end: () => source.end() };
  });
  expect(wire.statuses).toEqual([]);
  await bot.shutDown();
  await done;
  expect([wire.statuses, wire.arrivals[1]?.seen, read("call-1")]).toEqual([["recording", "notRecording"], whole, whole]);
  // Nothing was taken before Graph had been told.
  expect(confirmed).toEqual([1]);
});

test("a source that does not end holds nothing up for longer than drainMs, and its end is reported", async () => {
  const { wire, bot } = await startBot();
  const deaf: Ending = { source: new PassThrough(), end: () => {} };
  const done = bot.record("call-1", () => deaf).catch((error: { code: string }) => error.code);
  await expect.poll(() => wire.arrivals.length, { interval: 5, timeout: 5_000 }).toBe(1);
  await bot.shutDown(50);
  expect([await done, wire.statuses]).toEqual(["CLOSED", ["recording", "notRecording"]]);
});

test("a call that comes during the shutdown is refused", async () => {
  const { wire, bot } = await startBot();
  await bot.shutDown();
  await expect(bot.record("call-1", createMedia)).rejects.toThrow("shutting down");
  expect(wire.statuses).toEqual([]);
});
