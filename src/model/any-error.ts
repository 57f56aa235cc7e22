import {
  type AbortedError,
  type BadInputError,
  type ClosedError,
  type CredentialError,
  type DeadlineError,
  type NetworkError,
  type NotPermittedError,
  type OutcomeUnknownError,
  type RecorderFailedError,
  type RecordingActiveError,
  RecordingStatusError,
  type SupersededError,
  type TimeoutError,
  type UnsupportedCloudError,
} from "./errors.ts";
import type { BadAnswerError, HttpError, OperationFailedError, ThrottledError } from "./http-errors.ts";

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
  | AbortedError
  | SupersededError
  | OutcomeUnknownError
  | ClosedError
  | RecordingActiveError
  | NotPermittedError
  | RecorderFailedError;

/** Whether an error comes from this library. */
export function isRecordingStatusError(error: unknown): error is AnyRecordingStatusError {
  return error instanceof RecordingStatusError;
}
