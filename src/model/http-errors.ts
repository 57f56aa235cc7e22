import { type ErrorDetails, RecordingStatusError } from "./errors.ts";
import type { RecordingOperation } from "./operation.ts";

/** What Graph said when it refused a request. */
export type HttpFailure = ErrorDetails & {
  /** What was tried and what came back. */
  message: string;
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
  /** The `client-request-id` of the answer, where it is not the one that was sent. */
  answeredClientRequestId?: string | undefined;
  /** The answer's `Date`, for support cases. */
  date?: string | undefined;
  /** The start of a body that is no Graph error. */
  excerpt?: string | undefined;
  /** The wait that the answer asked for by `Retry-After`, in milliseconds. */
  retryAfterMs?: number | undefined;
  retryable: boolean;
};

abstract class HttpFailureError extends RecordingStatusError {
  /** The HTTP status. */
  readonly status: number;
  /** Graph's `error.code`, as it came. */
  readonly graphCode: string | undefined;
  /** Graph's `error.message`; for a communications error the message inside. */
  readonly graphMessage: string | undefined;
  /** The communications code from either form of the envelope, for example 8506: see `commsCodes`. */
  readonly commsCode: number | undefined;
  /** The service's `request-id`: quote it in support cases. */
  readonly requestId: string | undefined;
  /** The `client-request-id` of the answer, where it is not the one that was sent (`clientRequestId`): quote both in support cases. */
  readonly answeredClientRequestId: string | undefined;
  /** The answer's `Date`, for support cases. */
  readonly date: string | undefined;
  /** The start of a body that is no Graph error. */
  readonly excerpt: string | undefined;
  /** The wait that Graph asked for by `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  override readonly retryable: boolean;

  constructor(failure: HttpFailure) {
    super(failure.message, failure);
    this.status = failure.status;
    this.graphCode = failure.graphCode;
    this.graphMessage = failure.graphMessage;
    this.commsCode = failure.commsCode;
    this.requestId = failure.requestId;
    this.answeredClientRequestId = failure.answeredClientRequestId;
    this.date = failure.date;
    this.excerpt = failure.excerpt;
    this.retryAfterMs = failure.retryAfterMs;
    this.retryable = failure.retryable;
  }
}

/** Graph answered with a status other than 2xx. */
export class HttpError extends HttpFailureError {
  override readonly name = "HttpError";
  readonly code = "HTTP";
}

/** Graph is throttling (429), or asked for a wait that does not fit into the deadline. */
export class ThrottledError extends HttpFailureError {
  override readonly name = "ThrottledError";
  readonly code = "THROTTLED";
}

/** Graph accepted the request and reported that the operation failed: that attempt did not put the status into effect. */
export class OperationFailedError extends RecordingStatusError {
  override readonly name = "OperationFailedError";
  readonly code = "OPERATION_FAILED";
  /** The operation as Graph answered. */
  readonly operation: RecordingOperation;
  /** The `client-request-id` of the answer, where it is not the one that was sent (`clientRequestId`): quote both in support cases. */
  readonly answeredClientRequestId: string | undefined;

  constructor(message: string, details: ErrorDetails & { operation: RecordingOperation; answeredClientRequestId?: string | undefined }) {
    super(message, details);
    this.operation = details.operation;
    this.answeredClientRequestId = details.answeredClientRequestId;
  }
}

type BadAnswer = ErrorDetails & {
  status: number;
  requestId?: string | undefined;
  answeredClientRequestId?: string | undefined;
  excerpt?: string | undefined;
};

/** A 2xx answer that is no operation: whether the status took effect is unknown. */
export class BadAnswerError extends RecordingStatusError {
  override readonly name = "BadAnswerError";
  readonly code = "BAD_ANSWER";
  /** The HTTP status, 2xx. */
  readonly status: number;
  /** The service's `request-id`: quote it in support cases. */
  readonly requestId: string | undefined;
  /** The `client-request-id` of the answer, where it is not the one that was sent (`clientRequestId`): quote both in support cases. */
  readonly answeredClientRequestId: string | undefined;
  /** The start of the body. */
  readonly excerpt: string | undefined;

  constructor(message: string, details: BadAnswer) {
    super(message, details);
    this.status = details.status;
    this.requestId = details.requestId;
    this.answeredClientRequestId = details.answeredClientRequestId;
    this.excerpt = details.excerpt;
  }
}
