// For consumers whose `lib` does not have it: the declarations below name Symbol.asyncDispose.
/// <reference lib="esnext.disposable" preserve="true" />

import { NotPermittedError } from "../model/errors.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import type { Gate } from "./gate.ts";
import { combine, isCallGone, isObedience, type RecordingOutcome } from "./outcome.ts";
import { createPassages, type Passages } from "./passages.ts";
import type { Recorder } from "./recorder.ts";
import {
  type ClosingStatus,
  type EndReason,
  nextState,
  permitsPersisting,
  type RecordingEvent,
  type RecordingPhase,
  type RecordingState,
} from "./state.ts";
import type { PipeSink, PipeSource } from "./streams.ts";
import { windDown } from "./wind-down.ts";
import { withinLimit } from "./within-limit.ts";

/** What a recording needs of the client. */
export type RecordingDeps = {
  readonly callId: string;
  readonly recorder: Recorder;
  readonly runtime: ClientRuntime;
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
  /** Sends the closing status, in its turn, with a deadline of its own. */
  readonly report: (status: ClosingStatus) => Promise<unknown>;
  /** Told once, when the recording has ended. */
  readonly onEnded: () => void;
};

/** What the client does with a recording, and nobody else can. */
export type RecordingControl = {
  /** Moves the recording towards its end; what follows happens in the background. */
  end(reason: EndReason): void;
  /** Graph confirmed the recording: runs `recorder.start`, and settles when the recording is live or has ended. */
  begin(operation: RecordingOperation): Promise<void>;
  /** The report `recording` brought no success: closes it when it may be in effect all the same. */
  giveUp(mayBeInEffect: boolean, error: unknown): Promise<void>;
  /** Who ended it first, also when the call turned out to be gone after that. */
  firstReason(): EndReason | undefined;
};

/** The control of a recording. Not exported from the package: what it can do would break the order. */
export let controlOf: (recording: Recording) => RecordingControl;

/**
 * A recording of one call, from the report that it begins to the report that it has ended. Only `startRecording` and `withRecording` make one:
 * a function that takes a `Recording` cannot be called without the permit.
 */
export class Recording {
  static {
    controlOf = (recording) => ({
      end: (reason) => recording.#end(reason),
      begin: (operation) => recording.#begin(operation),
      giveUp: (mayBeInEffect, error) => recording.#giveUp(mayBeInEffect, error),
      firstReason: () => recording.#firstReason,
    });
  }

  /** The call. */
  readonly callId: string;
  /** Resolves when the recording has ended, however it ended, also in the background. Never rejects. */
  readonly ended: Promise<RecordingOutcome>;
  #state: RecordingState = { phase: "reporting" };
  #operation: RecordingOperation | undefined;
  readonly #deps: RecordingDeps;
  readonly #over = new AbortController();
  readonly #passages: Passages;
  readonly #settle: (outcome: RecordingOutcome) => void;
  /** What the caller said failed, and what failed while ending. */
  readonly #failures: unknown[] = [];
  readonly #problems: unknown[] = [];
  #winding: Promise<void> | undefined;
  #firstReason: EndReason | undefined;
  /** `recorder.start`, until it has settled: `recorder.stop` waits for it. */
  #starting: Promise<void> | undefined;

