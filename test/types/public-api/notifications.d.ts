// The public API of "teams-recording-status/notifications": what a consumer's compiler sees, without comments. What is not exported is here because something exported
// refers to it. Made by `npm run api`: do not edit.

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
type KnownOperationStatus = (typeof operationStatusSchema.anyOf)[0]["enum"][number];
type KnownChangeType = (typeof commsNotificationSchema.properties.changeType.anyOf)[0]["enum"][number];
type OperationStatus = KnownOperationStatus | "unrecognized" | null;
type ResultInfo = {
  readonly code: number | undefined;
  readonly subcode: number | undefined;
  readonly message: string | null;
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
type IgnoredNotification = {
  readonly at: string;
  readonly reason: string;
  readonly raw: unknown;
};
type ParsedNotifications = {
  readonly notifications: readonly CommsNotification[];
  readonly ignored: readonly IgnoredNotification[];
};
declare function parseCommsNotifications(json: unknown): ParsedNotifications;
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
type ClientRuntime = {
  readonly now: () => number;
  readonly monotonicNow: () => number;
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  readonly random: () => number;
  readonly randomUUID: () => string;
};
type GraphFetch = (url: string, init: RequestInit) => Promise<Response>;
type NotificationVerifierOptions = {
  audience: string | readonly string[];
  issuers?: readonly string[] | undefined;
  openIdConfigurationUrl?: string | undefined;
  clockToleranceSec?: number | undefined;
  tenants?: readonly string[] | undefined;
  fetch?: GraphFetch | undefined;
};
type VerifiedToken = {
  readonly tenantId: string;
  readonly claims: {
    readonly [name: string]: unknown;
  };
};
type NotificationVerifier = {
  verify(authorizationHeader: string | null | undefined): Promise<VerifiedToken>;
};
declare function createNotificationVerifier(options: NotificationVerifierOptions, runtime?: Partial<ClientRuntime>): NotificationVerifier;
type NotificationReceiver = {
  readonly notifications: {
    handle(payload: unknown): Promise<{
      readonly settled: readonly unknown[];
      readonly unmatched: readonly CommsNotification[];
    }>;
  };
};
type NotificationHandlerOptions = {
  onUnmatched?: ((unmatched: readonly CommsNotification[], from: {
    readonly tenantId: string;
  }) => unknown) | undefined;
  onRefused?: ((error: unknown, status: number) => unknown) | undefined;
  bodyTimeoutMs?: number | undefined;
};
type FetchHandler = (request: Request) => Promise<Response>;
declare function createNotificationHandler(graph: NotificationReceiver, verifier: NotificationVerifier, options?: NotificationHandlerOptions, runtime?: Partial<ClientRuntime>): FetchHandler;
type NodeRequest = {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly originalUrl?: string | undefined;
  readonly headers: {
    readonly [name: string]: string | string[] | undefined;
  };
  readonly rawHeaders: readonly string[];
  readonly complete: boolean;
  readonly readableDidRead: boolean;
  readonly readableEnded: boolean;
  readonly destroyed: boolean;
  iterator(options: {
    destroyOnReturn: boolean;
  }): AsyncIterator<unknown>;
  on(event: string, listener: (chunk: Uint8Array) => void): unknown;
  off(event: string, listener: (chunk: Uint8Array) => void): unknown;
  pause(): unknown;
};
type NodeResponse = {
  statusCode: number;
  readonly writableEnded: boolean;
  readonly destroyed: boolean;
  setHeader(name: string, value: string | readonly string[]): unknown;
  flushHeaders(): void;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  destroy(): unknown;
  once(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
};
declare function toNodeListener(handler: (request: Request) => Response | Promise<Response>, runtime?: Partial<ClientRuntime>): (request: NodeRequest, response: NodeResponse) => Promise<void>;
export {
  BadNotificationError,
  type CallNotification,
  type ChangeType,
  type CommsNotification,
  type FetchHandler,
  type IgnoredNotification,
  type NodeRequest,
  type NodeResponse,
  type NotificationHandlerOptions,
  type NotificationReceiver,
  type NotificationVerifier,
  type NotificationVerifierOptions,
  type OperationNotification,
  type ParsedNotifications,
  UnverifiedError,
  type VerifiedToken,
  createNotificationHandler,
  createNotificationVerifier,
  parseCommsNotifications,
  toNodeListener,
};
