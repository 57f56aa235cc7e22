import type { Verdict } from "./verdict.ts";

/** Whether the status of one report may be in effect at Graph: the one judgement, over all its attempts. */
export type Effect = {
  /** Counts an attempt that left. */
  add(verdict: Verdict): void;
  /** The operation of the last attempt turned out to have failed. */
  lastFailed(): void;
  readonly mayBe: boolean;
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
