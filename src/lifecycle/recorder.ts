import { RecorderFailedError } from "../model/errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import { beginLifetime, untilEnd } from "../waiting/lifetime.ts";
import type { Runtime } from "../waiting/runtime.ts";
import type { EndReason } from "./state.ts";

/** What begins and ends the persisting of media, or of what is derived from it. Both may be asynchronous. */
export type Recorder = {
  /**
   * Called after Graph confirmed the recording, never before. Persisting may begin once it has resolved. `signal` is aborted as soon as the
   * recording must end.
   */
  start(context: { readonly callId: string; readonly operation: RecordingOperation; readonly signal: AbortSignal }): unknown;
  /**
   * Called once for each `start`, also for one that failed. When it resolves, everything that was to be persisted is, and nothing more will be:
   * the end is reported then. Do not wait for `recording.stop()` in here: it waits for this.
   */
  stop(context: { readonly callId: string; readonly reason: EndReason }): unknown;
};

/** Runs a piece of work of the caller's with a bound; what it throws, and its delay, become RECORDER_FAILED. */
export async function runBounded(
  runtime: Runtime,
  { what, callId, limitMs, late }: { readonly what: string; readonly callId: string; readonly limitMs: number; readonly late: string },
  work: () => unknown,
): Promise<void> {
  const onLimit = () => new RecorderFailedError(`${what} did not settle within ${limitMs} ms.`, { callId, hint: late });
  const bound = beginLifetime(runtime, { limitMs, onLimit });
  try {
    await untilEnd(start(work), bound.signal);
  } catch (error) {
    if (bound.signal.aborted) throw bound.signal.reason;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RecorderFailedError(`${what} failed: ${reason}`, { callId, cause: error, hint: late });
  } finally {
    bound.dispose();
  }
}

/** Work that throws is no different from work that rejects. */
async function start(work: () => unknown): Promise<void> {
  await work();
}
