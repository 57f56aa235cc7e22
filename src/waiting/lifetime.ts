import { AbortedError, type RecordingStatusError } from "../model/errors.ts";
import { longestDelayMs, type Runtime } from "./runtime.ts";

/** What bounds a piece of work: a signal whose `reason` is the error to reject with. `dispose` leaves no timer and no listener behind. */
export type Lifetime = { readonly signal: AbortSignal; readonly dispose: () => void };

export type LifetimeOptions = {
  /** Milliseconds until the end. */
  readonly limitMs: number;
  /** The error when the time is over. */
  readonly onLimit: () => RecordingStatusError;
  /** Ends the work early, with its reason. */
  readonly parent?: AbortSignal | undefined;
  /** The caller's own signal: ends the work with ABORTED and its reason as the cause. */
  readonly userSignal?: AbortSignal | undefined;
  /** The call that the work is about, for that error. */
  readonly callId?: string | undefined;
};

/** Begins a lifetime. One controller and one timer: `AbortSignal.any` with `AbortSignal.timeout` keeps its timers' memory. */
export function beginLifetime(runtime: Runtime, options: LifetimeOptions): Lifetime {
  // Own properties only: a polluted prototype must not end every call.
  const { limitMs, onLimit, parent, userSignal, callId } = { parent: undefined, userSignal: undefined, callId: undefined, ...options };
  const controller = new AbortController();
  const onParentEnd = () => end(parent?.reason);
  const onUserAbort = () => end(new AbortedError("The call was aborted by its signal.", { cause: userSignal?.reason, callId }));
  const cancelTimer = runtime.schedule(() => end(onLimit()), limitMs);
  const dispose = () => {
    cancelTimer();
    parent?.removeEventListener("abort", onParentEnd);
    userSignal?.removeEventListener("abort", onUserAbort);
  };
  const end = (reason: unknown) => {
    dispose();
    controller.abort(reason);
  };
  parent?.addEventListener("abort", onParentEnd);
  userSignal?.addEventListener("abort", onUserAbort);
  if (userSignal?.aborted) onUserAbort();
  else if (parent?.aborted) onParentEnd();
  else if (limitMs <= 0) end(onLimit());
  return { signal: controller.signal, dispose };
}

/** The promise's outcome, or the signal's reason if that comes first: for work that may not listen to the signal itself. */
export async function untilEnd<T>(promise: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    // Nobody waits for it any more: its failure is nobody's.
    Promise.resolve(promise).catch(() => {});
    throw signal.reason;
  }
  let onEnd: (() => void) | undefined;
  const ended = new Promise<never>((_, reject) => {
    onEnd = () => reject(signal.reason);
    signal.addEventListener("abort", onEnd);
  });
  try {
    return await Promise.race([promise, ended]);
  } finally {
    if (onEnd !== undefined) signal.removeEventListener("abort", onEnd);
  }
}

/** Resolves after the delay; rejects with the reason of the first signal that ends before. */
export async function sleep(runtime: Runtime, delayMs: number, signals: readonly AbortSignal[]): Promise<void> {
  for (const signal of signals) signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A timer that is asked for more than it can keep fires at once.
  const cancel = runtime.schedule(resolve, Math.min(delayMs, longestDelayMs));
  const onEnd = () => reject(signals.find((signal) => signal.aborted)?.reason);
  for (const signal of signals) signal.addEventListener("abort", onEnd);
  try {
    await promise;
  } finally {
    cancel();
    for (const signal of signals) signal.removeEventListener("abort", onEnd);
  }
}
