import { BadInputError } from "../model/errors.ts";
import { untilEnd } from "../waiting/lifetime.ts";
import { createGate, type Gate, type GateControl } from "./gate.ts";
import { readPipeInput } from "./pipe-input.ts";
import { openSink, type PipeSource, type Stage, toPair, toReadable } from "./streams.ts";
import type { Works } from "./work.ts";

/** What the passages of a recording ask it. */
export type PassageDeps = {
  readonly callId: string;
  readonly works: Works;
  readonly isPermitted: () => boolean;
  readonly refusal: () => Error;
  /** Whether another process may have the call by now: then not even what was let through goes on. */
  readonly isOver: () => boolean;
  /** Told when something fails while persisting is permitted. */
  readonly onLiveFailure: (kind: "persist" | "pipe", error: unknown) => void;
};

/** The ways by which something is persisted: gates, pipes and single pieces of work. */
export type Passages = {
  gate<T>(): Gate<T>;
  pipe(stages: readonly unknown[]): Promise<void>;
  persist<T>(work: unknown): Promise<T>;
  /** Nothing is let through from now on; what was let through goes on to its sinks. */
  close(): void;
};

export function createPassages(deps: PassageDeps): Passages {
  const { works, isPermitted } = deps;
  const gates = createGates(deps);
  const persist = createPersist(deps);
  return {
    // Who does not await it is told by `ended`.
    pipe: (stages) => handled(pipe(deps, gates, stages)),
    persist<T>(work: unknown) {
      const done: Promise<T> = persist<T>(work).catch((error: unknown) => {
        // What is refused or fails at the end is told by the outcome: not awaited, it must not end the process before that.
        if (!isPermitted()) handled(done);
        throw error;
      });
      return done;
    },
    gate<T>() {
      const control = gates.open<T>();
      if (isPermitted()) works.add("gate", control.drained, control.cut, true);
      else control.close();
      return control.gate;
    },
    close: gates.closeAll,
  };
}

/** Gates that are closed at the end. */
type Gates = { open<T>(): GateControl<T>; closeAll(): void };

function createGates({ isPermitted, refusal, isOver }: PassageDeps): Gates {
  const all = new Set<GateControl<unknown>>();
  const assertPermitted = () => {
    if (!isPermitted()) throw refusal();
  };
  return {
    open<T>() {
      const control = createGate<T>({ assertPermitted, refusal, isOver });
      const kept = control as GateControl<unknown>;
      all.add(kept);
      const forget = () => all.delete(kept);
      control.drained.then(forget, forget);
      return control;
    },
    closeAll() {
      for (const gate of all) gate.close();
    },
  };
}

async function pipe({ callId, works, isPermitted, refusal, isOver, onLiveFailure }: PassageDeps, gates: Gates, stages: readonly unknown[]) {
  if (!isPermitted()) throw refusal();
  const { source, transforms, sink } = readPipeInput(stages, callId);
  const piped = Promise.withResolvers<void>();
  const late = new AbortController();
  // Counted before a stream is touched: it may end the recording at once.
  works.add("pipe", piped.promise, (reason) => late.abort(reason));
  let released = async () => {};
  const flow = async () => {
    const opened = openSink(sink, late.signal, () => {
      if (isOver()) throw refusal();
    });
    released = opened.released;
    await connect([gates.open().gate, ...transforms.map(toPair)], source, opened.writable, late.signal);
  };
  const done = flow().catch(async (error: unknown) => {
    const failure = error ?? new Error("A pipe failed without a reason.");
    // Told at once; the pipe itself has settled when nothing can reach its sink any more, or when its time is over.
    if (isPermitted()) onLiveFailure("pipe", failure);
    await untilEnd(released(), late.signal).catch(() => {});
    throw failure;
  });
  piped.resolve(done);
  return done;
}

async function connect(
  stages: readonly Stage[],
  source: PipeSource<unknown>,
  sink: WritableStream<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const chain = stages.reduce((from, { readable, writable }) => from.pipeThrough({ readable, writable }), toReadable(source));
  await chain.pipeTo(sink, { signal });
}

function createPersist({ callId, works, isPermitted, refusal, onLiveFailure }: PassageDeps): <T>(work: unknown) => Promise<T> {
  /** For all of them: aborted when the time of the end is over. */
  let late: AbortController | undefined;
  return async <T>(work: unknown): Promise<T> => {
    if (!isPermitted()) throw refusal();
    if (typeof work !== "function") throw new BadInputError("persist: the work must be a function, which returns a promise.", { callId });
    late ??= new AbortController();
    const { signal } = late;
    const done = Promise.withResolvers<T>();
    // Counted before it runs: it may end the recording at once.
    works.add("persist", done.promise, (reason) => late?.abort(reason));
    const run = async () => (await work(signal)) as T;
    const told = run().catch((error: unknown) => {
      const failure = error ?? new Error("A persist failed without a reason.");
      if (isPermitted()) onLiveFailure("persist", failure);
      throw failure;
    });
    done.resolve(told);
    return told;
  };
}

/** Nobody needs to await it: its failure is told elsewhere. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
