import { AbortedError } from "../model/errors.ts";
import type { Ending } from "./ending.ts";
import { type ClientRuntime, longestDelayMs } from "./runtime.ts";

/** What bounds a piece of work: a signal whose `reason` is the error to reject with. `dispose` leaves no timer and no listener behind. */
export type Lifetime = { readonly signal: AbortSignal; readonly dispose: () => void };

export type LifetimeOptions = {
  /** Milliseconds until the end. */
  readonly limitMs: number;
  /** The error when the time is over. */
  readonly onLimit: () => Error;
  /** Ends the work early, with its reason. */
  readonly parent?: AbortSignal | undefined;
  /** Ends the work early, with this error. */
  readonly ending?: { readonly of: Ending; readonly error: () => Error } | undefined;
  /** The caller's own signal: ends the work with ABORTED and its reason as the cause. */
  readonly userSignal?: AbortSignal | undefined;
  /** The call that the work is about, for that error. */
  readonly callId?: string | undefined;
};

/** Begins a lifetime. One controller and one timer: `AbortSignal.any` with `AbortSignal.timeout` keeps its timers' memory. */
export function beginLifetime(runtime: ClientRuntime, options: LifetimeOptions): Lifetime {
  const { limitMs, onLimit, parent, ending, userSignal, callId } = options;
  const controller = new AbortController();
  const undo: (() => void)[] = [];
  const dispose = () => {
    for (const step of undo.splice(0)) step();
  };
  const end = (reason: unknown) => {
    dispose();
    controller.abort(reason);
  };
  const follow = (signal: AbortSignal | undefined, reason: () => unknown) => {
    if (signal === undefined || controller.signal.aborted) return;
    if (signal.aborted) return end(reason());
    undo.push(onAbort(signal, () => end(reason())));
  };
  follow(userSignal, () => new AbortedError("The call was aborted by its signal.", { cause: userSignal?.reason, callId }));
  follow(parent, () => parent?.reason);
  if (ending !== undefined && !controller.signal.aborted) undo.push(ending.of.onCome(() => end(ending.error())));
  if (controller.signal.aborted) dispose();
  else if (limitMs <= 0) end(onLimit());
  else undo.push(runtime.schedule(() => end(onLimit()), limitMs));
  return { signal: controller.signal, dispose };
}

/** Calls back when the signal is aborted; returns what takes the callback away. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  signal.addEventListener("abort", callback, { once: true });
  return () => {
    try {
      signal.removeEventListener("abort", callback);
    } catch {
      // A signal of the caller's that lacks it, or throws: the callback does nothing any more.
    }
  };
}

/** The promise's outcome, or the signal's reason if that comes first: for work that may not listen to the signal itself. */
export async function untilEnd<T>(promise: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    // Nobody waits for it any more: its failure is nobody's.
    Promise.resolve(promise).catch(() => {});
    throw signal.reason;
  }
  const ended = Promise.withResolvers<never>();
  const undo = onAbort(signal, () => ended.reject(signal.reason));
  try {
    return await Promise.race([promise, ended.promise]);
  } finally {
    undo();
  }
}

/** Resolves after the delay; rejects with the reason of the first signal that ends before. */
export async function sleep(runtime: ClientRuntime, delayMs: number, signals: readonly AbortSignal[]): Promise<void> {
  for (const signal of signals) signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A timer that is asked for more than it can keep fires at once.
  const undo = [runtime.schedule(resolve, Math.min(delayMs, longestDelayMs))];
  for (const signal of signals) undo.push(onAbort(signal, () => reject(signal.reason)));
  try {
    await promise;
  } finally {
    for (const step of undo) step();
  }
}