  constructor(deps: RecordingDeps) {
    const { promise, resolve } = Promise.withResolvers<RecordingOutcome>();
    this.callId = deps.callId;
    this.ended = promise;
    this.#deps = deps;
    this.#settle = resolve;
    this.#passages = createPassages({
      signal: this.signal,
      isPermitted: () => permitsPersisting(this.#state),
      refusal: () => this.#refusal(),
    });
  }

  /** Where the recording stands; persisting is permitted while it is `"recording"`. */
  get state(): RecordingPhase {
    return this.#state.phase;
  }

  /** The operation by which Graph confirmed the recording; undefined before. */
  get operation(): RecordingOperation | undefined {
    return this.#operation;
  }

  /** Aborted the moment persisting must end: by stop, failure, abort, the end of the call, or the client's close. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /**
   * Throws unless persisting is permitted at this instant. Cheap enough for every media frame.
   * @throws {NotPermittedError} code `NOT_PERMITTED`
   */
  assertRecording(): void {
    if (!permitsPersisting(this.#state)) throw this.#refusal();
  }

  /**
   * Passes what comes from the source on to the sink while persisting is permitted. When the recording ends, the source is cancelled, the sink
   * is closed normally with everything that was let through, and the promise resolves; the end is reported after that. Takes web streams, any
   * async iterable as the source, and a Node `Writable` as the sink.
   *
   * Rejects with `NOT_PERMITTED` when the recording is not live, and with whatever the source or the sink failed with.
   */
  pipe<T>(source: PipeSource<T>, sink: PipeSink<T>): Promise<void> {
    return this.#passages.pipe(source, sink);
  }

  /**
   * A gate for a pipeline of your own: chunks pass while persisting is permitted; later ones are refused with `NOT_PERMITTED`, and the readable
   * side ends normally. It knows that a chunk was pulled, not that it was written: wait for your pipeline in `recorder.stop`.
   */
  gate<T>(): Gate<T> {
    return this.#passages.gate();
  }

  /**
   * Ends the recording: revokes the permit, closes the gates, runs `recorder.stop`, waits for the gates, reports `notRecording`. Calling it
   * again, or after another end, gives the same outcome.
   *
   * Rejects when something failed on the way, with the error or an `AggregateError`: `RECORDER_FAILED` (then `failed` was reported, and the
   * recorder may still be running), or what the report failed with.
   */
  stop(): Promise<RecordingOutcome> {
    return this.#endBy("stopped");
  }

  /** The same, but reports `failed`. `error` is kept in the outcome. Rejects as `stop` does, not with `error` itself. */
  fail(error?: unknown): Promise<RecordingOutcome> {
    const failure = error ?? new Error("The recording failed.");
    if (this.#state.phase !== "ended" && !this.#failures.includes(failure)) this.#failures.push(failure);
    return this.#endBy("failed");
  }

  /** The call is gone: persisting ends at once, `recorder.stop` runs, nothing is reported to a dead call. See `ended` for the rest. */
  callEnded(): void {
    this.#end("callEnded");
  }

  /** `stop()`, without the outcome. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #end(reason: EndReason): void {
    const { phase } = this.#state;
    this.#firstReason ??= reason;
    this.#move({ type: "end", reason });
    if (phase === "starting" || phase === "recording") this.#winding ??= this.#windDown();
  }

  async #begin(operation: RecordingOperation): Promise<void> {
    this.#operation = operation;
    this.#move({ type: "completed" });
    if (this.#state.phase !== "starting") return this.#closeAndEnd();
    const { runtime, callId, recorder, startTimeoutMs: limitMs } = this.#deps;
    const hint = "It may have begun, so recorder.stop is called.";
    // Set before the recorder is called: it may end the recording at once.
    const settled = Promise.withResolvers<void>();
    this.#starting = settled.promise;
    try {
      const start = () => recorder.start({ callId, operation, signal: this.signal });
      await withinLimit(runtime, { what: "recorder.start", callId, limitMs, hint }, start).finally(settled.resolve);
    } catch (error) {
      if (this.#state.phase === "starting") {
        this.#failures.push(error);
        this.#end("startFailed");
      } else if (!isObedience(error, this.signal)) {
        this.#problems.push(error);
      }
    }
    if (this.#state.phase === "starting") this.#move({ type: "started" });
    else await this.#winding;
  }

  async #giveUp(mayBeInEffect: boolean, error: unknown): Promise<void> {
    if (this.#state.phase === "reporting") this.#failures.push(error);
    this.#move({ type: mayBeInEffect ? "unknown" : "refused" });
    await this.#closeAndEnd();
  }

  #refusal(): NotPermittedError {
    const { phase } = this.#state;
    return new NotPermittedError(`Persisting is not permitted: the recording of call ${this.callId} is ${phase}.`, {
      callId: this.callId,
      hint: "Only between startRecording and its end may media, or what is derived from it, be persisted: drop the data.",
    });
  }

  async #endBy(reason: EndReason): Promise<RecordingOutcome> {
    this.#end(reason);
    const outcome = await this.ended;
    if (this.#problems.length > 0) throw combine(this.#problems);
    return outcome;
  }

  #move(event: RecordingEvent): void {
    this.#state = nextState(this.#state, event);
    const persistingIsOver = this.#state.phase !== "reporting" && this.#state.phase !== "starting" && this.#state.phase !== "recording";
    if (!persistingIsOver || this.#over.signal.aborted) return;
    this.#passages.close();
    this.#over.abort(this.#refusal());
  }

  async #windDown(): Promise<void> {
    const { runtime, callId, recorder, stopTimeoutMs } = this.#deps;
    const reason = "reason" in this.#state ? this.#state.reason : "stopped";
    const clean = await windDown({
      runtime,
      callId,
      reason,
      recorder,
      passages: this.#passages,
      starting: this.#starting,
      stopTimeoutMs,
      onProblem: (error) => this.#problems.push(error),
    });
    this.#move({ type: "stopped", clean });
    await this.#closeAndEnd();
  }

  /** Reports the closing status, when there is one, and ends. */
  async #closeAndEnd(): Promise<void> {
    let reported: ClosingStatus | undefined;
    if (this.#state.phase === "closing") {
      const { status } = this.#state;
      let callGone = false;
      try {
        await this.#deps.report(status);
        reported = status;
      } catch (error) {
        callGone = isCallGone(error);
        // A call that is gone needs no report: that is an outcome, not a problem.
        if (!callGone) this.#problems.push(error);
      }
      this.#move({ type: "reported", callGone });
    }
    const { reason } = this.#state as Extract<RecordingState, { phase: "ended" }>;
    const errors = [...this.#failures, ...this.#problems];
    this.#deps.onEnded();
    this.#settle({ reason, reported, error: errors.length === 0 ? undefined : combine(errors) });
  }
}
