// What comes late, or never, at the end of a recording: a recorder that starts late, a sink that is stuck, a recorder that hangs, a pipe that
// fails with nobody waiting for it.
import { execFile } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callId } from "./bot.ts";
import { call } from "./clock.ts";
import { createSession } from "./session.ts";

let session: ReturnType<typeof createSession>;
beforeEach(() => {
  session = createSession();
});
afterEach(() => session.remove());

const sizeNow = (name: string) => session.look()[name]?.length ?? 0;
const seconds = (count: number) => session.clock.advance(count * 1_000);

test("a recorder.start that is late, and persists then, is never told as notRecording", async () => {
  const start = async () => {
    await session.clock.sleep(30_000);
    appendFileSync(session.path("late"), "persisted\n");
  };
  const recorder = { start, stop: () => {} };
  call(session.clock, "start", () => session.client.startRecording(callId, { recorder, startTimeoutMs: 10_000, stopTimeoutMs: 2_000 }));
  await seconds(9);
  call(session.clock, "stop", () => session.client.recordings[0]?.stop() ?? Promise.reject());
  await seconds(60);
  const [report] = session.snapshots.filter(({ status }) => status !== "recording");
  expect({ status: report?.status, persistedAfter: sizeNow("late") - (report?.files.late?.length ?? 0) }).toEqual({
    status: "failed",
    persistedAfter: 10,
  });
});

test("a recorder.start that is ready after recorder.stop was called, and persists then, is never told as notRecording", async () => {
  const start = async () => {
    await session.clock.sleep(7_000);
    appendFileSync(session.path("late"), "persisted\n");
  };
  const recorder = { start, stop: () => {} };
  call(session.clock, "start", () => session.client.startRecording(callId, { recorder, startTimeoutMs: 10_000, stopTimeoutMs: 10_000 }));
  await seconds(1);
  call(session.clock, "stop", () => session.client.recordings[0]?.stop() ?? Promise.reject());
  await seconds(60);
  // It was stopped before it had started: nobody stops it any more.
  expect(session.graph.reports.map(({ status }) => status)).toEqual(["recording", "failed"]);
});

test.each(["web", "node"] as const)("a %s sink that is stuck past the time-out gets nothing more", async (kind) => {
  let writes = 0;
  let chunks = 0;
  const write = async (chunk: unknown) => {
    appendFileSync(session.path("stuck"), `${chunk}`);
    if (++writes === 2) await session.clock.sleep(25_000);
  };
  const sink =
    kind === "web"
      ? new WritableStream({ write }, { highWaterMark: 4 })
      : new Writable({ objectMode: true, write: (chunk, _encoding, done) => void write(chunk).then(() => done(), done) });
  const recording = await session.client.startRecording(callId, { recorder: { start: () => {}, stop: () => {} } });
  const source = new ReadableStream({
    pull: async (controller) => {
      await session.clock.sleep(10);
      controller.enqueue(`chunk ${++chunks}\n`);
    },
  });
  recording.pipe(source, sink).catch(() => {});
  await seconds(1);
  call(session.clock, "stop", () => recording.stop());
  await seconds(60);
  const [report] = session.snapshots.filter(({ status }) => status !== "recording");
  expect({ status: report?.status, late: sizeNow("stuck") - (report?.files.stuck?.length ?? 0) }).toEqual({ status: "failed", late: 0 });
});

test.each(["start", "stop"] as const)("close() reports failed within its deadline though recorder.%s hangs", async (hangs) => {
  const recorder = {
    start: () => (hangs === "start" ? new Promise<void>(() => {}) : undefined),
    stop: () => (hangs === "stop" ? new Promise<void>(() => {}) : undefined),
  };
  const timeouts = { startTimeoutMs: 600_000, stopTimeoutMs: 600_000 };
  call(session.clock, "start", () => session.client.startRecording(callId, { recorder, ...timeouts }));
  await seconds(1);
  const closed = call(session.clock, "close", () => session.client.close({ deadlineMs: 25_000 }));
  await seconds(26);
  expect(session.graph.reports.map(({ status }) => status)).toEqual(["recording", "failed"]);
  expect(closed.settled?.moment.at).toBeLessThanOrEqual(closed.asked.at + 25_000);
  expect(session.graph.inEffect).toBe("failed");
});

test("a pipe that fails with nobody waiting for it leaves the process alive, and failed is reported", async () => {
  const child = fileURLToPath(new URL("unawaited-pipe.ts", import.meta.url));
  const log = session.path("child");
  const code = await new Promise((resolve) => {
    execFile(process.execPath, [child, log], { timeout: 9_000 }, (error) => resolve(error === null ? 0 : (error.code ?? error.signal)));
  });
  const told = readFileSync(log, "utf8").trim().split("\n");
  expect({ code, told }).toEqual({ code: 0, told: ["recording", "failed", "ended failed failed", "alive"] });
});
