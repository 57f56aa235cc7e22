// Node's own streams as sinks and sources of pipe: whatever they fail with, at the last moment too, is told.
import { close, createWriteStream, mkdtempSync, open, readFileSync, rmSync, write } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { until } from "../support/lifecycle-wire.ts";
import { createHarness, outcome } from "./harness.ts";

/** A live recording with a pipe from an endless source, stopped once chunks have passed. */
async function pipeAndStop(sink: Writable, source: AsyncIterable<string> = endless()) {
  const { live, clock, reports } = createHarness();
  const recording = await live();
  const piped = outcome(recording.pipe(source, sink));
  // Each turn goes on for as long as the clock waits for a file that is written without end.
  await clock.advance(0);
  const stopped = outcome(recording.stop());
  // Files take real time, though little.
  await until(() => stopped.done, "the recording ends");
  return { piped, stopped, reports };
}

async function* endless(): AsyncGenerator<string> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    yield "chunk";
  }
}

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "sinks-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "transcript.txt");
}

describe("a sink that fails at its end makes the end failed", () => {
  test.each<[string, (done: (error?: Error) => void) => void]>([
    ["at once", (done) => done(new Error("disk full"))],
    ["later", (done) => void setImmediate(() => done(new Error("disk full")))],
  ])("in its last step, %s", async (_, final) => {
    const { piped, stopped, reports } = await pipeAndStop(new Writable({ write: (_chunk, _encoding, next) => next(), final }));
    expect([piped.error?.message, stopped.error?.code, reports()]).toEqual(["disk full", "RECORDER_FAILED", ["recording", "failed"]]);
  });

  // Network file systems tell a full disk at close.
  test("a file that cannot be closed", async () => {
    const failing: typeof close = Object.assign(
      (fd: number, done?: (error: NodeJS.ErrnoException | null) => void) => close(fd, () => done?.(new Error("disk full"))),
      { __promisify__: close.__promisify__ },
    );
    const { piped, stopped, reports } = await pipeAndStop(createWriteStream(temporaryFile(), { fs: { open, write, close: failing } }));
    expect([piped.error?.message, stopped.error?.code, reports()]).toEqual(["disk full", "RECORDER_FAILED", ["recording", "failed"]]);
  });
});

describe("a sink that fails before its end", () => {
  test.each([
    ["in a write", (sink: Writable) => sink.once("pipe", () => {})],
    ["by being destroyed", (sink: Writable) => void sink.destroy(new Error("disk full"))],
    ["by being closed without a word", (sink: Writable) => void sink.destroy()],
  ])("%s: pipe rejects, the source is given back, the recording ends as failed", async (how, breakIt) => {
    const { live, clock } = createHarness();
    const recording = await live();
    let returned = false;
    async function* source() {
      try {
        yield* endless();
      } finally {
        returned = true;
      }
    }
    const sink = new Writable({ write: (_chunk, _encoding, next) => next(how === "in a write" ? new Error("disk full") : null) });
    const piped = outcome(recording.pipe(source(), sink));
    await clock.advance(0);
    breakIt(sink);
    for (let turn = 0; turn < 5; turn++) await clock.advance(0);
    expect([piped.error?.message, returned]).toEqual([expect.stringMatching(/disk full|closed before/), true]);
    expect(await recording.ended).toMatchObject({ reason: "failed", reported: "failed", error: piped.error });
  });
});

test("a sink that was ended already is refused", async () => {
  const { live, clock } = createHarness();
  const sink = new Writable({ write: (_chunk, _encoding, next) => next() }).end();
  const piped = outcome((await live()).pipe(endless(), sink));
  for (let turn = 0; turn < 5; turn++) await clock.advance(0);
  expect([piped.done, piped.error]).toEqual([true, expect.any(Error)]);
});

test("Node's Readable as the source is destroyed at the stop, and the file has whole chunks", async () => {
  const source = Readable.from(endless());
  const file = temporaryFile();
  const { piped, stopped } = await pipeAndStop(createWriteStream(file), source);
  expect([piped.error, stopped.value?.reported, source.destroyed]).toEqual([undefined, "notRecording", true]);
  expect(readFileSync(file, "utf8")).toMatch(/^(chunk)+$/);
});
