// Node's streams as web streams, without importing Node: by what they can do.

/** What can be read: a web stream, or anything that can be iterated asynchronously, as Node's `Readable` can. */
export type PipeSource<T> = ReadableStream<T> | AsyncIterable<T>;

/** What stands between source and sink, such as gzip or a cipher: a web `TransformStream` (any readable/writable pair), or Node's `Duplex`. */
export type PipeTransform = { readonly readable: ReadableStream<unknown>; readonly writable: WritableStream<never> } | NodeDuplex;

/** What can be written: a web stream, or Node's `Writable`. What has a readable side is a transform and no sink. */
export type PipeSink<T> = WritableStream<T> | NodeWritable;

/** The part of Node's `Writable` that is needed. */
export type NodeWritable = {
  write(chunk: never, callback: (error?: Error | null) => void): boolean;
  end(callback: (error?: Error | null) => void): unknown;
  destroy(error?: Error): unknown;
  readonly destroyed?: boolean;
  readonly closed?: boolean;
  on(event: "error" | "close", listener: (error?: Error) => void): unknown;
};

/** The part of Node's `Duplex` that is needed. */
export type NodeDuplex = NodeWritable & AsyncIterable<unknown> & { read(size?: number): unknown };

/** A stage of a chain of web streams. */
export type Stage = { readonly readable: ReadableStream<unknown>; readonly writable: WritableStream<unknown> };

export function toReadable<T>(source: PipeSource<T>): ReadableStream<T> {
  if ("getReader" in source) return source;
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<T>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel(reason) {
        // A Node stream that is idle would keep `return` waiting behind the read that is under way.
        const { destroy } = source as { destroy?: () => void };
        if (typeof destroy === "function") destroy.call(source);
        else await iterator.return?.(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

export function toPair(transform: PipeTransform): Stage {
  if (!isNodeWritable(transform)) return transform as Stage;
  return { readable: toReadable(transform), writable: toWritable<unknown>(transform, "finished") };
}

/**
 * Closing resolves when the sink has finished: for a file, when its last byte is written. Of a transform (`"finished"`) it is only awaited that
 * it has taken everything: its readable side tells the rest.
 */
export function toWritable<T>(sink: PipeSink<T>, until: "closed" | "finished" = "closed"): WritableStream<T> {
  if (!isNodeWritable(sink)) return sink;
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const orFailure = (act: (done: (error?: Error | null) => void) => void) =>
    Promise.race([failed.promise, new Promise<void>((resolve, reject) => act((error) => (error ? reject(error) : resolve())))]);
  let finished = false;
  return new WritableStream<T>({
    start(controller) {
      const fail = (error: unknown) => {
        failed.reject(error);
        controller.error(error);
      };
      sink.on("error", fail);
      const early = () => new Error("The sink was closed before everything was written.");
      sink.on("close", () => finished || fail(early()));
      if (sink.destroyed) fail(early());
      // At once, and not behind a write that is stuck: nothing more may reach the sink.
      controller.signal.addEventListener("abort", () => sink.destroy(asError(controller.signal.reason)));
    },
    write: (chunk) => orFailure((done) => sink.write(chunk as never, done)),
    async close() {
      await orFailure((done) => sink.end(done));
      finished = true;
      // A sink that is destroyed when it has finished, as a file is, may still fail at its close.
      if (until === "closed" && sink.destroyed && sink.closed === false && tellsClose(sink))
        await orFailure((done) => sink.on("close", () => done()));
    },
    abort: (reason) => void sink.destroy(asError(reason)),
  });
}

/** The sink of a pipe. */
export type OpenSink<T> = {
  readonly writable: WritableStream<T>;
  /** After a failure: resolves when the sink has let go of what it holds. Until then it may still write. */
  released(): Promise<void>;
};

/**
 * The sink behind a writer of ours, so that the signal cuts it off at once. `pipeTo` alone writes what it has read before it obeys its signal, and
 * a chunk would reach the sink after the time was over. `refuseIfOver` is asked at each chunk: a process that was paused has no time for a signal. `pipeTo` does not wait for the sink's abort either: who asks hears of a failure at once.
 */
export function openSink<T>(sink: PipeSink<T>, signal: AbortSignal, refuseIfOver: () => void): OpenSink<T> {
  const closed = isNodeWritable(sink) ? createClosed(sink) : undefined;
  const writer = toWritable(sink).getWriter();
  let aborting: Promise<unknown> | undefined;
  const abort = (reason: unknown) => {
    aborting = writer.abort(reason).catch(() => {});
  };
  signal.addEventListener("abort", () => abort(signal.reason));
  const goOn = () => {
    try {
      refuseIfOver();
    } catch (error) {
      abort(error);
      throw error;
    }
  };
  return {
    writable: new WritableStream<T>({
      start(controller) {
        writer.closed.catch((error: unknown) => controller.error(error));
      },
      write(chunk) {
        goOn();
        return writer.write(chunk);
      },
      close() {
        goOn();
        return writer.close();
      },
      abort,
    }),
    async released() {
      await aborting;
      await closed?.();
    },
  };
}

/** Destroys a Node sink, and resolves when it has closed: what it buffers it may write until then. */
function createClosed(sink: NodeWritable): () => Promise<void> {
  const closed = Promise.withResolvers<void>();
  if (sink.destroyed) closed.resolve();
  sink.on("close", () => closed.resolve());
  return () => {
    sink.destroy();
    if (sink.closed === true || !tellsClose(sink)) closed.resolve();
    return closed.promise;
  };
}

/** A Node stream that was made with `emitClose: false` never tells that it has closed. */
function tellsClose(sink: NodeWritable): boolean {
  const { _writableState: state } = sink as { readonly _writableState?: { readonly emitClose?: boolean } };
  return state?.emitClose ?? sink.closed !== undefined;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

export function isNodeWritable(value: object): value is NodeWritable {
  return hasFunction(value, "write") && hasFunction(value, "end") && hasFunction(value, "on");
}

export function isWebWritable(value: object): boolean {
  return hasFunction(value, "getWriter");
}

/** Node's `Duplex`, and a web pair of a readable and a writable stream. */
export function isTransform(value: object): boolean {
  if (isNodeWritable(value)) return hasFunction(value, "read");
  const { readable, writable } = value as { readable?: unknown; writable?: unknown };
  return isObject(readable) && hasFunction(readable, "getReader") && isObject(writable) && isWebWritable(writable);
}

export function isSource(value: object): boolean {
  return hasFunction(value, "getReader") || typeof (value as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === "function";
}

export function isObject(value: unknown): value is object {
  return (typeof value === "object" || typeof value === "function") && value !== null;
}

function hasFunction(value: object, name: string): boolean {
  return typeof (value as { readonly [name: string]: unknown })[name] === "function";
}
