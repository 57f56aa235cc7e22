// Real files: what stands on disk at the instant at which the end of the recording is reported.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip, createGzip } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callId } from "./bot.ts";
import type { LiveRecording, Permit } from "./library.ts";
import { createSession, pipeInto } from "./session.ts";

let session: ReturnType<typeof createSession>;
beforeEach(() => {
  session = createSession();
});
afterEach(() => session.remove());

const noRecorder = { start: () => {}, stop: () => {} };

/** So many chunks that no compression makes small, and then silence. */
function speech(chunks: number) {
  const offered: Buffer[] = [];
  const allTaken = Promise.withResolvers<void>();
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (offered.length === chunks) {
          allTaken.resolve();
          return new Promise<void>(() => {});
        }
        const chunk = randomBytes(1_024);
        offered.push(chunk);
        controller.enqueue(chunk);
        return undefined;
      },
    },
    { highWaterMark: 0 },
  );
  return { source, offered, allTaken: allTaken.promise };
}

async function collect(stream: NodeJS.ReadWriteStream, bytes: Buffer): Promise<Buffer> {
  stream.end(bytes);
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const live = async (): Promise<LiveRecording> => session.client.startRecording(callId, { recorder: noRecorder });

describe("a pipe into a file through a transform is whole when notRecording arrives", () => {
  test("gzip: what stands on disk can be unzipped, and is all that was let through", async () => {
    const recording = await live();
    const { source, offered, allTaken } = speech(100);
    const piped = pipeInto(recording, source, createGzip(), createWriteStream(session.path("speech.gz")));
    piped.catch(() => {});
    await allTaken;
    recording.stop().catch(() => {});
    const { status, files } = await session.closing;
    const onDisk = files["speech.gz"] ?? Buffer.alloc(0);
    const whole = Buffer.concat(offered);
    const unzipped = await collect(createGunzip(), onDisk).catch(() => Buffer.alloc(0));
    const message = `${onDisk.length} bytes stood on disk, ${whole.length} had been let through`;
    expect({ status, unzipped: unzipped.length }, message).toEqual({ status: "notRecording", unzipped: whole.length });
    expect(whole.equals(unzipped)).toBe(true);
  });

  test("a cipher: what stands on disk can be deciphered, its last block included", async () => {
    const recording = await live();
    const { source, offered, allTaken } = speech(100);
    const [key, iv] = [randomBytes(32), randomBytes(16)];
    const file = createWriteStream(session.path("speech.enc"));
    pipeInto(recording, source, createCipheriv("aes-256-cbc", key, iv), file).catch(() => {});
    await allTaken;
    recording.stop().catch(() => {});
    const { status, files } = await session.closing;
    const plain = await collect(createDecipheriv("aes-256-cbc", key, iv), files["speech.enc"] ?? Buffer.alloc(0)).catch(() =>
      Buffer.alloc(0),
    );
    expect({ status, bytes: plain.length }).toEqual({ status: "notRecording", bytes: offered.length * 1_024 });
  });
});

describe("a body that writes on after the end began has closed its file when the end is reported", () => {
  const ends: { readonly [name: string]: (abort: AbortController) => unknown } = {
    "its signal": (abort) => abort.abort(new Error("the shift is over")),
    "close()": () => session.client.close(),
    "stop() from outside": () => session.client.recordings[0]?.stop(),
    "callEnded() from outside": () => session.client.recordings[0]?.callEnded(),
  };

  test.each(Object.keys(ends))("%s", async (name) => {
    const abort = new AbortController();
    const writing = Promise.withResolvers<void>();
    let endOfBody: number | undefined;
    const body = async (permit: Permit) => {
      const file = await open(session.path("transcript"), "w");
      await file.write("first\n");
      const told = new Promise((resolve) => permit.signal.addEventListener("abort", resolve));
      writing.resolve();
      await told;
      for (let line = 0; line < 20; line++) await file.write(`line ${line}\n`);
      await file.sync();
      await file.close();
      endOfBody = session.graph.reports.length;
      return "done";
    };
    const settled = session.client.withRecording(callId, { signal: abort.signal }, body).then(
      () => session.graph.reports.length,
      () => session.graph.reports.length,
    );
    await writing.promise;
    const closed = ends[name]?.(abort);
    if (closed instanceof Promise) closed.catch(() => {});
    await settled;
    const atReport = session.snapshots.find(({ status }) => status !== "recording");
    const lines = atReport?.files.transcript?.toString().split("\n").length;
    expect({ lines: lines ?? "no report", endOfBody }).toEqual({ lines: name.startsWith("callEnded") ? "no report" : 22, endOfBody: 1 });
  });
});
