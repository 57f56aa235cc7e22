import { type EffectSubject, withEffect } from "../model/effect.ts";
import { isOurs, SeveralFailuresError } from "../model/errors.ts";
import { showError } from "../util/show-error.ts";

/** How errors are told. */
export type Telling = {
  readonly callId: string;
  /** Whether the status that the call is about may be in effect. */
  readonly mayBeInEffect: boolean;
  /** Which status that is. @default the status that was asked for */
  readonly subject?: EffectSubject;
  /** The caller's own errors, also those of our classes: they are told as they are. */
  readonly given: readonly unknown[];
};

/**
 * One error as it is; several as one with all of them, so that nothing is lost. What happened once is told once: an error of ours that only
 * says that another has failed gives way to that one. None: undefined.
 */
export function tellOf(errors: readonly unknown[], { callId, mayBeInEffect, subject, given }: Telling): unknown {
  const single = new Set(errors.flatMap((error) => (isSeveral(error) && !given.includes(error) ? error.errors : [error])));
  const distinct = [...single].filter((error) => given.includes(error) || !isOurs(error) || !single.has(error.cause));
  const said = distinct.map((error) => (given.includes(error) || !speaksOfEnd(error) ? error : withEffect(error, mayBeInEffect, subject)));
  const [first] = said;
  if (said.length > 1) {
    const message = `${said.length} things failed: ${said.map(showError).join("; ")}`;
    return withEffect(new SeveralFailuresError(message, { callId, errors: said, cause: first }), mayBeInEffect, subject);
  }
  return given.includes(first) ? first : withEffect(first, mayBeInEffect, subject);
}

function isSeveral(error: unknown): error is SeveralFailuresError {
  return isOurs(error) && error instanceof SeveralFailuresError;
}

/** Whether an error is about the recording as a whole. Others are about one report, and have said of it what there is to say. */
function speaksOfEnd(error: unknown): boolean {
  return isOurs(error) && ["ABORTED", "CLOSED", "RECORDER_FAILED"].includes(error.code);
}
