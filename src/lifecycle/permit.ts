import type { RecordingOperation } from "../model/operation.ts";
import type { Gate } from "./gate.ts";
import type { PipeSink, PipeSource, PipeTransform } from "./streams.ts";

/**
 * What permits a bot to persist media, or what is derived from it: only `withRecording` and `startRecording` give one, after Graph has
 * confirmed the recording. Code that takes a permit cannot be called without it: an object that looks like one does not compile.
 */
export declare class RecordingPermit {
  private constructor();
  /** The call. */
  readonly callId: string;
  /** The operation by which Graph confirmed the recording. */
  readonly operation: RecordingOperation;
  /** Aborted the moment persisting must end: by stop, failure, abort, the end of the call, or the client's close. */
  readonly signal: AbortSignal;

  /**
   * Throws unless persisting is permitted at this instant. Cheap enough for every media frame. For synchronous writes: of what goes on after
   * it, the end knows nothing; use `persist` or `pipe` for that.
   * @throws {NotPermittedError} code `NOT_PERMITTED`
   */
  assertRecording(): void;

  /**
   * Runs one piece of work that persists, at once, and resolves with its value. The end of the recording waits for it, up to `stopTimeoutMs`;
   * its `signal` is aborted when that time is over. While the recording is live, a failure is its caller's: try again, or call `fail`.
   *
   * Rejects with `NOT_PERMITTED` when persisting is not permitted: the work is not run. Rejects with `BAD_INPUT` when it is no function.
   */
  persist<T>(work: (signal: AbortSignal) => T | PromiseLike<T>): Promise<T>;

  /**
   * Passes what comes from the source through the transforms to the sink while persisting is permitted, and resolves when the sink is closed.
   * When the recording ends, the source is cancelled, and what was let through goes on to the sink, which is closed normally: the end is
   * reported after that. Takes web streams and Node's alike; any async iterable as the source.
   *
   * A pipe that fails while the recording is live ends it as `failed`: what was announced as recorded was not kept. The promise rejects with
   * that error and may be left un-awaited; `ended` tells it too. Rejects with `NOT_PERMITTED` when persisting is not permitted, and with
   * `BAD_INPUT` for arguments that are no streams; neither ends the recording.
   */
  pipe<T>(source: PipeSource<T>, sink: PipeSink<T>): Promise<void>;
  pipe(source: PipeSource<unknown>, ...stages: [first: PipeTransform, ...more: (PipeTransform | PipeSink<never>)[]]): Promise<void>;

  /**
   * A gate for a pipeline of your own: chunks pass while persisting is permitted; later ones are refused with `NOT_PERMITTED`, and the readable
   * side ends normally. It knows that a chunk was pulled, not that it was written: wait for your pipeline in `recorder.stop`, or use `pipe`.
   */
  gate<T>(): Gate<T>;
}

/** What an object that is handed out as a permit must have. */
export type PermitMembers = { readonly [Name in keyof RecordingPermit]: RecordingPermit[Name] };
