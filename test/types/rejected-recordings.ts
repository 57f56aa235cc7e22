// What must not compile around a recording: its permit, and the recorder that the caller gives.
import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { finished } from "node:stream/promises";
import type { Recorder, Recording, RecordingClient, RecordingOperation, RecordingPermit } from "teams-recording-status";
import { type Equal, of } from "./support.ts";

const graph = of<RecordingClient>();

// The permit: only startRecording and withRecording make a Recording.
const persist = (_: RecordingPermit) => {};
persist(await graph.startRecording("c", { recorder: { start: () => {}, stop: async () => {} } }));
graph.withRecording("c", {}, (permit) => persist(permit));
graph.withRecording("c", (permit) => persist(permit));
// @ts-expect-error a body ends its recording by returning or throwing
graph.withRecording("c", (permit) => permit.stop());
export const value: Promise<number> = graph.withRecording("c", { recorder: { stop: () => {} } }, async () => 1);
// @ts-expect-error an object that looks like one
persist({ ...of<RecordingPermit>() });
// @ts-expect-error an operation is no permit
persist(of<RecordingOperation>());
// @ts-expect-error nobody can make one by hand
new RecordingPermit();
// @ts-expect-error a recorder has both functions
graph.startRecording("c", { recorder: { start: () => {} } });
// @ts-expect-error the recorder is missing
graph.startRecording("c", {});
// @ts-expect-error a body is needed
graph.withRecording("c", {});
// @ts-expect-error gates are typed: a number is no string
of<Recording>().gate<string>().writable.getWriter().write(1);
// @ts-expect-error source and sink carry the same chunks
of<Recording>().pipe(of<ReadableStream<string>>(), of<WritableStream<number>>());
export const ending: Equal<Awaited<Recording["ended"]>["reported"], "notRecording" | "failed" | undefined> = true;

// The recorder: both functions say when they are done, and nothing else.
const recorder = (_: Recorder) => {};
const stream = createWriteStream("file");
recorder({ start: () => {}, stop: async () => {} });
recorder({ start: async () => void (await open("file")), stop: () => finished(stream.end()) });
recorder({ start: () => of<void | Promise<void>>(), stop: async ({ signal }) => signal.throwIfAborted() });
export const stopGets: Equal<keyof Parameters<Recorder["stop"]>[0], "callId" | "reason" | "signal"> = true;
// @ts-expect-error `false` would look like a refusal, and start
recorder({ start: () => false, stop: () => {} });
// @ts-expect-error the same, later
recorder({ start: async () => false, stop: () => {} });
// @ts-expect-error a result that nobody reads
recorder({ start: () => {}, stop: async () => 5 });
// @ts-expect-error `end` returns before the last byte is written: `finished(stream.end())` waits for it
recorder({ start: () => {}, stop: () => stream.end() });
// @ts-expect-error a result of `allSettled` may hold failures
recorder({ start: () => {}, stop: () => Promise.allSettled([finished(stream)]) });
export class FileRecorder implements Recorder {
  // @ts-expect-error in a class too
  start(): boolean {
    return false;
  }
  stop(): void {}
}
