import { isOurs, SeveralFailuresError } from "../model/errors.ts";
import { showError } from "../util/show-error.ts";
import type { ClosingStatus, EndReason } from "./state.ts";

/** How a recording ended. */
export type RecordingOutcome = {
  /** The call. */
  readonly callId: string;
  /** Why it ended. `callEnded` also when the closing report was answered with "call not found". */
  readonly reason: EndReason;
  /** The closing status that Graph confirmed; undefined when none was sent or confirmed. */
  readonly reported: ClosingStatus | undefined;
  /** What went wrong, several things as a `SeveralFailuresError`; undefined when all went well. */
  readonly error: unknown;
};

/**
 * One error as it is; several as one with all of them, so that nothing is lost. The same error is told once, also where another names it as
 * its cause. None: undefined.
 */
export function combine(errors: readonly unknown[], callId: string): unknown {
  const single = errors.flatMap((error) => (isOurs(error) && error instanceof SeveralFailuresError ? error.errors : [error]));
  const distinct = [...new Set(single)].filter((error) => !single.some((other) => other !== error && isCausedBy(other, error)));
  const [first] = distinct;
  if (distinct.length <= 1) return first;
  const message = `${distinct.length} things failed: ${distinct.map(showError).join("; ")}`;
  return new SeveralFailuresError(message, { callId, errors: distinct, cause: first });
}

function isCausedBy(error: unknown, cause: unknown): boolean {
  return isOurs(error) && error.cause === cause;
}
