// Sinks that note what reached them, and when they were closed or cut off: web and Node.
import { Writable } from "node:stream";
import type { Moment, OutsideClock } from "./clock.ts";

export type SinkSpec = {
  readonly kind: "web" | "node";
  /** Time for each write, and for the close. */
  readonly delayMs: number;
  readonly closeMs: number;
  /** How many chunks a web sink takes in before its writes are done. */
  readonly buffers?: number;
  /** The write that is stuck for so long. */
  readonly stuckAt?: number | undefined;
  readonly stuckMs?: number | undefined;
  readonly failsAt?: number | undefined;
  readonly closeFails?: boolean | undefined;
};

export type SinkFacts = {
  readonly spec: SinkSpec;
  /** What reached it, in order: noted when a write begins. */
  readonly writes: { readonly text: string; readonly moment: Moment }[];
  /** All is written, and what is left is to close it; then it is closed. */
  finished?: Moment;
  closed?: Moment;
  /** It was told that nothing more will come, and to drop what it has. */
  cutOff?: Moment;
  failed?: Moment;
};

const decoder = new TextDecoder();

/** The text of a chunk, whether it came through web streams or Node's. */
export const textOf = (chunk: unknown): string => (typeof chunk === "string" ? chunk : decoder.decode(chunk as Uint8Array));

export const contentOf = (sink: SinkFacts, until = Number.POSITIVE_INFINITY): string =>
  sink.writes
    .filter(({ moment }) => moment.seq < until)
    .map(({ text }) => text)
    .join("");

export function createSink(clock: OutsideClock, spec: SinkSpec): { readonly facts: SinkFacts; readonly sink: WritableStream | Writable } {
  const facts: SinkFacts = { spec, writes: [] };
  const fail = (what: string): Error => {
    facts.failed ??= clock.mark();
    return new Error(`the sink failed at its ${what}`);
  };
  const write = async (chunk: unknown) => {
    const index = facts.writes.length;
    facts.writes.push({ text: textOf(chunk), moment: clock.mark() });
    if (index === spec.failsAt) throw fail("write");
    await clock.sleep(index === spec.stuckAt ? (spec.stuckMs ?? 0) : spec.delayMs);
  };
  const close = async () => {
    await clock.sleep(spec.closeMs);
    if (spec.closeFails) throw fail("close");
  };
  const cut = () => {
    if (facts.closed === undefined) facts.cutOff ??= clock.mark();
  };
  return { facts, sink: spec.kind === "web" ? webSink() : nodeSink() };

  function webSink(): WritableStream {
    const sink: UnderlyingSink = {
      start: (controller) => controller.signal.addEventListener("abort", cut),
      write,
      async close() {
        await close();
        facts.closed = clock.mark();
      },
      abort: cut,
    };
    return new WritableStream(sink, { highWaterMark: spec.buffers ?? 1 });
  }

  /** Like a file: it has finished when all is written, and is closed some time later. */
  function nodeSink(): Writable {
    return new Writable({
      highWaterMark: 1,
      write: (chunk, _encoding, done) => void write(chunk).then(() => done(), done),
      final: (done) => {
        if (spec.closeFails) return done(fail("close"));
        facts.finished = clock.mark();
        done();
      },
      destroy: (error, done) => {
        if (facts.finished === undefined) cut();
        clock.sleep(spec.closeMs).then(() => {
          if (facts.finished !== undefined && error === null) facts.closed = clock.mark();
          done(error);
        });
      },
    });
  }
}
