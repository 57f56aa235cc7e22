import { checkRuntime } from "../util/check-runtime.ts";

// Here, because every entry that does something loads this file, and a bundler keeps it.
checkRuntime(globalThis);

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

/** Marks the errors of this library, those of another copy of the package too. */
export const errorBrand = Symbol.for("teams-recording-status.error");

/**
 * The base of every error that this library rejects with. `code` is a literal in each class, so a `switch` over an
 * `AnyRecordingStatusError` narrows. No error holds a token. Each call gets an error object of its own.
 */
export abstract class RecordingStatusError extends Error {
  /** What happened, as a literal of each class. */
  abstract readonly code: string;
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean = false;
  /**
   * Whether the status that was asked for may be in effect at Graph all the same, judged over all attempts of the report. The message says so
   * too. Errors of `startRecording` and `withRecording` speak of `recording`, those of `stop`, `fail` and `ended` of the closing status.
   */
  readonly mayBeInEffect: boolean = false;
  /** One sentence on what to do next; the message holds it too. */
  readonly hint: string | undefined;
  /** The call that the request was about, where it is known. */
  readonly callId: string | undefined;
  /** The `client-request-id` that was sent, where a request left: Microsoft support can find it by that. */
  readonly clientRequestId: string | undefined;

  static {
    // On the prototype: nobody sees it in a log.
    Object.defineProperty(RecordingStatusError.prototype, errorBrand, { value: true });
  }

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

/** The credential gave no usable token, so this attempt did not leave. */
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

/** The whole call took longer than `deadlineMs`; `cause` is what its last attempt ended with. */
export class DeadlineError extends RecordingStatusError {
  override readonly name = "DeadlineError";
  readonly code = "DEADLINE";
}

/** The caller's signal was aborted; `cause` is its reason. */
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

/** The client was closed. */
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

/**
 * What persists failed, or did not end in time: a recorder, a body, a `persist`, a pipe or a gate. `cause` is what it threw. What did not end
 * in time may still run; a message says which it is.
 */
export class RecorderFailedError extends RecordingStatusError {
  override readonly name = "RecorderFailedError";
  readonly code = "RECORDER_FAILED";
}

/**
 * The journal could not do its part: `cause` is what it threw. At a start nothing was sent, because what is not written down first cannot be
 * recovered; in an outcome the report was made, but the journal does not know it.
 */
export class JournalError extends RecordingStatusError {
  override readonly name = "JournalError";
  readonly code = "JOURNAL";
}

/** What was posted as a notification is none: the message names where. Nothing of it was used. */
export class BadNotificationError extends RecordingStatusError {
  override readonly name = "BadNotificationError";
  readonly code = "BAD_NOTIFICATION";
}

/** The token of a notification does not show that Graph sent it to this bot, or its keys cannot be asked for. It holds no token. */
export class UnverifiedError extends RecordingStatusError {
  override readonly name = "UnverifiedError";
  readonly code = "UNVERIFIED";
  /** Whether the same token may be accepted later: the keys could not be asked for. */
  override readonly retryable: boolean;

  constructor(message: string, details: ErrorDetails & { retryable?: boolean } = {}) {
    super(message, details);
    this.retryable = details.retryable ?? false;
  }
}

/** Several things failed; `cause` is the first of them. */
export class SeveralFailuresError extends RecordingStatusError {
  override readonly name = "SeveralFailuresError";
  readonly code = "SEVERAL_FAILURES";
  /** All of them, in the order in which they happened; any of them may be the caller's own. */
  readonly errors: readonly unknown[];

  constructor(message: string, details: ErrorDetails & { errors: readonly unknown[] }) {
    super(message, details);
    this.errors = details.errors;
  }
}

/** Whether a value is an error of this copy of the library; a proxy of the caller's that throws when it is looked at is none. */
export function isOurs(value: unknown): value is RecordingStatusError {
  try {
    return value instanceof RecordingStatusError;
  } catch {
    return false;
  }
}

/** The error of whatever is under way or asked for when the client is closed. */
export function closedError(callId?: string): ClosedError {
  return new ClosedError("The client is closed.", { callId, hint: "Create a new client to send again." });
}
