// The fake clock beside real I/O: it stands still for it, ends when it may, and steps like a system's clock.
import { once } from "node:events";
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { open, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRecordingClient } from "teams-recording-status";
import { createFakeClock, createFakeGraph } from "teams-recording-status/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";

const callId = "57dab8b1-894c-409a-b240-bd8beae78896";

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "clock-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "transcript.txt");
}

/** A recording that needs real time to stop, on a clock that may advance as it likes. */
async function record(stop: () => Promise<unknown>) {
  const fake = createFakeGraph();
  fake.addCall(callId);
  const { baseUrl, fetch, credential, clock } = fake;
  const graph = createRecordingClient({ baseUrl, fetch, credential }, clock);
  const run = graph.withRecording(callId, { recorder: fake.recorder(callId, { stop }) }, async () => "done");
  return { fake, clock, run };
}

const large = "x".repeat(4_000_000);
const works: [string, (file: string) => Promise<unknown>][] = [
  ["a file that is written", (file) => writeFile(file, large)],
  [
    "a file that is written in many steps, and read",
    async (file) => {
      const handle = await open(file, "w");
      for (let step = 0; step < 200; step++) await handle.write("x".repeat(100));
      await handle.sync();
      await handle.close();
      expect((await readFile(file)).byteLength).toBe(20_000);
    },
  ],
  [
    "streams",
    async (file) => {
      await writeFile(file, large);
      const copy = createWriteStream(`${file}.copy`);
      createReadStream(file).pipe(copy);
      await once(copy, "close");
      expect(statSync(`${file}.copy`).size).toBe(large.length);
    },
  ],
];

describe("time stands still", () => {
  test.each(works)("for %s, also without `until`", async (_, work) => {
    const file = temporaryFile();
    const { clock, run, fake } = await record(() => work(file));
    await clock.advance(60_000);
    expect([await run, fake.violations()]).toEqual(["done", []]);
  });

  test.each<[string, (file: string) => Promise<unknown>]>([
    ...works,
    [
      "gzip, which cannot be seen",
      async (file) => {
        const bytes = new TextEncoder().encode(large);
        const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
          start(controller) {
            for (let at = 0; at < bytes.length; at += 65_536) controller.enqueue(bytes.slice(at, at + 65_536));
            controller.close();
          },
        });
        const packed = source.pipeThrough(new CompressionStream("gzip"));
        await writeFile(file, packed);
      },
    ],
    [
      "an answer over HTTP, which cannot be seen",
      async () => {
        const server = createServer((_, response) => void setTimeout(() => response.end("stored"), 100)).listen(0, "127.0.0.1");
        await once(server, "listening");
        const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
        expect(await answer.text()).toBe("stored");
        server.close();
        server.closeAllConnections();
      },
    ],
  ])("for %s, and ends with `until`", async (_, work) => {
    const file = temporaryFile();
    const { clock, run, fake } = await record(() => work(file));
    const start = clock.now();
    await clock.advance(60_000, { until: run });
    expect([await run, clock.now() - start, fake.violations()]).toEqual(["done", 0, []]);
  });

  test("but not for ever: what does not end is named", async () => {
    const clock = createFakeClock();
    const fifo = temporaryFile();
    const { execFileSync } = await import("node:child_process");
    execFileSync("mkfifo", [fifo]);
    // Opening one waits until somebody opens its other side.
    const reading = open(fifo, "r");
    await expect(clock.advance(0)).rejects.toThrow(/^clock\.advance: real I\/O \(FSReqPromise\) is still under way after 4 s of real time/);
    const writing = await open(fifo, "w");
    await Promise.all([(await reading).close(), writing.close()]);
    await clock.advance(0);
  });

  test("nor for a source without end, where nobody said what for", async () => {
    const clock = createFakeClock();
    const fired = vi.fn();
    clock.schedule(fired, 10);
    let over = false;
    const file = createWriteStream(temporaryFile());
    const going = (async () => {
      while (!over) await new Promise((resolve) => file.write("x", resolve));
    })();
    await clock.advance(10);
    expect(fired).toHaveBeenCalledOnce();
    over = true;
    await going;
    file.end();
    await once(file, "close");
  });
});

describe("advance", () => {
  test("ends when `until` settles, at that time, and leaves the timers that are not due", async () => {
    const clock = createFakeClock();
    const start = clock.now();
    const later = vi.fn();
    clock.schedule(later, 500);
    const until = new Promise<void>((resolve) => void clock.schedule(resolve, 300));
    await clock.advance(60_000, { until });
    expect([clock.now() - start, later.mock.calls.length, clock.pending]).toEqual([300, 0, 1]);
  });

  test("ends at once when it has settled already, also by an error, which is not told here", async () => {
    const clock = createFakeClock();
    const start = clock.now();
    const until = Promise.reject(new Error("told to who awaits it"));
    await clock.advance(60_000, { until });
    expect(clock.now()).toBe(start);
    await expect(until).rejects.toThrow("told to who awaits it");
  });

  test("passes all of the time when it does not settle", async () => {
    const clock = createFakeClock();
    const start = clock.now();
    await clock.advance(1_000, { until: new Promise(() => {}) });
    expect(clock.now() - start).toBe(1_000);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("%d ms: refused", async (ms) => {
    const clock = createFakeClock();
    await expect(clock.advance(ms)).rejects.toThrow(RangeError);
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1));
  });
});

test("step moves the wall clock alone: neither durations nor timers", async () => {
  const clock = createFakeClock({ start: 1_000 });
  const fired = vi.fn();
  clock.schedule(fired, 100);
  clock.step(-120_000);
  expect([clock.now(), clock.monotonicNow()]).toEqual([-119_000, 1_000]);
  await clock.advance(99);
  expect(fired).not.toHaveBeenCalled();
  clock.step(240_000);
  await clock.advance(1);
  expect([fired.mock.calls.length, clock.now(), clock.monotonicNow()]).toEqual([1, 121_100, 1_100]);
});
