// The public API of "teams-recording-status/testing": what a consumer's compiler sees, without comments. What is not exported is here because something exported
// refers to it. Made by `npm run api`: do not edit.

type ClientRuntime = {
  readonly now: () => number;
  readonly monotonicNow: () => number;
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  readonly random: () => number;
  readonly randomUUID: () => string;
};
type FakeClock = ClientRuntime & {
  advance(ms: number, options?: AdvanceOptions): Promise<void>;
  step(ms: number): void;
  readonly pending: number;
};
type AdvanceOptions = {
  until?: PromiseLike<unknown> | undefined;
};
declare function createFakeClock({
  start,
  random
}?: {
  start?: number;
  random?: () => number;
}): FakeClock;
type FakeAnswer = {
  delayMs?: number | undefined;
  status?: number | undefined;
  headers?: {
    readonly [name: string]: string;
  } | undefined;
  code?: string | undefined;
  lose?: "request" | "answer" | undefined;
  silent?: "request" | "answer" | undefined;
};
type FakeStep = FakeAnswer & {
  callId?: string | undefined;
  operation?: string | null | undefined;
  becomes?: "completed" | "failed" | undefined;
  becomesAfterMs?: number | undefined;
  unreadable?: 403 | 404 | undefined;
  polls?: FakePollStep | readonly FakePollStep[] | undefined;
};
type FakePollStep = FakeAnswer & {
  operation?: string | null | undefined;
  unreadable?: 403 | 404 | undefined;
};
type TraceEvent = {
  readonly at: number;
  readonly callId: string;
} & ({
  readonly type: "report";
  readonly status: string;
  readonly applied: boolean;
  readonly report?: number;
} | {
  readonly type: "answer";
  readonly status: string;
  readonly outcome: "completed" | "pending" | "failed" | "refused";
  readonly report?: number;
} | {
  readonly type: "recorderStart" | "recorderStop" | "recorderStopped" | "stopBegan" | "callEnded" | "callGone" | "settled";
} | {
  readonly type: "offered";
  readonly chunk: string;
} | {
  readonly type: "persisted";
  readonly chunk: string;
  readonly sink?: string;
  readonly stream?: boolean;
  readonly pending?: boolean;
} | {
  readonly type: "writeEnded";
  readonly chunk: string;
  readonly sink: string;
} | {
  readonly type: "sinkClosed" | "sinkAborted";
  readonly sink: string;
});
type UntimedEvent<E = TraceEvent> = E extends unknown ? Omit<E, "at"> : never;
declare function findOrderViolations(history: readonly TraceEvent[]): string[];
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
type KnownOperationStatus = (typeof operationStatusSchema.anyOf)[0]["enum"][number];
type OperationStatus = KnownOperationStatus | "unrecognized" | null;
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
type EndReason = "stopped" | "failed" | "aborted" | "callEnded" | "closed" | "startFailed" | "recovered";
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
type StartContext = Parameters<Recorder["start"]>[0];
type StopContext = Parameters<Recorder["stop"]>[0];
type OwnRecorder = {
  start?(context: StartContext): unknown;
  stop?(context: StopContext): unknown;
};
type FakeRecorder = {
  start(context?: StartContext): Promise<void>;
  stop(context?: StopContext): Promise<void>;
};
type OwnSink<T> = {
  write?(chunk: T): unknown;
  close?(): unknown;
  abort?(reason: unknown): unknown;
};
type FakeSink<T = unknown> = WritableStream<T> & {
  write(chunk: T): Promise<void>;
};
type FakeGraph = {
  readonly baseUrl: string;
  readonly fetch: GraphFetch;
  readonly credential: TokenCredential;
  readonly clock: FakeClock;
  addCall(id: string): void;
  endCall(id: string): void;
  script(plan: FakeStep | readonly FakeStep[]): void;
  onNotification(listener: (payload: unknown) => void): () => void;
  readonly history: TraceEvent[];
  recorder(callId: string, own?: OwnRecorder): FakeRecorder;
  sink<T = unknown>(callId: string, own?: OwnSink<T>): FakeSink<T>;
  note(event: UntimedEvent): void;
  statusOf(id: string): string | undefined;
  violations(): string[];
};
type FakeGraphOptions = {
  clock?: FakeClock | undefined;
};
declare function createFakeGraph({
  clock
}?: FakeGraphOptions): FakeGraph;
type FakeGraphServer = FakeGraph & {
  readonly url: string;
  close(): Promise<void>;
};
declare function startFakeGraph({
  clock
}?: FakeGraphOptions): Promise<FakeGraphServer>;
type MockGraph = {
  readonly url: string;
  close(): Promise<void>;
};
type MockGraphOptions = {
  specPath?: string | undefined;
  upstream?: string | undefined;
};
declare function startMockGraph(options?: MockGraphOptions): Promise<MockGraph>;
export {
  type AdvanceOptions,
  type FakeClock,
  type FakeGraph,
  type FakeGraphOptions,
  type FakeGraphServer,
  type FakePollStep,
  type FakeRecorder,
  type FakeSink,
  type FakeStep,
  type MockGraph,
  type MockGraphOptions,
  type OwnRecorder,
  type OwnSink,
  type TraceEvent,
  type UntimedEvent,
  createFakeClock,
  createFakeGraph,
  findOrderViolations,
  startFakeGraph,
  startMockGraph,
};
