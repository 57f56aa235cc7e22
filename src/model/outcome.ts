/** Why a recording ended. */
export type EndReason = "stopped" | "failed" | "aborted" | "callEnded" | "closed" | "startFailed" | "recovered";

/** The status that ends a recording in Graph's eyes. */
export type ClosingStatus = "notRecording" | "failed";

export function isClosing(status: string): status is ClosingStatus {
  return status === "notRecording" || status === "failed";
}

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

/** Whether a recording never came to be: nothing was reported, and the call is not known to be gone. Of an outcome that a journal is told. */
export function neverBegan({ reported, reason }: RecordingOutcome): boolean {
  return reported === undefined && reason !== "callEnded";
}
