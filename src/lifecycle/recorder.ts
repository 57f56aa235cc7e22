import type { RecordingOperation } from "../model/operation.ts";
import type { EndReason } from "../model/outcome.ts";

/**
 * What begins and ends the persisting of media, or of what is derived from it. Both may be asynchronous, and then settle when they are done.
 * Nothing that they return or resolve with says more than that: a recorder that did not start must throw or reject, so `false` does not compile.
 * Neither does `() => stream.end()`, which returns before the last byte is written: `() => finished(stream.end())` of `node:stream/promises`
 * waits for it.
 */
export type Recorder = {
  /**
   * Called after Graph confirmed the recording, never before. Persisting may begin once it has resolved. `signal` is aborted as soon as the
   * recording must end.
   */
  start(context: { readonly callId: string; readonly operation: RecordingOperation; readonly signal: AbortSignal }): void | Promise<void>;
  /**
   * Called once for each `start`, also for one that failed. When it resolves, everything that was to be persisted is, and nothing more will be:
   * the end is reported then. `signal` is aborted when its time is over. Do not wait for `recording.stop()` in here: it waits for this.
   */
  stop(context: { readonly callId: string; readonly reason: EndReason; readonly signal: AbortSignal }): void | Promise<void>;
};
