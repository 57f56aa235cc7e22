// For consumers whose `lib` does not have it: the declarations below name Symbol.asyncDispose.
/// <reference lib="esnext.disposable" preserve="true" />
import type { RecordingOutcome } from "../model/outcome.ts";
import type { RecordingPermit } from "./permit.ts";
import type { RecordingPhase } from "./state.ts";

/**
 * A recording of one call, from the report that it begins to the report that it has ended: a permit that can be ended. Only `startRecording`
 * makes one. While it is `"reporting"`, as `graph.recordings` may show it, its operation is the null operation: status null, no id.
 */
export type Recording = RecordingPermit & {
  /** Where the recording stands; persisting is permitted while it is `"recording"`. */
  readonly state: RecordingPhase;

  /** Resolves when the recording has ended, however it ended, also in the background. Never rejects, and keeps its first outcome. */
  readonly ended: Promise<RecordingOutcome>;

  /**
   * Ends the recording: revokes the permit, waits until everything that persists has settled, reports `notRecording`, or `failed` when
   * something did not settle well. Calls during the end, and those after a report, give the same outcome. When the end could not be reported,
   * the next call sends the status that was decided once more.
   *
   * Rejects when something failed on the way, with that error or a `SeveralFailuresError`: `RECORDER_FAILED` (then `failed` was reported, and
   * what is named may still be running), or what the report failed with. After an end that was not reported also with `CLOSED` (the client is
   * closed) or `RECORDING_ACTIVE` (a newer recording of the call began): nothing is sent then. With `OUTCOME_UNKNOWN` where the runtime ties
   * promises to a request (workerd) and the one that started the recording is over.
   */
  stop(): Promise<RecordingOutcome>;

  /** The same, but reports `failed`. `error` is kept in the outcome. Rejects as `stop` does, not with `error` itself. */
  fail(error?: unknown): Promise<RecordingOutcome>;

  /** The call is gone: persisting ends at once, `recorder.stop` runs, nothing is reported to a dead call. See `ended` for the rest. */
  callEnded(): void;

  /** `stop()`, without the outcome. */
  [Symbol.asyncDispose](): Promise<void>;
};
