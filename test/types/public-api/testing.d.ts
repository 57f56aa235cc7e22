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
  advance(ms: number): Promise<void>;
  readonly pending: number;
};
declare function createFakeClock({
  start,
  random
}?: {
  start?: number;
  random?: () => number;
}): FakeClock;
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
type FakeStep = {
  delayMs?: number;
  status?: number;
  headers?: Record<string, string>;
  code?: string;
  operation?: string | null;
  becomes?: "completed" | "failed";
  becomesAfterMs?: number;
  lose?: "request" | "answer";
  silent?: "request" | "answer";
};
type TraceEvent = {
  readonly at: number;
  readonly callId: string;
} & ({
  readonly type: "report";
  readonly status: string;
  readonly applied: boolean;
} | {
  readonly type: "answer";
  readonly status: string;
  readonly outcome: "completed" | "pending" | "failed" | "refused";
} | {
  readonly type: "recorderStart" | "recorderStop" | "recorderStopped" | "stopBegan" | "callEnded" | "callGone" | "settled";
} | {
  readonly type: "offered" | "persisted";
  readonly chunk: string;
});
type UntimedEvent<E = TraceEvent> = E extends unknown ? Omit<E, "at"> : never;
declare function findOrderViolations(history: readonly TraceEvent[]): string[];
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
  note(event: UntimedEvent): void;
  statusOf(id: string): string | undefined;
};
declare function createFakeGraph({
  clock
}?: {
  clock?: FakeClock;
}): FakeGraph;
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
  type FakeClock,
  type FakeGraph,
  type FakeStep,
  type MockGraph,
  type MockGraphOptions,
  type TraceEvent,
  createFakeClock,
  createFakeGraph,
  findOrderViolations,
  startMockGraph,
};
