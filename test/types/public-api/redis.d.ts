// The public API of "teams-recording-status/redis": what a consumer's compiler sees, without comments. What is not exported is here because something exported
// refers to it. Made by `npm run api`: do not edit.

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
type RedisCommandOptions = {
  readonly abortSignal?: AbortSignal;
  readonly timeout?: number;
};
type RedisJournalClient = {
  readonly isReady: boolean;
  sendCommand(args: readonly string[], options?: RedisCommandOptions): Promise<unknown>;
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
};
type RedisJournalOptions = {
  client: RedisJournalClient;
  instanceId: string;
  leaseMs?: number | undefined;
};
type ClientRuntime = {
  readonly now: () => number;
  readonly monotonicNow: () => number;
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  readonly random: () => number;
  readonly randomUUID: () => string;
};
type RedisJournal = {
  opened(entry: JournalEntry): Promise<JournalHold>;
  attempt(record: AttemptRecord): Promise<void>;
  closed(id: string, outcome: RecordingOutcome): Promise<void>;
  released(id: string): Promise<void>;
  holder(callId: string): Promise<string | undefined>;
  claimOrphans(): Promise<readonly Orphan[]>;
  timeline(callId: string): Promise<readonly string[]>;
  close(): Promise<void>;
};
type RedisJournalRuntime = Pick<ClientRuntime, "monotonicNow" | "schedule" | "randomUUID">;
declare function createRedisJournal(options: RedisJournalOptions, runtime?: Partial<RedisJournalRuntime>): RedisJournal;
export {
  type JournalEntry,
  type JournalHold,
  type Orphan,
  type RecordingJournal,
  type RedisCommandOptions,
  type RedisJournal,
  type RedisJournalClient,
  type RedisJournalOptions,
  type RedisJournalRuntime,
  createRedisJournal,
};
