import type { ClientRuntime } from "../waiting/runtime.ts";
import type { CloserDeps } from "./closer.ts";
import type { KeptRecording } from "./keep-recording.ts";
import type { Recorder } from "./recorder.ts";

/** What the driver of a recording needs. */
export type DriverDeps = CloserDeps & {
  readonly callId: string;
  readonly recorder: Recorder;
  readonly runtime: ClientRuntime;
  readonly startTimeoutMs: number;
  readonly stopTimeoutMs: number;
  /** The signal by which the caller may end the recording. */
  readonly userSignal: AbortSignal | undefined;
  /** What `close` waits for, too. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  /** Told once, when the recording has ended: whether its end still has to be reported. */
  readonly onEnded: (unreported: boolean) => void;
  /** The recording as the journal has it; undefined without one. */
  readonly kept: Pick<KeptRecording, "permits" | "leftMs" | "settle"> | undefined;
};
