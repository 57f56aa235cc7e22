/**
 * Reports the recording status of calls in the compliant order, with retries, deadlines and clear errors.
 * @module
 */

export type { AccessToken, TokenCredential, TokenRequestOptions } from "./auth/credential.ts";
export type { GraphFetch } from "./http/exchange.ts";
export type { RetryOptions } from "./http/retry.ts";
export type { CallOptions, CloseOptions, OperationReference, RecoverOptions } from "./input/call-input.ts";
export type { RecordingClientOptions } from "./input/client-options.ts";
export type { Gate } from "./lifecycle/gate.ts";
export type { HandledNotifications, RecordingNotifications } from "./lifecycle/handle-notifications.ts";
export type { RecordingPermit } from "./lifecycle/permit.ts";
export type { Recorder } from "./lifecycle/recorder.ts";
export type { Recording } from "./lifecycle/recording.ts";
export type { RecordingOptions } from "./lifecycle/recording-options.ts";
export type { RecordingPhase } from "./lifecycle/state.ts";
export type { PipeSink, PipeSource, PipeTransform } from "./lifecycle/streams.ts";
export type { RecordingBody, WithRecordingOptions } from "./lifecycle/with-recording.ts";
export { type AnyRecordingStatusError, isRecordingStatusError } from "./model/any-error.ts";
export type { AttemptRecord, OnAttempt } from "./model/attempt-record.ts";
export { type CommsCode, commsCodes } from "./model/comms-codes.ts";
export {
  AbortedError,
  BadInputError,
  BadNotificationError,
  ClosedError,
  CredentialError,
  DeadlineError,
  JournalError,
  NetworkError,
  NotPermittedError,
  OutcomeUnknownError,
  RecorderFailedError,
  RecordingActiveError,
  RecordingStatusError,
  SeveralFailuresError,
  SupersededError,
  TimeoutError,
  UnsupportedCloudError,
  UnverifiedError,
} from "./model/errors.ts";
export { BadAnswerError, HttpError, OperationFailedError, ThrottledError } from "./model/http-errors.ts";
export type { JournalEntry, JournalHold, Orphan, RecordingJournal } from "./model/journal.ts";
export type { CallNotification, ChangeType, CommsNotification, OperationNotification } from "./model/notification.ts";
export type { RecordingOperation, ResultInfo } from "./model/operation.ts";
export type { ClosingStatus, EndReason, RecordingOutcome } from "./model/outcome.ts";
export type { RecordingStatusUpdate } from "./model/update.ts";
export { createRecordingClient, type RecordingClient } from "./recording-client.ts";
export type { ClientRuntime } from "./waiting/runtime.ts";
export type { Cloud, GraphVersion, KnownOperationStatus, OperationStatus, ReportableStatus } from "./wire.ts";
