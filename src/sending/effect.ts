import type { RecordingOperation } from "../model/operation.ts";
import type { Verdict } from "./verdict.ts";

/** Whether the status of one report may be in effect at Graph: the one judgement, over all its attempts. */
export type Effect = {
  /** Counts an attempt that left. */
  add(verdict: Verdict): void;
  /** The operation of the last attempt turned out to have failed. */
  lastFailed(): void;
  readonly mayBe: boolean;
  /** Whether an attempt before the last may have had an effect. */
  readonly earlierMayBe: boolean;
  /** How many attempts have left. */
  readonly attempts: number;
};

export function createEffect(): Effect {
  let before = false;
  let last = false;
  let attempts = 0;
  return {
    add(verdict) {
      attempts++;
      before ||= last;
      last = mayHaveEffect(verdict);
    },
    lastFailed() {
      last = false;
    },
    get mayBe() {
      return before || last;
    },
    get earlierMayBe() {
      return before;
    },
    get attempts() {
      return attempts;
    },
  };
}

/** Of one attempt that left: false only when Graph, or something on the way, has refused it, or its operation is known to have failed. */
function mayHaveEffect({ operation, error, failure, undecided }: Verdict): boolean {
  if (operation !== undefined) return true;
  if (failure !== undefined) return undecided || failure.status === 408 || failure.status >= 500;
  return error.code !== "OPERATION_FAILED";
}

const earlierUnknown = new WeakSet<object>();

/** Remembers of an operation that an attempt before the one that it answers may have had an effect of its own. */
export function rememberEarlier(operation: RecordingOperation, effect: Effect): RecordingOperation {
  if (effect.earlierMayBe) earlierUnknown.add(operation);
  return operation;
}

/** Whether a status may be in effect although this operation of it has failed. */
export function mayBeBefore(operation: object): boolean {
  return earlierUnknown.has(operation);
}
