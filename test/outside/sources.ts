// Sources that note what they offer, and when: web streams, Node's, and plain async iterables.
import { Readable } from "node:stream";
import type { Moment, OutsideClock } from "./clock.ts";

export type SourceSpec = {
  readonly kind: "web" | "node" | "iterable";
  readonly chunks: number;
  readonly everyMs: number;
  /** After its chunks: it ends, fails, or gives nothing more. */
  readonly last: "ends" | "fails" | "waits";
  readonly cancel: "ok" | "hangs" | "rejects";
};

export type SourceFacts = {
  readonly spec: SourceSpec;
  readonly offered: { readonly text: string; readonly moment: Moment }[];
  failed?: Moment;
  ended?: Moment;
  cancelled?: Moment;
};

type Next = { readonly chunk: Uint8Array } | "end" | Error | "nothing";

const encoder = new TextEncoder();
const never = () => new Promise<never>(() => {});

export function createSource(clock: OutsideClock, name: string, spec: SourceSpec) {
  const facts: SourceFacts = { spec, offered: [] };
  const next = async (): Promise<Next> => {
    await clock.sleep(spec.everyMs);
    if (facts.cancelled !== undefined) return "nothing";
    const index = facts.offered.length;
    if (index < spec.chunks) {
      const text = `${name}-${index};`;
      facts.offered.push({ text, moment: clock.mark() });
      return { chunk: encoder.encode(text) };
    }
    if (spec.last === "waits") return never();
    if (spec.last === "fails") {
      facts.failed = clock.mark();
      return new Error("the source failed");
    }
    facts.ended = clock.mark();
    return "end";
  };
  const cancel = async () => {
    facts.cancelled ??= clock.mark();
    if (spec.cancel === "hangs") await never();
    if (spec.cancel === "rejects") throw new Error("the source failed to cancel");
  };
  const make = { web: webSource, node: nodeSource, iterable: iterableSource };
  return { facts, source: make[spec.kind](next, cancel) };
}

function webSource(next: () => Promise<Next>, cancel: () => Promise<void>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const given = await next();
        if (given === "nothing") return;
        if (given === "end") controller.close();
        else if (given instanceof Error) controller.error(given);
        else controller.enqueue(given.chunk);
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
}

function nodeSource(next: () => Promise<Next>, cancel: () => Promise<void>): Readable {
  let isOver = false;
  const readable: Readable = new Readable({
    highWaterMark: 1,
    read() {
      void next().then((given) => {
        if (given === "nothing" || readable.destroyed) return;
        if (typeof given === "object" && "chunk" in given) return void readable.push(given.chunk);
        isOver = true;
        given === "end" ? readable.push(null) : readable.destroy(given as Error);
      });
    },
    destroy(error, done) {
      if (isOver) done(error);
      else
        cancel().then(
          () => done(error),
          (problem: Error) => done(problem),
        );
    },
  });
  return readable;
}

function iterableSource(next: () => Promise<Next>, cancel: () => Promise<void>): AsyncIterable<Uint8Array> {
  const iterator: AsyncIterator<Uint8Array> = {
    async next() {
      const given = await next();
      if (given instanceof Error) throw given;
      return typeof given === "object" ? { done: false, value: given.chunk } : { done: true, value: undefined };
    },
    async return() {
      await cancel();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
