// A pipe that fails: its sink lets go of what it holds before the end is reported, and a sink that never says so holds nobody up.
import { appendFileSync, createWriteStream } from "node:fs";
import { Readable, Transform, Writable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callId } from "./bot.ts";
import { createSession } from "./session.ts";

let session: ReturnType<typeof createSession>;
beforeEach(() => {
  session = createSession();
});
afterEach(() => session.remove());

const recorder = { start: () => {}, stop: () => {} };

/** Holds everything back, and writes it when it is destroyed. */
function holding(poison: string) {
  const held: string[] = [];
  return new Writable({
    objectMode: true,
    write(chunk, _encoding, done) {
      held.push(String(chunk));
      done(chunk === poison ? new Error("The sink fails.") : null);
    },
    destroy: (error, done) =>
      void session.clock.sleep(50).then(() => {
        appendFileSync(session.path("held"), held.join(""));
        done(error);
      }),
  });
}

async function* chunks(last: () => void = () => {}) {
  yield "media";
  yield "poison";
  last();
}
const throws = () => {
  throw new Error("The stage fails.");
};
const failingTransform = () =>
  new Transform({ objectMode: true, transform: (_chunk, _encoding, done) => done(new Error("The stage fails.")) });

test.each([
  ["the source fails", "none", (sink: Writable) => [chunks(throws), sink]],
  ["the sink fails", "poison", (sink: Writable) => [chunks(), sink]],
  ["a transform fails", "none", (sink: Writable) => [chunks(), failingTransform(), sink]],
] as const)("%s: what the sink writes as it closes is on disk when the report arrives", async (_, poison, stages) => {
  const sink = holding(poison);
  const recording = await session.client.startRecording(callId, { recorder });
  (recording.pipe as (...all: unknown[]) => Promise<void>)(...stages(sink)).catch(() => {});
  await session.clock.advance(1_000);
  const atReport = await session.closing;
  expect([atReport.status, session.look()]).toEqual(["failed", atReport.files]);
  await recording.ended;
});

test("persisting is refused from the failure on, and not only when the sink has closed", async () => {
  const recording = await session.client.startRecording(callId, { recorder });
  const failed = Promise.withResolvers<void>();
  recording.signal.addEventListener("abort", () => failed.resolve());
  const closes = Promise.withResolvers<void>();
  const sink = new Writable({
    objectMode: true,
    write: (_chunk, _encoding, done) => done(),
    destroy: (error, done) => void closes.promise.then(() => done(error)),
  });
  recording.pipe(chunks(throws), sink as never).catch(() => {});
  await failed.promise;
  expect(session.graph.reports.map(({ status }) => status)).toEqual(["recording"]);
  expect(() => recording.assertRecording()).toThrow(expect.objectContaining({ code: "NOT_PERMITTED" }));
  closes.resolve();
  await recording.ended;
  expect(session.graph.inEffect).toBe("failed");
});

test("a sink that never tells of its close (emitClose: false) is not waited for", async () => {
  const file = createWriteStream(session.path("file"), { emitClose: false });
  const done = session.client.withRecording(callId, {}, async (permit) => {
    await permit.pipe(Readable.from(["media"]), file as never);
    return "done";
  });
  expect(await done).toBe("done");
  expect((await session.closing).files.file?.toString()).toBe("media");
});
