// The public API of "teams-recording-status": what a consumer's compiler sees, without comments. What is not exported is here because something exported
// refers to it. Made by `npm run api`: do not edit.

type TokenCredential = {
  getToken(scopes: string | string[], options?: TokenRequestOptions): Promise<AccessToken | null>;
};
type TokenRequestOptions = {
  abortSignal?: AbortSignal;
  tenantId?: string;
  claims?: string;
  enableCae?: boolean;
};
type AccessToken = {
  token: string;
  expiresOnTimestamp: number;
  refreshAfterTimestamp?: number;
};
type GraphFetch = (url: string, init: RequestInit) => Promise<Response>;
type RetryOptions = {
  limit?: number | undefined;
};
type ErrorDetails = {
  cause?: unknown;
  hint?: string | undefined;
  callId?: string | undefined;
  clientRequestId?: string | undefined;
};
declare abstract class RecordingStatusError extends Error {
  abstract readonly code: string;
  readonly retryable: boolean;
  readonly mayBeInEffect: boolean;
  readonly hint: string | undefined;
  readonly callId: string | undefined;
  readonly clientRequestId: string | undefined;
  constructor(message: string, details?: ErrorDetails);
}
declare class BadInputError extends RecordingStatusError {
  readonly name = "BadInputError";
  readonly code = "BAD_INPUT";
}
declare class UnsupportedCloudError extends RecordingStatusError {
  readonly name = "UnsupportedCloudError";
  readonly code = "UNSUPPORTED_CLOUD";
}
declare class CredentialError extends RecordingStatusError {
  readonly name = "CredentialError";
  readonly code = "CREDENTIAL";
}
declare class NetworkError extends RecordingStatusError {
  readonly name = "NetworkError";
  readonly code = "NETWORK";
  readonly retryable = true;
}
declare class TimeoutError extends RecordingStatusError {
  readonly name = "TimeoutError";
  readonly code = "TIMEOUT";
  readonly retryable = true;
}
declare class DeadlineError extends RecordingStatusError {
  readonly name = "DeadlineError";
  readonly code = "DEADLINE";
}
declare class AbortedError extends RecordingStatusError {
  readonly name = "AbortedError";
  readonly code = "ABORTED";
}
declare class SupersededError extends RecordingStatusError {
  readonly name = "SupersededError";
  readonly code = "SUPERSEDED";
}
declare class OutcomeUnknownError extends RecordingStatusError {
  readonly name = "OutcomeUnknownError";
  readonly code = "OUTCOME_UNKNOWN";
}
declare class ClosedError extends RecordingStatusError {
  readonly name = "ClosedError";
  readonly code = "CLOSED";
}
declare class RecordingActiveError extends RecordingStatusError {
  readonly name = "RecordingActiveError";
  readonly code = "RECORDING_ACTIVE";
}
declare class NotPermittedError extends RecordingStatusError {
  readonly name = "NotPermittedError";
  readonly code = "NOT_PERMITTED";
}
declare class RecorderFailedError extends RecordingStatusError {
  readonly name = "RecorderFailedError";
  readonly code = "RECORDER_FAILED";
}
declare class JournalError extends RecordingStatusError {
  readonly name = "JournalError";
  readonly code = "JOURNAL";
}
declare class BadNotificationError extends RecordingStatusError {
  readonly name = "BadNotificationError";
  readonly code = "BAD_NOTIFICATION";
}
declare class UnverifiedError extends RecordingStatusError {
  readonly name = "UnverifiedError";
  readonly code = "UNVERIFIED";
  readonly retryable: boolean;
  constructor(message: string, details?: ErrorDetails & {
    retryable?: boolean;
  });
}
declare class SeveralFailuresError extends RecordingStatusError {
  readonly name = "SeveralFailuresError";
  readonly code = "SEVERAL_FAILURES";
  readonly errors: readonly unknown[];
  constructor(message: string, details: ErrorDetails & {
    errors: readonly unknown[];
  });
}
declare const operationStatusSchema: {
  readonly anyOf: readonly [{
    readonly type: "string";
    readonly enum: readonly ["notStarted", "running", "completed", "failed"];
  }, {
    readonly type: "string";
  }, {
    readonly type: "null";
  }];
};
declare const commsNotificationSchema: {
  readonly type: "object";
  readonly required: readonly ["changeType", "resourceUrl"];
  readonly additionalProperties: true;
  readonly properties: {
    readonly "@odata.type": {
      readonly type: "string";
    };
    readonly changeType: {
      readonly anyOf: readonly [{
        readonly type: "string";
        readonly enum: readonly ["created", "updated", "deleted"];
      }, {
        readonly type: "string";
      }];
    };
    readonly resourceUrl: {
      readonly type: "string";
    };
    readonly resource: {
      readonly type: "string";
    };
    readonly resourceData: {
      readonly anyOf: readonly [{
        readonly type: "object";
        readonly additionalProperties: true;
      }, {
        readonly type: "array";
        readonly items: {
          readonly type: "object";
          readonly additionalProperties: true;
        };
      }];
    };
  };
};
declare const clouds: {
  readonly global: {
    readonly authorityHost: "https://login.microsoftonline.com";
    readonly tokenScope: "https://graph.microsoft.com/.default";
    readonly versions: {
      readonly "v1.0": "https://graph.microsoft.com/v1.0";
      readonly beta: "https://graph.microsoft.com/beta";
    };
  };
  readonly usGovL4: {
    readonly authorityHost: "https://login.microsoftonline.us";
    readonly tokenScope: "https://graph.microsoft.us/.default";
    readonly versions: {
      readonly "v1.0": "https://graph.microsoft.us/v1.0";
    };
  };
  readonly usGovL5: {
    readonly authorityHost: "https://login.microsoftonline.us";
    readonly tokenScope: "https://dod-graph.microsoft.us/.default";
    readonly versions: {
      readonly "v1.0": "https://dod-graph.microsoft.us/v1.0";
    };
  };
};
interface components {
  schemas: {
    ReportableStatus: "notRecording" | "recording" | "failed";
    UpdateRecordingStatusRequest: {
      status: components["schemas"]["ReportableStatus"];
      clientContext?: string | null;
    };
    OperationStatus: ("notStarted" | "running" | "completed" | "failed") | string | null;
    ResultInfo: {
      "@odata.type"?: string;
      code: number;
      subcode: number;
      message?: string | null;
    } & {
      [key: string]: unknown;
    };
    Entity: {
      "@odata.type"?: string;
      id: string;
    } & {
      [key: string]: unknown;
    };
    CommsOperation: components["schemas"]["Entity"] & ({
      clientContext?: string | null;
      resultInfo?: components["schemas"]["ResultInfo"] | null;
      status: components["schemas"]["OperationStatus"];
    } & {
      [key: string]: unknown;
    });
    UpdateRecordingStatusOperation: components["schemas"]["CommsOperation"];
    ODataError: {
      error: components["schemas"]["ErrorDetails"];
    } & {
      [key: string]: unknown;
    };
    ErrorDetails: {
      code: string;
      message: string;
      innerError?: components["schemas"]["InnerError"];
    } & {
      [key: string]: unknown;
    };
    InnerError: {
      date?: string;
      "request-id"?: string;
      "client-request-id"?: string;
    } & {
      [key: string]: unknown;
    };
    CommsNotifications: {
      "@odata.type"?: string;
      value: components["schemas"]["CommsNotification"][];
    } & {
      [key: string]: unknown;
    };
    CommsNotification: {
      "@odata.type"?: string;
      changeType: ("created" | "updated" | "deleted") | string;
      resourceUrl: string;
      resource?: string;
      resourceData?: {
        [key: string]: unknown;
      } | {
        [key: string]: unknown;
      }[];
    } & {
      [key: string]: unknown;
    };
  };
  responses: {
    RecordingStatusUpdated: {
      headers: {
        Location: string;
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["UpdateRecordingStatusOperation"];
      };
    };
    BadRequest: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    Unauthorized: {
      headers: {
        "WWW-Authenticate": string;
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    Forbidden: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    NotFound: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    UnsupportedMediaType: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    TooManyRequests: {
      headers: {
        "Retry-After"?: string;
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    InternalServerError: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    BadGateway: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    ServiceUnavailable: {
      headers: {
        "Retry-After"?: string;
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    GatewayTimeout: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
    UnexpectedError: {
      headers: {
        "request-id"?: string;
        "client-request-id"?: string;
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["ODataError"];
      };
    };
  };
  parameters: {
    CallId: string;
    OperationId: string;
    ClientRequestId: string;
  };
  requestBodies: {
    UpdateRecordingStatus: {
      content: {
        "application/json": components["schemas"]["UpdateRecordingStatusRequest"];
      };
    };
  };
  headers: never;
  pathItems: never;
}
type ReportableStatus = components["schemas"]["ReportableStatus"];
type KnownOperationStatus = (typeof operationStatusSchema.anyOf)[0]["enum"][number];
type KnownChangeType = (typeof commsNotificationSchema.properties.changeType.anyOf)[0]["enum"][number];
type OperationStatus = KnownOperationStatus | "unrecognized" | null;
type Cloud = keyof typeof clouds;
type GraphVersion<C extends Cloud = Cloud> = C extends Cloud ? keyof (typeof clouds)[C]["versions"] : never;
type ResultInfo = {
  readonly code: number | undefined;
  readonly subcode: number | undefined;
  readonly message: string | null;
};
type RecordingOperation = {
  readonly id: string | undefined;
  readonly status: OperationStatus;
  readonly clientContext: string | null;
  readonly resultInfo: ResultInfo | null;
  readonly location: string | undefined;
  readonly requestId: string | undefined;
  readonly clientRequestId: string;
  readonly raw: unknown;
};
type RecordingStatusUpdate = {
  status: ReportableStatus;
  clientContext?: string | null | undefined;
};
type CallOptions = {
  signal?: AbortSignal | undefined;
  deadlineMs?: number | undefined;
  tenantId?: string | undefined;
};
type CloseOptions = {
  deadlineMs?: number | undefined;
};
type RecoverOptions = Omit<CallOptions, "tenantId">;
type OperationReference = {
  readonly id: string | undefined;
  readonly status: string | null;
} & Partial<Omit<RecordingOperation, "id" | "status">>;
type AttemptRecord = {
  readonly kind: "report" | "poll" | "outcome";
  readonly callId: string;
  readonly tenantId: string | undefined;
  readonly operationId: string | undefined;
  readonly status: ReportableStatus | undefined;
  readonly clientContext: string | undefined;
  readonly attempt: number;
  readonly clientRequestId: string | undefined;
  readonly requestId: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly httpStatus: number | undefined;
  readonly commsCode: number | undefined;
  readonly outcome: string;
  readonly waitMs: number;
  readonly previousAttemptUnknown: boolean;
};
type OnAttempt = (record: AttemptRecord) => void;
type EndReason = "stopped" | "failed" | "aborted" | "callEnded" | "closed" | "startFailed" | "recovered";
type ClosingStatus = "notRecording" | "failed";
type RecordingOutcome = {
  readonly callId: string;
  readonly reason: EndReason;
  readonly reported: ClosingStatus | undefined;
  readonly error: unknown;
};
type JournalEntry = {
  readonly id: string;
  readonly callId: string;
  readonly tenantId: string | undefined;
  readonly openedAt: number;
};
type JournalHold = {
  permits(): boolean;
  mayReport(): boolean;
  confirm(): Promise<boolean>;
  leftMs?(): number;
  onLost(callback: () => void): void;
};
type Orphan = JournalEntry & {
  readonly hold?: JournalHold | undefined;
  readonly isStillOpen?: (() => boolean) | undefined;
};
type RecordingJournal = {
  opened(entry: JournalEntry): Promise<JournalHold | undefined> | Promise<void> | JournalHold | undefined | void;
  attempt?(record: AttemptRecord): Promise<void> | void;
  closed(id: string, outcome: RecordingOutcome): Promise<void> | void;
  released?(id: string): Promise<void> | void;
  holder?(callId: string): Promise<string | undefined> | string | undefined;
  claimOrphans(): Promise<readonly Orphan[]> | readonly Orphan[];
  close(): Promise<void> | void;
};
type CommonOptions = {
  credential: TokenCredential;
  fetch?: GraphFetch | undefined;
  attemptTimeoutMs?: number | undefined;
  deadlineMs?: number | undefined;
  retry?: RetryOptions | undefined;
  maxConcurrency?: number | undefined;
  onAttempt?: OnAttempt | undefined;
  journal?: RecordingJournal | undefined;
};
type CommonVersion = { [V in GraphVersion]: [Cloud] extends [CloudsWith<V>] ? V : never }[GraphVersion];
type CloudsWith<V> = { [C in Cloud]: V extends GraphVersion<C> ? C : never }[Cloud];
type InCloud<C, V> = {
  cloud?: C | undefined;
  version?: V | undefined;
  baseUrl?: undefined;
  allowUnknownHost?: undefined;
};
type CloudChoice = InCloud<Cloud, CommonVersion> | InCloud<typeof defaults.cloud, GraphVersion<typeof defaults.cloud>> | { [C in Cloud]: InCloud<C, GraphVersion<C>> & {
  cloud: C;
} }[Cloud];
type CustomRoot = {
  baseUrl: string;
  allowUnknownHost?: boolean | undefined;
  cloud?: Cloud | undefined;
  version?: undefined;
};
type RecordingClientOptions = CommonOptions & (CloudChoice | CustomRoot);
declare const defaults: {
  readonly cloud: "global";
  readonly version: "v1.0";
  readonly attemptTimeoutMs: 10000;
  readonly deadlineMs: 50000;
  readonly retryLimit: 3;
  readonly maxConcurrency: 128;
};
type Gate<T> = {
  readonly readable: ReadableStream<T>;
  readonly writable: WritableStream<T>;
};
type ChangeType = KnownChangeType | "unrecognized";
type Common = {
  readonly callId: string;
  readonly changeType: ChangeType;
  readonly resultInfo: ResultInfo | null;
  readonly raw: unknown;
};
type OperationNotification = Common & {
  readonly kind: "operation";
  readonly operationId: string | undefined;
  readonly status: OperationStatus;
  readonly clientContext: string | null;
};
type CallNotification = Common & {
  readonly kind: "call";
  readonly operationId: undefined;
  readonly status: string | null;
  readonly clientContext: null;
};
type CommsNotification = OperationNotification | CallNotification;
type ClientRuntime = {
  readonly now: () => number;
  readonly monotonicNow: () => number;
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  readonly random: () => number;
  readonly randomUUID: () => string;
};
type RecordingState = {
  readonly phase: "reporting";
} | {
  readonly phase: "withdrawing";
  readonly reason: EndReason;
  readonly status: ClosingStatus | undefined;
  readonly alsoFailed?: true;
} | {
  readonly phase: "starting";
} | {
  readonly phase: "recording";
} | {
  readonly phase: "stopping";
  readonly reason: EndReason;
  readonly status: ClosingStatus | undefined;
} | {
  readonly phase: "closing";
  readonly reason: EndReason;
  readonly status: ClosingStatus;
} | {
  readonly phase: "ended";
  readonly reason: EndReason;
};
type RecordingPhase = RecordingState["phase"];
type HttpFailure = ErrorDetails & {
  message: string;
  status: number;
  graphCode?: string | undefined;
  graphMessage?: string | undefined;
  commsCode?: number | undefined;
  requestId?: string | undefined;
  answeredClientRequestId?: string | undefined;
  date?: string | undefined;
  excerpt?: string | undefined;
  retryAfterMs?: number | undefined;
  retryable: boolean;
};
declare abstract class HttpFailureError extends RecordingStatusError {
  readonly status: number;
  readonly graphCode: string | undefined;
  readonly graphMessage: string | undefined;
  readonly commsCode: number | undefined;
  readonly requestId: string | undefined;
  readonly answeredClientRequestId: string | undefined;
  readonly date: string | undefined;
  readonly excerpt: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly retryable: boolean;
  constructor(failure: HttpFailure);
}
declare class HttpError extends HttpFailureError {
  readonly name = "HttpError";
  readonly code = "HTTP";
}
declare class ThrottledError extends HttpFailureError {
  readonly name = "ThrottledError";
  readonly code = "THROTTLED";
}
declare class OperationFailedError extends RecordingStatusError {
  readonly name = "OperationFailedError";
  readonly code = "OPERATION_FAILED";
  readonly operation: RecordingOperation;
  readonly answeredClientRequestId: string | undefined;
  constructor(message: string, details: ErrorDetails & {
    operation: RecordingOperation;
    answeredClientRequestId?: string | undefined;
  });
}
type BadAnswer = ErrorDetails & {
  status: number;
  requestId?: string | undefined;
  answeredClientRequestId?: string | undefined;
  excerpt?: string | undefined;
};
declare class BadAnswerError extends RecordingStatusError {
  readonly name = "BadAnswerError";
  readonly code = "BAD_ANSWER";
  readonly status: number;
  readonly requestId: string | undefined;
  readonly answeredClientRequestId: string | undefined;
  readonly excerpt: string | undefined;
  constructor(message: string, details: BadAnswer);
}
type Recorder = {
  start(context: {
    readonly callId: string;
    readonly operation: RecordingOperation;
    readonly signal: AbortSignal;
  }): void | Promise<void>;
  stop(context: {
    readonly callId: string;
    readonly reason: EndReason;
    readonly signal: AbortSignal;
  }): void | Promise<void>;
};
type PipeSource<T> = ReadableStream<T> | AsyncIterable<T>;
type PipeTransform = {
  readonly readable: ReadableStream<unknown>;
  readonly writable: WritableStream<never>;
} | NodeDuplex;
type PipeSink<T> = WritableStream<T> | NodeWritable;
type NodeWritable = {
  write(chunk: never, callback: (error?: Error | null) => void): boolean;
  end(callback: (error?: Error | null) => void): unknown;
  destroy(error?: Error): unknown;
  readonly destroyed?: boolean;
  readonly closed?: boolean;
  on(event: "error" | "close", listener: (error?: Error) => void): unknown;
};
type NodeDuplex = NodeWritable & AsyncIterable<unknown> & {
  read(size?: number): unknown;
};
declare class RecordingPermit {
  private constructor();
  readonly callId: string;
  readonly operation: RecordingOperation;
  readonly signal: AbortSignal;
  assertRecording(): void;
  persist<T>(work: (signal: AbortSignal) => T | PromiseLike<T>): Promise<T>;
  pipe<T>(source: PipeSource<T>, sink: PipeSink<T>): Promise<void>;
  pipe(source: PipeSource<unknown>, ...stages: [first: PipeTransform, ...more: (PipeTransform | PipeSink<never>)[]]): Promise<void>;
  gate<T>(): Gate<T>;
}
type Recording = RecordingPermit & {
  readonly state: RecordingPhase;
  readonly ended: Promise<RecordingOutcome>;
  stop(): Promise<RecordingOutcome>;
  fail(error?: unknown): Promise<RecordingOutcome>;
  callEnded(): void;
  [Symbol.asyncDispose](): Promise<void>;
};
type HandledNotifications = {
  readonly settled: readonly {
    readonly callId: string;
    readonly operationId: string | undefined;
    readonly status: "completed" | "failed";
  }[];
  readonly unmatched: readonly CommsNotification[];
};
type RecordingNotifications = {
  handle(payload: unknown): Promise<HandledNotifications>;
};
type RecordingOptions = CallOptions & {
  recorder: Recorder;
  clientContext?: string | undefined;
  startTimeoutMs?: number | undefined;
  stopTimeoutMs?: number | undefined;
};
type WithRecordingOptions = Omit<RecordingOptions, "recorder"> & {
  recorder?: Partial<Recorder> | undefined;
};
type RecordingBody<T> = (permit: RecordingPermit) => T | Promise<T>;
type AnyRecordingStatusError = BadInputError | UnsupportedCloudError | CredentialError | HttpError | ThrottledError | OperationFailedError | BadAnswerError | NetworkError | TimeoutError | DeadlineError | AbortedError | SupersededError | OutcomeUnknownError | ClosedError | RecordingActiveError | NotPermittedError | RecorderFailedError | JournalError | BadNotificationError | UnverifiedError | SeveralFailuresError;
declare function isRecordingStatusError(error: unknown): error is AnyRecordingStatusError;
type CommsCode = {
  readonly meaning: string;
  readonly fix: string;
};
declare const commsCodes: {
  readonly [code: number]: CommsCode;
};
type RecordingClient = {
  updateRecordingStatus(callId: string, update: RecordingStatusUpdate, options?: CallOptions): Promise<RecordingOperation>;
  waitForOperation(callId: string, operation: OperationReference, options?: CallOptions): Promise<RecordingOperation>;
  startRecording(callId: string, options: RecordingOptions): Promise<Recording>;
  withRecording<T>(callId: string, body: RecordingBody<T>): Promise<T>;
  withRecording<T>(callId: string, options: WithRecordingOptions, body: RecordingBody<T>): Promise<T>;
  recoverRecordings(options?: RecoverOptions): Promise<readonly RecordingOutcome[]>;
  readonly notifications: RecordingNotifications;
  readonly recordings: readonly Recording[];
  close(options?: CloseOptions): Promise<readonly RecordingOutcome[]>;
  [Symbol.asyncDispose](): Promise<void>;
};
declare function createRecordingClient(options: RecordingClientOptions, runtime?: Partial<ClientRuntime>): RecordingClient;
export {
  AbortedError,
  type AccessToken,
  type AnyRecordingStatusError,
  type AttemptRecord,
  BadAnswerError,
  BadInputError,
  BadNotificationError,
  type CallNotification,
  type CallOptions,
  type ChangeType,
  type ClientRuntime,
  type CloseOptions,
  ClosedError,
  type ClosingStatus,
  type Cloud,
  type CommsCode,
  type CommsNotification,
  CredentialError,
  DeadlineError,
  type EndReason,
  type Gate,
  type GraphFetch,
  type GraphVersion,
  type HandledNotifications,
  HttpError,
  type JournalEntry,
  JournalError,
  type JournalHold,
  type KnownOperationStatus,
  NetworkError,
  NotPermittedError,
  type OnAttempt,
  OperationFailedError,
  type OperationNotification,
  type OperationReference,
  type OperationStatus,
  type Orphan,
  OutcomeUnknownError,
  type PipeSink,
  type PipeSource,
  type PipeTransform,
  type Recorder,
  RecorderFailedError,
  type Recording,
  RecordingActiveError,
  type RecordingBody,
  type RecordingClient,
  type RecordingClientOptions,
  type RecordingJournal,
  type RecordingNotifications,
  type RecordingOperation,
  type RecordingOptions,
  type RecordingOutcome,
  type RecordingPermit,
  type RecordingPhase,
  RecordingStatusError,
  type RecordingStatusUpdate,
  type RecoverOptions,
  type ReportableStatus,
  type ResultInfo,
  type RetryOptions,
  SeveralFailuresError,
  SupersededError,
  ThrottledError,
  TimeoutError,
  type TokenCredential,
  type TokenRequestOptions,
  UnsupportedCloudError,
  UnverifiedError,
  type WithRecordingOptions,
  commsCodes,
  createRecordingClient,
  isRecordingStatusError,
};
