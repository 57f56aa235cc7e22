import type { Recorder } from "../lifecycle/recorder.ts";
import { callKey } from "../model/call-id.ts";
import type { FakeCalls } from "./fake-calls.ts";

type StartContext = Parameters<Recorder["start"]>[0];
type StopContext = Parameters<Recorder["stop"]>[0];

/** What the test's own recorder does behind the fake's, if anything. */
export type OwnRecorder = {
  /** Runs when the recording is confirmed; a promise is waited for. */
  start?(context: StartContext): unknown;
  /** Runs at the end of the recording, before it is reported; a promise is waited for. */
  stop?(context: StopContext): unknown;
};

/** A recorder that notes what is done to it. The contexts may be left out where a bot keeps the order by hand. */
export type FakeRecorder = {
  /** Notes `recorderStart`, then runs the test's own. */
  start(context?: StartContext): Promise<void>;
  /** Notes `recorderStop`, runs the test's own, and notes `recorderStopped` when that has resolved. */
  stop(context?: StopContext): Promise<void>;
};

/** What the test's own sink does behind the fake's, if anything: where a promise is returned, the write takes until then. */
export type OwnSink<T> = {
  /** Takes a chunk. */
  write?(chunk: T): unknown;
  /** Nothing more will be written. */
  close?(): unknown;
  /** The sink was given up. */
  abort?(reason: unknown): unknown;
};

/** A place to persist to, which notes what reaches it: a stream, and `write` for single writes. */
export type FakeSink<T = unknown> = WritableStream<T> & {
  /** Persists one chunk, noted at this moment. Beside the stream, also while that is locked; it needs no close. */
  write(chunk: T): Promise<void>;
};

/** What makes recorders and sinks, and remembers for which calls. */
export function createObservers(calls: FakeCalls) {
  const watched = new Set<string>();
  let sinks = 0;
  const watch = <T>(callId: string, observer: T): T => {
    watched.add(callKey(callId));
    return observer;
  };
  return {
    watched,
    recorder: (callId: string, own: OwnRecorder = {}): FakeRecorder => watch(callId, createRecorder(calls, callId, own)),
    sink: <T = unknown>(callId: string, own: OwnSink<T> = {}): FakeSink<T> =>
      watch(callId, createSink(calls, callId, `sink ${++sinks}`, own)),
  };
}

function createRecorder(calls: FakeCalls, callId: string, own: OwnRecorder): FakeRecorder {
  const { id } = calls.get(callId);
  const step = (type: "recorderStart" | "recorderStop", context: StartContext | StopContext | undefined) => {
    const other = context === undefined ? undefined : calls.find(context.callId);
    if (context !== undefined && other?.id !== id) {
      calls.blame(id, `its recorder was given to the call ${JSON.stringify(context.callId)}: two calls are mixed up`);
    }
    calls.note({ type, callId: id });
  };
  return {
    async start(context) {
      step("recorderStart", context);
      // A bot that keeps the order by hand may have nothing to tell.
      await own.start?.(context as StartContext);
    },
    async stop(context) {
      step("recorderStop", context);
      await own.stop?.(context as StopContext);
      calls.note({ type: "recorderStopped", callId: id });
    },
  };
}

function createSink<T>(calls: FakeCalls, callId: string, sink: string, own: OwnSink<T>): FakeSink<T> {
  const { id } = calls.get(callId);
  const persist = async (chunk: T, stream: boolean): Promise<void> => {
    const name = describe(chunk);
    // The test's own is asked first, but the note must stand even when it throws: something may have been written.
    let written: unknown;
    let failed: { readonly error: unknown } | undefined;
    try {
      written = own.write?.(chunk);
    } catch (error) {
      failed = { error };
    }
    // Not `instanceof`: a test runner's Promise may be another realm's.
    const pending = typeof (written as PromiseLike<unknown> | undefined)?.then === "function";
    calls.note({ type: "persisted", callId: id, chunk: name, sink, ...(stream && { stream }), ...(pending && { pending }) });
    if (failed !== undefined) throw failed.error;
    if (!pending) return;
    try {
      await written;
    } finally {
      calls.note({ type: "writeEnded", callId: id, chunk: name, sink });
    }
  };
  const stream = new WritableStream<T>({
    write: (chunk) => persist(chunk, true),
    async close() {
      await own.close?.();
      calls.note({ type: "sinkClosed", callId: id, sink });
    },
    async abort(reason) {
      calls.note({ type: "sinkAborted", callId: id, sink });
      await own.abort?.(reason);
    },
  });
  return Object.assign(stream, { write: (chunk: T) => persist(chunk, false) });
}

/** A chunk's name in the history: a text is its own. */
function describe(chunk: unknown): string {
  if (typeof chunk === "string") return chunk;
  if (chunk instanceof ArrayBuffer || ArrayBuffer.isView(chunk)) return `${chunk.byteLength} bytes`;
  try {
    return JSON.stringify(chunk) ?? String(chunk);
  } catch {
    return Object.prototype.toString.call(chunk);
  }
}
