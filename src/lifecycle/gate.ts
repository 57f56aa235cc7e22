/**
 * A pair of streams through which chunks pass only while persisting is permitted. Fits `pipeThrough`, and what comes of that fits Node's
 * `pipeline` as its source. As a middle stage there it has no normal end: Node destroys the sink when a stage refuses a chunk.
 */
export type Gate<T> = {
  /** What was let through; ends normally when the recording ends. */
  readonly readable: ReadableStream<T>;
  /** Takes chunks while persisting is permitted; refuses later ones with `NOT_PERMITTED`. */
  readonly writable: WritableStream<T>;
};

/** The gate as the recording sees it. */
export type GateControl<T> = {
  readonly gate: Gate<T>;
  /** Refuses every chunk from now on. One that is held goes on to the reader, then the reader's stream ends normally. */
  close(): void;
  /** Drops what is held: the reader gets nothing more. */
  cut(reason: unknown): void;
  /** Resolves when the reader has pulled the last chunk; rejects when it gave up before. */
  readonly drained: Promise<void>;
};

export type GateDeps = {
  readonly assertPermitted: () => void;
  readonly refusal: () => Error;
  /** Whether not even what is held may go on. */
  readonly isOver: () => boolean;
};

/**
 * Makes a gate. A chunk is accepted if it arrives while persisting is permitted; it is handed over when the reader pulls, and a writer that is
 * ahead of the reader waits, so that at most one chunk is held. The gate knows that a chunk was pulled, never that it was written.
 */
export function createGate<T>({ assertPermitted, refusal, isOver }: GateDeps): GateControl<T> {
  const drained = Promise.withResolvers<void>();
  // Looked at only when the recording stops.
  drained.promise.catch(() => {});
  let reader!: ReadableStreamDefaultController<T>;
  let writer!: WritableStreamDefaultController;
  let held: { readonly chunk: T; readonly taken: () => void; readonly lost: (reason: unknown) => void } | undefined;
  let pulled: (() => void) | undefined;
  let closed = false;

  /** The reader has all: its stream ends. */
  const finish = () => {
    if (!closed || held !== undefined) return;
    drained.resolve();
    reader.close();
    pulled?.();
  };
  const handOver = () => {
    if (held === undefined) return;
    const { chunk, taken } = held;
    held = undefined;
    reader.enqueue(chunk);
    taken();
    pulled?.();
    pulled = undefined;
    finish();
  };
  /** One side is gone: what is held is lost, and whoever wrote it is told. */
  const giveUp = (reason: unknown) => {
    closed = true;
    if (held === undefined) drained.resolve();
    else drained.reject(reason);
    held?.lost(reason);
    held = undefined;
    pulled?.();
  };
  const cut = (reason: unknown) => {
    if (closed && held === undefined) return;
    giveUp(reason);
    writer.error(reason);
    reader.error(reason);
  };
  const source: UnderlyingDefaultSource<T> = {
    start: (controller) => {
      reader = controller;
    },
    pull: () => {
      if (held !== undefined) return isOver() ? cut(refusal()) : handOver();
      return new Promise((resolve) => {
        pulled = resolve;
      });
    },
    cancel: (reason) => {
      giveUp(reason);
      writer.error(reason);
    },
  };
  const sink: UnderlyingSink<T> = {
    start: (controller) => {
      writer = controller;
    },
    write: (chunk) => {
      if (closed) throw refusal();
      assertPermitted();
      return new Promise((taken, lost) => {
        held = { chunk, taken, lost };
        if (pulled !== undefined) handOver();
      });
    },
    close: () => {
      closed = true;
      finish();
    },
    abort: (reason) => {
      // Ours: the recording has stopped, and the reader's stream ends normally.
      if (closed) return;
      giveUp(reason);
      reader.error(reason);
    },
  };
  // No buffer of its own: the readable side pulls only when somebody reads.
  const gate = { readable: new ReadableStream(source, { highWaterMark: 0 }), writable: new WritableStream(sink) };
  return {
    gate,
    close: () => {
      if (closed) return;
      closed = true;
      writer.error(refusal());
      finish();
    },
    cut,
    drained: drained.promise,
  };
}
