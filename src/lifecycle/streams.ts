// Node's streams as web streams, without importing Node: by what they can do.

/** What can be read: a web stream, or anything that can be iterated asynchronously, as Node's `Readable` can. */
export type PipeSource<T> = ReadableStream<T> | AsyncIterable<T>;

/** What can be written: a web stream, or Node's `Writable`. */
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

/** Closing resolves when the sink has finished: for a file, when its last byte is written. */
export function toWritable<T>(sink: PipeSink<T>): WritableStream<T> {
  if ("getWriter" in sink) return sink;
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
    },
    write: (chunk) => orFailure((done) => sink.write(chunk as never, done)),
    async close() {
      await orFailure((done) => sink.end(done));
      finished = true;
      // A sink that is destroyed when it has finished, as a file is, may still fail at its close.
      if (sink.destroyed && sink.closed === false) await orFailure((done) => sink.on("close", () => done()));
    },
    abort: (reason) => void sink.destroy(reason instanceof Error ? reason : new Error(String(reason))),
  });
}
