import type { RecordingOperation } from "../model/operation.ts";
import type { Verdict } from "./verdict.ts";

/** Whether the status of one report may be in effect at Graph: the one judgement, over all its attempts. */
export class Effect {
  #before = false;
  #last = false;
  #attempts = 0;

  /** Counts an attempt that left. */
  add(verdict: Verdict): void {
    this.#attempts++;
    this.#before ||= this.#last;
    this.#last = mayHaveEffect(verdict);
  }

  /** The operation of the last attempt turned out to have failed. */
  lastFailed(): void {
    this.#last = false;
  }

  get mayBe(): boolean {
    return this.#before || this.#last;
  }

  /** Whether an attempt before the last may have had an effect. */
  get earlierMayBe(): boolean {
    return this.#before;
  }

  /** How many attempts have left. */
  get attempts(): number {
    return this.#attempts;
  }
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
