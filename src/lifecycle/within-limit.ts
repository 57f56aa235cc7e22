import { RecorderFailedError } from "../model/errors.ts";
import { beginLifetime, untilEnd } from "../waiting/lifetime.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";

/** A piece of work of the caller's: how it is named in messages, how long it may take, and what is to be said when it does not end well. */
export type BoundedWork = { readonly what: string; readonly callId: string; readonly limitMs: number; readonly hint: string };

/** Does a piece of work of the caller's; what it throws, and its delay, become RECORDER_FAILED. */
export async function withinLimit(
  runtime: ClientRuntime,
  { what, callId, limitMs, hint }: BoundedWork,
  work: (signal: AbortSignal) => unknown,
): Promise<void> {
  const onLimit = () => new RecorderFailedError(`${what} did not settle within ${limitMs} ms.`, { callId, hint });
  const bound = beginLifetime(runtime, { limitMs, onLimit });
  try {
    await untilEnd(
      start(() => work(bound.signal)),
      bound.signal,
    );
  } catch (error) {
    if (bound.signal.aborted) throw bound.signal.reason;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RecorderFailedError(`${what} failed: ${reason}`, { callId, cause: error, hint });
  } finally {
    bound.dispose();
  }
}

/** Work that throws is no different from work that rejects. */
async function start(work: () => unknown): Promise<void> {
  await work();
}
