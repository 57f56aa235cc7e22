import type { ClosingStatus, EndReason } from "./state.ts";

/** How a recording ended. */
export type RecordingOutcome = {
  /** Why it ended. `callEnded` also when the closing report was answered with "call not found". */
  readonly reason: EndReason;
  /** The closing status that Graph accepted; undefined when none was sent or accepted. */
  readonly reported: ClosingStatus | undefined;
  /** What went wrong, several things as an `AggregateError`; undefined when all went well. */
  readonly error: unknown;
};

/** Whether a recorder gave up only because it was told to. */
export function isObedience(error: unknown, signal: AbortSignal): boolean {
  const cause = (error as { cause?: unknown } | undefined)?.cause;
  return cause === signal.reason || (cause as Error | undefined)?.name === "AbortError";
}

/** Whether Graph said that the call is over: by its code, or by a 404 in its own form. A 404 of something in between says nothing of it. */
export function isCallGone(error: unknown): boolean {
  const { commsCode, status, graphCode } = (error ?? {}) as { commsCode?: unknown; status?: unknown; graphCode?: unknown };
  return commsCode === callNotFound || (status === 404 && graphCode !== undefined);
}

/** Its meaning: see comms-codes.ts. */
const callNotFound = 8522;

/** Waits for all of them, and only then tells what failed. */
export async function all(promises: Iterable<Promise<unknown>>): Promise<void> {
  const settled = await Promise.allSettled(promises);
  const failed = settled.filter((result) => result.status === "rejected").map(({ reason }) => reason as unknown);
  if (failed.length > 0) throw combine(failed);
}

/** One error as it is; several as an AggregateError with the code of the first, so that nothing is lost and a `switch` still works. */
export function combine(errors: readonly unknown[]): unknown {
  const [first] = errors;
  if (errors.length === 1) return first;
  const all = new AggregateError(errors, `${errors.length} things failed: ${errors.map(textOf).join("; ")}`, { cause: first });
  return Object.assign(all, { code: (first as { code?: unknown } | undefined)?.code });
}

/** What the caller threw may be anything, also something that cannot become a text. */
function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return "(an error that cannot be shown)";
  }
}
