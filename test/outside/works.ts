// What persists under a permit, beside bodies and recorders: pieces of work, pipes and gates, each noting what it does.
import { call, type Moment, type OutsideClock, type Settled, type Watched } from "./clock.ts";
import type { Permit } from "./library.ts";
import { orTold } from "./recorder.ts";
import { createSink, type SinkFacts, type SinkSpec } from "./sinks.ts";
import { createSource, type SourceFacts, type SourceSpec } from "./sources.ts";
import { createTransform, type TransformFacts, type TransformSpec } from "./transforms.ts";

export type PersistSpec = {
  readonly kind: "persist";
  readonly afterMs: number;
  readonly delayMs: number;
  /** `obeys` ends by its own signal, `obeysPermit` by that of the permit: then it did not do its work. */
  readonly does: "resolves" | "rejects" | "throws" | "hangs" | "obeys" | "obeysPermit";
};
export type PipeSpec = {
  readonly kind: "pipe";
  readonly afterMs: number;
  readonly source: SourceSpec;
  readonly transforms: readonly TransformSpec[];
  readonly sink: SinkSpec;
  readonly awaited: boolean;
};
export type GateSpec = {
  readonly kind: "gate";
  readonly afterMs: number;
  readonly chunks: number;
  readonly everyMs: number;
  readonly readMs: number;
  readonly reads: number;
};
export type WorkSpec = PersistSpec | PipeSpec | GateSpec;

export type PersistFacts = {
  readonly kind: "persist";
  readonly spec: PersistSpec;
  readonly asked: Moment;
  /** The work was called. */
  began?: Moment;
  settled?: Settled;
  /** Its own signal was aborted. */
  told?: Moment;
  answer?: Watched;
};
export type PipeFacts = {
  readonly kind: "pipe";
  readonly spec: PipeSpec;
  readonly asked: Moment;
  readonly source: SourceFacts;
  readonly transforms: readonly TransformFacts[];
  readonly sink: SinkFacts;
  /** Only of a pipe that somebody waits for. */
  answer?: Watched;
};
export type GateFacts = {
  readonly kind: "gate";
  readonly spec: GateSpec;
  readonly asked: Moment;
  readonly writes: { readonly text: string; readonly moment: Moment; answer: Watched }[];
  readonly reads: { readonly text: string; readonly moment: Moment }[];
};
export type WorkFacts = PersistFacts | PipeFacts | GateFacts;

/** Begins a piece of work under the permit. What it gives is settled when the bot need not wait for it any more. */
export function beginWork(clock: OutsideClock, permit: Permit, spec: WorkSpec, name: string): { facts: WorkFacts; done: Promise<unknown> } {
  if (spec.kind === "persist") return beginPersist(clock, permit, spec, name);
  return spec.kind === "pipe" ? beginPipe(clock, permit, spec, name) : beginGate(clock, permit, spec, name);
}

function beginPersist(clock: OutsideClock, permit: Permit, spec: PersistSpec, name: string) {
  const facts: PersistFacts = { kind: "persist", spec, asked: clock.mark() };
  const settle = (failed: boolean, error?: unknown) => {
    facts.settled = { moment: clock.mark(), failed, error };
  };
  const work = (signal: AbortSignal) => {
    facts.began = clock.mark();
    signal.addEventListener("abort", () => {
      facts.told ??= clock.mark();
    });
    if (spec.does === "throws") {
      settle(true);
      throw new Error(`${name} threw`);
    }
    return behave(signal);
  };
  const behave = async (signal: AbortSignal): Promise<string> => {
    if (spec.does === "hangs") await new Promise(() => {});
    const obeyed = spec.does === "obeys" ? signal : spec.does === "obeysPermit" ? permit.signal : undefined;
    if (obeyed === undefined) await clock.sleep(spec.delayMs);
    else await orTold(new Promise(() => {}), obeyed, () => obeyed.reason).catch(told);
    settle(spec.does === "rejects");
    if (spec.does === "rejects") throw new Error(`${name} failed`);
    return name;
  };
  const told = (reason: unknown) => {
    settle(true, reason);
    throw reason;
  };
  const done = Promise.withResolvers<void>();
  facts.answer = call(clock, name, () => permit.persist(work).finally(done.resolve));
  if (facts.answer.settled !== undefined) done.resolve();
  return { facts, done: done.promise };
}

function beginPipe(clock: OutsideClock, permit: Permit, spec: PipeSpec, name: string) {
  const { facts: source, source: from } = createSource(clock, name, spec.source);
  const transforms = spec.transforms.map((transform, index) => createTransform(clock, `${name}t${index}`, transform));
  const { facts: sink, sink: to } = createSink(clock, spec.sink);
  const facts: PipeFacts = { kind: "pipe", spec, asked: clock.mark(), source, transforms: transforms.map((made) => made.facts), sink };
  const stages = [from, ...transforms.map(({ transform }) => transform), to];
  const done = Promise.withResolvers<void>();
  if (spec.awaited) {
    facts.answer = call(clock, name, () => permit.pipe(...stages).finally(done.resolve));
    if (facts.answer.settled !== undefined) done.resolve();
  } else {
    // Nobody looks at the promise: the library says that nobody has to.
    permit.pipe(...stages);
    done.resolve();
  }
  return { facts, done: done.promise };
}

/** A pipeline of the caller's own: one writes to the gate, one reads from it. */
function beginGate(clock: OutsideClock, permit: Permit, spec: GateSpec, name: string) {
  const facts: GateFacts = { kind: "gate", spec, asked: clock.mark(), writes: [], reads: [] };
  const { readable, writable } = permit.gate();
  const writer = writable.getWriter();
  writer.closed.catch(() => {});
  const writeAll = async () => {
    for (let index = 0; index < spec.chunks; index++) {
      await clock.sleep(spec.everyMs);
      const text = `${name}-${index};`;
      writer.ready.catch(() => {});
      const moment = clock.mark();
      facts.writes.push({ text, moment, answer: call(clock, text, () => writer.write(text)) });
    }
  };
  const readAll = async () => {
    const reader = readable.getReader();
    while (facts.reads.length < spec.reads) {
      const { done, value } = await reader.read();
      if (done) return;
      facts.reads.push({ text: value, moment: clock.mark() });
      await clock.sleep(spec.readMs);
    }
  };
  void writeAll();
  return { facts, done: readAll().catch(() => {}) };
}
