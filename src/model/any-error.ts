import {
  type AbortedError,
  type BadInputError,
  type BadNotificationError,
  type ClosedError,
  type CredentialError,
  type DeadlineError,
  errorBrand,
  type JournalError,
  type NetworkError,
  type NotPermittedError,
  type OutcomeUnknownError,
  type RecorderFailedError,
  type RecordingActiveError,
  type SeveralFailuresError,
  type SupersededError,
  type TimeoutError,
  type UnsupportedCloudError,
  type UnverifiedError,
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
  | RecorderFailedError
  | JournalError
  | BadNotificationError
  | UnverifiedError
  | SeveralFailuresError;

/** Whether an error comes from this library. Another copy of the package, as a bundler may load it, counts too. */
export function isRecordingStatusError(error: unknown): error is AnyRecordingStatusError {
  try {
    return typeof error === "object" && error !== null && (error as { [errorBrand]?: unknown })[errorBrand] === true;
  } catch {
    // A proxy of the caller's that throws when it is looked at.
    return false;
  }
}
