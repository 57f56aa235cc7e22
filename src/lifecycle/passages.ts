import { BadInputError } from "../model/errors.ts";
import { createGate, type Gate, type GateControl } from "./gate.ts";
import { readPipeInput } from "./pipe-input.ts";
import { type PipeSink, type PipeSource, type Stage, toPair, toReadable, toWritable } from "./streams.ts";
import type { Works } from "./work.ts";

/** What the passages of a recording ask it. */
export type PassageDeps = {
  readonly callId: string;
  readonly works: Works;
  readonly isPermitted: () => boolean;
  readonly refusal: () => Error;
  /** Told when a pipe fails while persisting is permitted. */
  readonly onPipeFailed: (error: unknown) => void;
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
  const { callId, works, isPermitted, refusal, onPipeFailed } = deps;
  const gates = new Set<GateControl<unknown>>();
  /** For all persists: aborted when the time of the end is over. */
  let late: AbortController | undefined;
  const assertPermitted = () => {
    if (!isPermitted()) throw refusal();
  };
  /** A gate that is closed at the end. */
  const openGate = <T>(): GateControl<T> => {
    const control = createGate<T>(assertPermitted, refusal);
    const kept = control as GateControl<unknown>;
    gates.add(kept);
    const forget = () => gates.delete(kept);
    control.drained.then(forget, forget);
    return control;
  };
  const pipe = async (stages: readonly unknown[]): Promise<void> => {
    assertPermitted();
    const { source, transforms, sink } = readPipeInput(stages, callId);
    const end = new AbortController();
    const piped = Promise.withResolvers<void>();
    // Counted before a stream is touched: it may end the recording at once.
    works.add("pipe", piped.promise, (reason) => end.abort(reason));
    piped.resolve(connect([openGate().gate, ...transforms.map(toPair)], source, sink, end.signal));
    try {
      await piped.promise;
    } catch (error) {
      if (isPermitted()) onPipeFailed(error);
      throw error;
    }
  };
  const persist = async <T>(work: unknown): Promise<T> => {
    assertPermitted();
    if (typeof work !== "function") throw new BadInputError("persist: the work must be a function, which returns a promise.", { callId });
    late ??= new AbortController();
    const { signal } = late;
    const done = Promise.withResolvers<T>();
    // Counted before it runs: it may end the recording at once.
    works.add("persist", done.promise, (reason) => late?.abort(reason));
    done.resolve((async () => (await work(signal)) as T)());
    return done.promise;
  };
  return {
    // Who does not await it is told by `ended`.
    pipe: (stages) => handled(pipe(stages)),
    persist<T>(work: unknown) {
      const done: Promise<T> = persist<T>(work).catch((error: unknown) => {
        // What is refused or fails at the end is told by the outcome: not awaited, it must not end the process before that.
        if (!isPermitted()) handled(done);
        throw error;
      });
      return done;
    },
    gate<T>() {
      if (isPermitted()) {
        const control = openGate<T>();
        works.add("gate", control.drained, control.cut, true);
        return control.gate;
      }
      const closed = createGate<T>(assertPermitted, refusal);
      closed.close();
      return closed.gate;
    },
    close: () => {
      for (const gate of gates) gate.close();
    },
  };
}

async function connect(stages: readonly Stage[], source: PipeSource<unknown>, sink: PipeSink<unknown>, signal: AbortSignal): Promise<void> {
  const chain = stages.reduce((from, { readable, writable }) => from.pipeThrough({ readable, writable }), toReadable(source));
  await chain.pipeTo(toWritable(sink), { signal });
}

/** Nobody needs to await it: its failure is told elsewhere. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
