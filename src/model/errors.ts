/** What every error of this library may carry. */
export type ErrorDetails = {
  /** What failed first, as it was thrown. */
  cause?: unknown;
  /** One sentence on what to do next. */
  hint?: string | undefined;
  /** The call that the request was about. */
  callId?: string | undefined;
  /** The `client-request-id` that was sent: Microsoft support can find the request by it. */
  clientRequestId?: string | undefined;
};

/**
 * The base of every error that this library rejects with. `code` is a literal in each class, so a `switch` over an
 * `AnyRecordingStatusError` narrows. No error holds a token.
 */
export abstract class RecordingStatusError extends Error {
  /** What happened, as a literal of each class. */
  abstract readonly code: string;
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean = false;
  /** One sentence on what to do next; the message ends with it too. */
  readonly hint: string | undefined;
  /** The call that the request was about, where it is known. */
  readonly callId: string | undefined;
  /** The `client-request-id` that was sent, where a request left: Microsoft support can find it by that. */
  readonly clientRequestId: string | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    const { hint, cause, callId, clientRequestId } = details;
    super(hint === undefined ? message : `${message} ${hint}`, cause === undefined ? undefined : { cause });
    this.hint = hint;
    this.callId = callId;
    this.clientRequestId = clientRequestId;
  }
}

/** An argument or option cannot be used; nothing was sent. */
export class BadInputError extends RecordingStatusError {
  override readonly name = "BadInputError";
  readonly code = "BAD_INPUT";
}

/** The cloud, or this version of Graph in it, has no `updateRecordingStatus`; nothing was sent. */
export class UnsupportedCloudError extends RecordingStatusError {
  override readonly name = "UnsupportedCloudError";
  readonly code = "UNSUPPORTED_CLOUD";
}

/** The credential gave no usable token; nothing was sent. */
export class CredentialError extends RecordingStatusError {
  override readonly name = "CredentialError";
  readonly code = "CREDENTIAL";
}

/** The connection failed or broke: the request may have arrived or not. */
export class NetworkError extends RecordingStatusError {
  override readonly name = "NetworkError";
  readonly code = "NETWORK";
  override readonly retryable = true;
}

/** One attempt took longer than `attemptTimeoutMs`: the request may have arrived or not. */
export class TimeoutError extends RecordingStatusError {
  override readonly name = "TimeoutError";
  readonly code = "TIMEOUT";
  override readonly retryable = true;
}

/** The whole call took longer than `deadlineMs`: a request that was under way may have arrived or not. */
export class DeadlineError extends RecordingStatusError {
  override readonly name = "DeadlineError";
  readonly code = "DEADLINE";
}

/** The caller's signal was aborted; `cause` is its reason. A request that was under way may have arrived or not. */
export class AbortedError extends RecordingStatusError {
  override readonly name = "AbortedError";
  readonly code = "ABORTED";
}

/** A newer status of the same call was asked for before this one could be repeated; `cause` is what its last attempt ended with. */
export class SupersededError extends RecordingStatusError {
  override readonly name = "SupersededError";
  readonly code = "SUPERSEDED";
}

/** What became of an operation could not be found out in time: it may have completed or failed. */
export class OutcomeUnknownError extends RecordingStatusError {
  override readonly name = "OutcomeUnknownError";
  readonly code = "OUTCOME_UNKNOWN";
}

/** The client was closed. A request that was under way may have arrived or not. */
export class ClosedError extends RecordingStatusError {
  override readonly name = "ClosedError";
  readonly code = "CLOSED";
}

/** The call has a live `Recording` of this client: its statuses are reported by it alone. Nothing was sent. */
export class RecordingActiveError extends RecordingStatusError {
  override readonly name = "RecordingActiveError";
  readonly code = "RECORDING_ACTIVE";
}

/** Persisting is not permitted at this instant: Graph has not confirmed the recording yet, or it is ending or has ended. */
export class NotPermittedError extends RecordingStatusError {
  override readonly name = "NotPermittedError";
  readonly code = "NOT_PERMITTED";
}

/** The caller's recorder failed or took too long; `cause` is what it threw. */
export class RecorderFailedError extends RecordingStatusError {
  override readonly name = "RecorderFailedError";
  readonly code = "RECORDER_FAILED";
}

/** The reason that ends calls when the client is closed. */
export function closedError(callId?: string): ClosedError {
  return new ClosedError("The client is closed.", { callId, hint: "Create a new client to send again." });
}
