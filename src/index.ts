export type { CallOptions, RecordingStatusUpdate } from "./call-input.ts";
export type { AccessToken, Fetch, RecordingClientOptions, TokenCredential, TokenRequestOptions } from "./client-options.ts";
export { type CommsCode, commsCodes } from "./comms-codes.ts";
export {
  AbortedError,
  type AnyRecordingStatusError,
  BadAnswerError,
  BadInputError,
  CredentialError,
  DeadlineError,
  HttpError,
  isRecordingStatusError,
  NetworkError,
  OperationFailedError,
  RecordingStatusError,
  ThrottledError,
  TimeoutError,
  UnsupportedCloudError,
} from "./errors.ts";
export type { RecordingOperation, ResultInfo } from "./operation.ts";
export { createRecordingClient, type RecordingClient } from "./recording-client.ts";
export type { Runtime } from "./runtime.ts";
export type { Cloud, GraphVersion, KnownOperationStatus, OperationStatus, ReportableStatus } from "./wire.ts";
