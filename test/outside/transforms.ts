// Transforms that note what entered them: as it is, held back like a cipher's or gzip's last block, slow, failing; web and Node.
import { Transform } from "node:stream";
import type { Moment, OutsideClock } from "./clock.ts";
import { textOf } from "./sinks.ts";

export type TransformSpec = {
  readonly kind: "web" | "node";
  /** `holds` gives all it took only at the end, `lags` is one chunk behind; both add a trailer. */
  readonly does: "passes" | "lags" | "holds";
  readonly delayMs: number;
  readonly failsAt?: number | undefined;
  readonly flush: "ok" | "fails" | "hangs";
};

export type TransformFacts = {
  readonly spec: TransformSpec;
  /** What is written at the end by it; empty when it adds nothing. */
  readonly trailer: string;
  readonly entered: { readonly text: string; readonly moment: Moment }[];
  failed?: Moment;
};

type Give = (text: string) => void;

const encoder = new TextEncoder();

export function createTransform(clock: OutsideClock, name: string, spec: TransformSpec) {
  const trailer = spec.does === "passes" ? "" : `[${name}]`;
  const facts: TransformFacts = { spec, trailer, entered: [] };
  const held: string[] = [];
  const fail = (what: string) => {
    facts.failed ??= clock.mark();
    return new Error(`the transform failed ${what}`);
  };
  const take = async (chunk: unknown, give: Give) => {
    const text = textOf(chunk);
    const index = facts.entered.length;
    facts.entered.push({ text, moment: clock.mark() });
    if (index === spec.failsAt) throw fail("at a chunk");
    await clock.sleep(spec.delayMs);
    held.push(text);
    if (spec.does === "passes" || (spec.does === "lags" && held.length > 1)) give(held.shift() ?? "");
  };
  const finish = async (give: Give) => {
    if (spec.flush === "hangs") await new Promise(() => {});
    await clock.sleep(spec.delayMs);
    if (spec.flush === "fails") throw fail("at its end");
    for (const text of [...held, trailer]) if (text !== "") give(text);
  };
  return { facts, transform: spec.kind === "web" ? webTransform(take, finish) : nodeTransform(take, finish) };
}

type Take = (chunk: unknown, give: Give) => Promise<void>;
type Finish = (give: Give) => Promise<void>;

function webTransform(take: Take, finish: Finish): TransformStream<unknown, Uint8Array> {
  return new TransformStream<unknown, Uint8Array>({
    transform: (chunk, controller) => take(chunk, (text) => controller.enqueue(encoder.encode(text))),
    flush: (controller) => finish((text) => controller.enqueue(encoder.encode(text))),
  });
}

function nodeTransform(take: Take, finish: Finish): Transform {
  const transform: Transform = new Transform({
    writableHighWaterMark: 1,
    readableHighWaterMark: 1,
    transform: (chunk, _encoding, done) => void take(chunk, (text) => transform.push(text)).then(() => done(), done),
    flush: (done) => void finish((text) => transform.push(text)).then(() => done(), done),
  });
  return transform;
}
