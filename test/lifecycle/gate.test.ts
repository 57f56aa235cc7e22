// What passes a gate, what is refused, and that nothing that was let through is lost.
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Duplex, Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { describe, expect, test } from "vitest";
import { createHarness, outcome } from "./harness.ts";

/** A sink that keeps what it got, and can be slow. */
function keep(write: (chunk: string) => Promise<void> | void = () => {}) {
  const kept: string[] = [];
  let closed = false;
  const sink = new WritableStream<string>({
    write: async (chunk) => {
      await write(chunk);
      kept.push(chunk);
    },
    close: () => {
      closed = true;
    },
  });
  return { kept, sink, isClosed: () => closed };
}

/** A source that the test feeds. */
function feed() {
  let controller!: ReadableStreamDefaultController<string>;
  let cancelled: unknown;
  const source = new ReadableStream<string>({
    start: (made) => {
      controller = made;
    },
    cancel: (reason) => {
      cancelled = reason;
    },
  });
  return {
    source,
    give: (chunk: string) => controller.enqueue(chunk),
    end: () => controller.close(),
    fail: (error: Error) => controller.error(error),
    cancelled: () => cancelled,
  };
}

describe("pipe", () => {
  test("passes chunks on; at stop it closes the sink with all of them, cancels the source, and resolves before the report", async () => {
    const { live, clock, reports } = createHarness();
    const recording = await live();
    const { source, give, cancelled } = feed();
    const { kept, sink, isClosed } = keep();
    const piped = outcome(recording.pipe(source, sink));
    give("a");
    give("b");
    await clock.advance(0);
    const stopped = outcome(recording.stop());
    await clock.advance(0);
    expect([kept, isClosed(), piped.done, piped.error]).toEqual([["a", "b"], true, true, undefined]);
    expect([stopped.value?.reported, reports(), (cancelled() as { code?: string }).code]).toEqual([
      "notRecording",
      ["recording", "notRecording"],
      "NOT_PERMITTED",
    ]);
  });

  test("a source that ends closes the sink; the recording goes on", async () => {
    const { live, clock } = createHarness();
    const recording = await live();
    const { source, give, end } = feed();
    const { kept, sink, isClosed } = keep();
    const piped = outcome(recording.pipe(source, sink));
    give("a");
    end();
    await clock.advance(0);
    expect([kept, isClosed(), piped.done, recording.state]).toEqual([["a"], true, true, "recording"]);
  });

  test("the end is not reported before a slow sink has finished", async () => {
    const { live, clock, reports } = createHarness();
    const recording = await live();
    const { source, give } = feed();
    const { kept, sink } = keep(() => new Promise((resolve) => clock.schedule(() => resolve(), 1_000)));
    outcome(recording.pipe(source, sink));
    give("a");
    give("b");
    await clock.advance(0);
    const stopped = outcome(recording.stop());
    await clock.advance(999);
    expect(reports()).toEqual(["recording"]);
    await clock.advance(2_000);
    expect(stopped.value?.reported).toBe("notRecording");
    expect(kept.length).toBeGreaterThan(0);
    expect(reports()).toEqual(["recording", "notRecording"]);
  });

  test("a sink that never finishes is bounded, and failed is reported", async () => {
    const { live, clock, reports } = createHarness();
    const recording = await live({ stopTimeoutMs: 400 });
    const { source, give } = feed();
    const { sink } = keep(() => new Promise(() => {}));
    outcome(recording.pipe(source, sink));
    give("a");
    await clock.advance(0);
    const stopped = outcome(recording.stop());
    await clock.advance(400);
    expect([stopped.error?.code, reports()]).toEqual(["RECORDER_FAILED", ["recording", "failed"]]);
  });

  test.each(["source", "sink"])("an error of the %s rejects it and ends the recording as failed", async (side) => {
    const { live, clock } = createHarness();
    const recording = await live();
    const { source, give, fail } = feed();
    const why = new Error(side);
    const { sink } = keep(() => {
      if (side === "sink") throw why;
    });
    const piped = outcome(recording.pipe(source, sink));
    give("a");
    await clock.advance(0);
    if (side === "source") fail(why);
    await clock.advance(0);
    expect(piped.error).toBe(why);
    await clock.advance(0);
    expect(await recording.ended).toEqual({ callId: recording.callId, reason: "failed", reported: "failed", error: why });
  });

  test("a sink that fails to close at stop makes the end failed", async () => {
    const { live, clock, reports } = createHarness();
    const recording = await live();
    const sink = new WritableStream({ close: () => Promise.reject(new Error("disk full")) });
    const piped = outcome(recording.pipe(feed().source, sink));
    const stopped = outcome(recording.stop());
    await clock.advance(0);
    expect([piped.error?.message, stopped.error?.code, reports()]).toEqual(["disk full", "RECORDER_FAILED", ["recording", "failed"]]);
  });

  test("after the end it is refused", async () => {
    const { live, clock } = createHarness();
    const recording = await live();
    outcome(recording.stop());
    await clock.advance(0);
    await expect(recording.pipe(feed().source, keep().sink)).rejects.toMatchObject({ code: "NOT_PERMITTED" });
  });
});

