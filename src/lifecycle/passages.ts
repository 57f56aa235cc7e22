import { createGate, type Gate, type GateControl } from "./gate.ts";
import { all } from "./outcome.ts";
import { type PipeSink, type PipeSource, toReadable, toWritable } from "./streams.ts";

/** What the passages of a recording ask it. */
export type Permit = {
  /** Aborted when persisting must end. */
  readonly signal: AbortSignal;
  readonly isPermitted: () => boolean;
  readonly refusal: () => Error;
};

/** The ways by which chunks pass to where they stay: gates and pipes. */
export type Passages = {
  gate<T>(): Gate<T>;
  pipe<T>(source: PipeSource<T>, sink: PipeSink<T>): Promise<void>;
  /** No chunk is let through from now on. */
  close(): void;
  /** Settles when every sink of a pipe is closed; rejects with what failed. */
  piped(): Promise<void>;
  /** Settles when every gate has handed over what it let through. */
  drained(): Promise<void>;
};

export function createPassages({ signal, isPermitted, refusal }: Permit): Passages {
  const gates = new Set<GateControl<unknown>>();
  const pipes = new Set<Promise<unknown>>();
  const assertPermitted = () => {
    if (!isPermitted()) throw refusal();
  };
  const create = <T>() => createGate<T>(assertPermitted, refusal);
  return {
    async pipe<T>(source: PipeSource<T>, sink: PipeSink<T>): Promise<void> {
      assertPermitted();
      const control = create<T>();
      signal.addEventListener("abort", control.close, { once: true });
      const piped = toReadable(source).pipeThrough(control.gate).pipeTo(toWritable(sink));
      pipes.add(piped);
      try {
        await piped;
      } finally {
        signal.removeEventListener("abort", control.close);
        // While the recording ends, the result still counts.
        if (isPermitted()) pipes.delete(piped);
      }
    },
    gate<T>(): Gate<T> {
      const control = create<T>();
      if (!isPermitted()) {
        control.close();
        return control.gate;
      }
      const kept = control as GateControl<unknown>;
      gates.add(kept);
      // One that gave up a chunk stays: the end must tell.
      kept.drained.then(
        () => gates.delete(kept),
        () => {},
      );
      return control.gate;
    },
    close: () => {
      for (const gate of gates) gate.close();
    },
    piped: () => all(pipes),
    drained: () => all([...gates].map(({ drained }) => drained)),
  };
}
