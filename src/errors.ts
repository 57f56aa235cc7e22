import type { RecordingOperation } from "./operation.ts";

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
  abstract readonly code: string;
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean = false;
  /** One sentence on what to do next; the message ends with it too. */
  readonly hint: string | undefined;
  readonly callId: string | undefined;
  readonly clientRequestId: string | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    const text = details.hint === undefined ? message : `${message} ${details.hint}`;
    super(text, details.cause === undefined ? undefined : { cause: details.cause });
    this.hint = details.hint;
    this.callId = details.callId;
    this.clientRequestId = details.clientRequestId;
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

/** What Graph said when it refused a request. */
export type HttpFailure = ErrorDetails & {
  /** The HTTP status. */
  status: number;
  /** Graph's `error.code`, as it came. */
  graphCode?: string | undefined;
  /** Graph's `error.message`; for a communications error the message inside. */
  graphMessage?: string | undefined;
  /** The communications code from either form of the envelope, for example 8506. */
  commsCode?: number | undefined;
  /** The service's `request-id`. */
  requestId?: string | undefined;
  /** The answer's `Date`, for support cases. */
  date?: string | undefined;
  /** The start of a body that is no Graph error. */
  excerpt?: string | undefined;
  retryable?: boolean;
};

abstract class HttpFailureError extends RecordingStatusError {
  readonly status: number;
  readonly graphCode: string | undefined;
  readonly graphMessage: string | undefined;
  readonly commsCode: number | undefined;
  readonly requestId: string | undefined;
  readonly date: string | undefined;
  readonly excerpt: string | undefined;
  override readonly retryable: boolean;

  constructor(message: string, failure: HttpFailure) {
    super(message, failure);
    this.status = failure.status;
    this.graphCode = failure.graphCode;
    this.graphMessage = failure.graphMessage;
    this.commsCode = failure.commsCode;
    this.requestId = failure.requestId;
    this.date = failure.date;
    this.excerpt = failure.excerpt;
    this.retryable = failure.retryable ?? false;
  }
}

/** Graph answered with a status other than 2xx. */
export class HttpError extends HttpFailureError {
  override readonly name = "HttpError";
  readonly code = "HTTP";
}

/** Graph asked to wait. */
export class ThrottledError extends HttpFailureError {
  override readonly name = "ThrottledError";
  readonly code = "THROTTLED";
  /** The wait that Graph asked for by `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, failure: HttpFailure & { retryAfterMs?: number | undefined }) {
    super(message, failure);
    this.retryAfterMs = failure.retryAfterMs;
  }
}

/** Graph accepted the request and reported that the operation failed: the status is not in effect. */
export class OperationFailedError extends RecordingStatusError {
  override readonly name = "OperationFailedError";
  readonly code = "OPERATION_FAILED";
  /** The operation as Graph answered. */
  readonly operation: RecordingOperation;

  constructor(message: string, details: ErrorDetails & { operation: RecordingOperation }) {
    super(message, details);
    this.operation = details.operation;
  }
}

/** A 2xx answer that is no operation: whether the status took effect is unknown. */
export class BadAnswerError extends RecordingStatusError {
  override readonly name = "BadAnswerError";
  readonly code = "BAD_ANSWER";
  readonly status: number;
  readonly requestId: string | undefined;
  /** The start of the body. */
  readonly excerpt: string | undefined;

  constructor(message: string, details: ErrorDetails & { status: number; requestId?: string | undefined; excerpt?: string | undefined }) {
    super(message, details);
    this.status = details.status;
    this.requestId = details.requestId;
    this.excerpt = details.excerpt;
  }
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

/** Every error of this library: `switch (error.code)` narrows it. */
export type AnyRecordingStatusError =
  | BadInputError
  | UnsupportedCloudError
  | CredentialError
  | HttpError
  | ThrottledError
  | OperationFailedError
  | BadAnswerError
  | NetworkError
  | TimeoutError
  | DeadlineError
  | AbortedError;

/** Whether an error comes from this library. */
export function isRecordingStatusError(error: unknown): error is AnyRecordingStatusError {
  return error instanceof RecordingStatusError;
}
