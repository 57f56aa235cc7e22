import type { RecordingOperation } from "../model/operation.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { createBudget } from "./budget.ts";
import type { Recorder } from "./recorder.ts";
import type { Work, Works } from "./work.ts";

type Start = {
  readonly callId: string;
  readonly recorder: Recorder;
  readonly runtime: ClientRuntime;
  readonly works: Works;
  readonly operation: RecordingOperation;
  readonly signal: AbortSignal;
  readonly limitMs: number;
  readonly ended: Promise<unknown>;
};

/** Calls `recorder.start`; resolves when it has settled, when its time is over, or when the recording has ended. */
export async function startRecorder({ callId, recorder, runtime, works, operation, signal, limitMs, ended }: Start): Promise<Work> {
  const starting = Promise.withResolvers<void>();
  // Counted before it runs: it may end the recording at once.
  const work = works.add("recorder.start", starting.promise);
  starting.resolve((async () => recorder.start({ callId, operation, signal }))());
  const limit = createBudget(runtime, limitMs);
  await Promise.race([work.settled, limit.over, ended]);
  limit.dispose();
  return work;
}
