import type { ClientRuntime } from "../waiting/runtime.ts";
import type { Passages } from "./passages.ts";
import type { Recorder } from "./recorder.ts";
import type { EndReason } from "./state.ts";
import { withinLimit } from "./within-limit.ts";

/** What ends when a recording ends. */
export type WindDown = {
  readonly runtime: ClientRuntime;
  readonly callId: string;
  readonly reason: EndReason;
  readonly recorder: Recorder;
  readonly passages: Passages;
  /** `recorder.start`, until it has settled. */
  readonly starting: Promise<void> | undefined;
  readonly stopTimeoutMs: number;
  /** Told what did not end well. */
  readonly onProblem: (error: unknown) => void;
};

/**
 * The order of an end, after the permit was revoked: `recorder.start` and the sinks of pipes settle, then `recorder.stop` runs while the gates
 * drain. Resolves with whether all of it went well.
 */
export async function windDown({
  runtime,
  callId,
  reason,
  recorder,
  passages,
  starting,
  stopTimeoutMs,
  onProblem,
}: WindDown): Promise<boolean> {
  const hint = "The recorder may still be running, so notRecording is not reported.";
  const settle = async (what: string, work: (signal: AbortSignal) => unknown): Promise<boolean> => {
    try {
      await withinLimit(runtime, { what, callId, limitMs: stopTimeoutMs, hint }, work);
      return true;
    } catch (error) {
      onProblem(error);
      return false;
    }
  };
  await starting;
  // First what is ours to wait for: once recorder.stop has settled, nothing is persisted any more.
  const piped = await settle("Closing a sink", passages.piped);
  const settled = await Promise.all([
    settle("recorder.stop", (signal) => recorder.stop({ callId, reason, signal })),
    settle("Draining a gate", passages.drained),
  ]);
  return piped && settled.every(Boolean);
}