describe("gate", () => {
  test("a chunk that reached it after the stop began is refused; one that it held goes on", async () => {
    const { live, clock } = createHarness();
    const recording = await live();
    const { readable, writable } = recording.gate<string>();
    const writer = writable.getWriter();
    const held = outcome(writer.write("held"));
    await clock.advance(0);
    outcome(recording.stop());
    const late = outcome(writer.write("late"));
    outcome(writer.closed);
    await clock.advance(0);
    const reader = readable.getReader();
    expect(await reader.read()).toEqual({ done: false, value: "held" });
    expect(await reader.read()).toEqual({ done: true, value: undefined });
    expect([held.done, held.error, late.error?.code]).toEqual([true, undefined, "NOT_PERMITTED"]);
  });

  test("a writer that is ahead of the reader waits", async () => {
    const { live, clock } = createHarness();
    const { readable, writable } = (await live()).gate<string>();
    const writer = writable.getWriter();
    const writes = ["a", "b"].map((chunk) => outcome(writer.write(chunk)));
    await clock.advance(0);
    expect(writes.map(({ done }) => done)).toEqual([false, false]);
    const reader = readable.getReader();
    expect((await reader.read()).value).toBe("a");
    await clock.advance(0);
    expect(writes.map(({ done }) => done)).toEqual([true, false]);
  });

  test("made after the end it lets nothing through", async () => {
    const { live, clock } = createHarness();
    const recording = await live();
    outcome(recording.stop());
    await clock.advance(0);
    const { readable, writable } = recording.gate<string>();
    const writer = writable.getWriter();
    outcome(writer.closed);
    await expect(writer.write("x")).rejects.toMatchObject({ code: "NOT_PERMITTED" });
    expect(await readable.getReader().read()).toEqual({ done: true, value: undefined });
  });

  test("pipeThrough: the sink ends normally, the source is cancelled", async () => {
    const { live, clock } = createHarness();
    const recording = await live();
    const { source, give, cancelled } = feed();
    const { kept, sink, isClosed } = keep();
    outcome(source.pipeThrough(recording.gate<string>()).pipeTo(sink));
    give("a");
    await clock.advance(0);
    outcome(recording.stop());
    await clock.advance(0);
    expect([kept, isClosed(), (cancelled() as { code?: string })?.code]).toEqual([["a"], true, "NOT_PERMITTED"]);
  });

  test("Node's pipeline takes it", async () => {
    const { live, clock } = createHarness();
    const recording = await live();
    const kept: string[] = [];
    const done = outcome(
      pipeline(
        Readable.from(["a", "b"]),
        Duplex.fromWeb(recording.gate<string>() as never, { objectMode: true }),
        new Writable({
          objectMode: true,
          write(chunk: string, _, next) {
            kept.push(chunk);
            next();
          },
        }),
      ),
    );
    while (!done.done) await clock.advance(0);
    expect([kept, done.error]).toEqual([["a", "b"], undefined]);
  });
});

test("pipe takes a Node source and a file: its last byte is written before the end is reported", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gate-"));
  try {
    const file = join(folder, "transcript.txt");
    const { live, clock, fake } = createHarness();
    const recording = await live();
    let sizeAtReport = -1;
    fake.history.push = new Proxy(fake.history.push, {
      apply(target, self, [event]) {
        if (event.status === "notRecording" && event.type === "report") sizeAtReport = readFileSync(file, "utf8").length;
        return Reflect.apply(target, self, [event]);
      },
    });
    const endless = new Readable({
      read() {
        this.push("0123456789");
      },
    });
    const piped = outcome(recording.pipe(endless, createWriteStream(file)));
    while (fake.history.length < 2) await clock.advance(0);
    const stopped = outcome(recording.stop());
    while (!stopped.done) await clock.advance(0);
    expect([piped.done, piped.error, stopped.value?.reported]).toEqual([true, undefined, "notRecording"]);
    expect(sizeAtReport).toBe(readFileSync(file, "utf8").length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
