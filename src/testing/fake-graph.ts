import { callKey } from "../call-queue.ts";
import type { Fetch, TokenCredential } from "../client-options.ts";
import { toLowerCamel } from "../operation.ts";
import { findViolation } from "../schema-check.ts";
import { updateRecordingStatusRequestSchema } from "../wire.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import type { TraceEvent } from "./order-monitor.ts";

/** What the fake does with one report, instead of answering `completed` at once. */
export type FakeStep = {
  /** Time until the answer, in milliseconds. @default 0 */
  delayMs?: number;
  /** An HTTP status instead of 200: the report is refused, not put into effect. */
  status?: number;
  /** Headers of that answer, for example `{ "retry-after": "2" }`. */
  headers?: Record<string, string>;
  /** Graph's error code of that answer. @default the status */
  code?: string;
  /** The operation's status in the answer. @default "completed" */
  operation?: string | null;
  /** What a pending operation becomes, as polls and notifications tell it. @default it stays pending */
  becomes?: "completed" | "failed";
  /** When it does, counted from the answer, in milliseconds. @default 1_000 */
  becomesAfterMs?: number;
  /** The connection fails: before the report arrives, or after it took effect. */
  lose?: "request" | "answer";
  /** No answer comes: the report did not arrive, or took effect. */
  silent?: "request" | "answer";
};

/** A stateful Graph in memory, behind a `fetch` function. */
export type FakeGraph = {
  /** Pass these three, and `clock` as the second argument, to `createRecordingClient`. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly credential: TokenCredential;
  readonly clock: FakeClock;
  /** Makes a call exist: reports on any other are answered with 404/8522. */
  addCall(id: string): void;
  /** Ends it. */
  endCall(id: string): void;
  /** What to do with the next reports, in the order of their arrival; after the last step, `completed`. */
  script(plan: FakeStep | readonly FakeStep[]): void;
  /** Receives what Graph would post to the bot: the body of a notification. Returns what takes the listener away. */
  onNotification(listener: (payload: unknown) => void): () => void;
  /** Everything that happened, for `findOrderViolations`: reports and answers, and what the test adds by `note`. */
  readonly history: TraceEvent[];
  /** Adds what the test's own recorder did. */
  note(event: Untimed<TraceEvent>): void;
  /** The status that is in effect for a call. */
  statusOf(id: string): string | undefined;
};

type Untimed<E> = E extends unknown ? Omit<E, "at"> : never;
type Call = { readonly id: string; status: string; over: boolean };
type Operation = { readonly callId: string; readonly body: Record<string, unknown>; readonly reported: string };

const origin = "http://localhost";
const token = "token-of-the-fake-graph";

/** Makes a fake Graph: no dependency, no port, no time of its own. Its answers keep to the spec. */
export function createFakeGraph({ clock = createFakeClock() }: { clock?: FakeClock } = {}): FakeGraph {
  const calls = new Map<string, Call>();
  const operations = new Map<string, Operation>();
  const steps: FakeStep[] = [];
  const listeners = new Set<(payload: unknown) => void>();
  const history: TraceEvent[] = [];
  const note: FakeGraph["note"] = (event) => history.push({ ...event, at: clock.now() } as TraceEvent);

  const wait = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const cancel = ms === Number.POSITIVE_INFINITY ? () => {} : clock.schedule(resolve, ms);
      const onAbort = () => {
        cancel();
        reject(signal.reason);
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener("abort", onAbort, { once: true });
    });

  const settleLater = (operation: Operation, { becomes, becomesAfterMs = 1_000 }: FakeStep) => {
    if (becomes === undefined) return;
    clock.schedule(() => {
      const code = becomes === "completed" ? 200 : 500;
      Object.assign(operation.body, { status: becomes, resultInfo: { code, subcode: 0, message: `The action ${becomes}.` } });
      for (const listener of listeners) listener(notificationOf(operation));
    }, becomesAfterMs);
  };

  const report = async (id: string, init: RequestInit, signal: AbortSignal): Promise<Response> => {
    const body: unknown = JSON.parse(String(init.body));
    const violation = findViolation(updateRecordingStatusRequestSchema, body, "body");
    if (violation !== undefined) return refusal(400, "BadRequest", violation);
    const { status, clientContext = null } = body as { status: string; clientContext?: string | null };
    const step = steps.shift() ?? {};
    const { delayMs = 0, lose, silent } = step;
    if (lose === "request" || silent === "request")
      note({ type: "report", callId: calls.get(callKey(id))?.id ?? id, status, applied: false });
    if (lose === "request") throw new TypeError("fetch failed", { cause: new Error("The connection was reset before the request.") });
    if (silent === "request") await wait(Number.POSITIVE_INFINITY, signal);
    const call = calls.get(callKey(id));
    const callId = call?.id ?? id;
    const refused = call === undefined || call.over ? 404 : step.status;
    // An operation that fails, now or later, never takes effect.
    const applied = refused === undefined && step.operation !== "failed" && step.becomes !== "failed";
    if (call !== undefined && applied) call.status = status;
    note({ type: "report", callId, status, applied });
    if (silent === "answer") await wait(Number.POSITIVE_INFINITY, signal);
    if (delayMs > 0) await wait(delayMs, signal);
    if (lose === "answer") throw new TypeError("fetch failed", { cause: new Error("The connection was reset before the answer.") });
    if (refused === 404) note({ type: "callGone", callId });
    if (refused !== undefined) {
      note({ type: "answer", callId, status, outcome: "refused" });
      return refused === 404 && step.status !== 404
        ? refusal(404, "8522", "Call not found.")
        : refusal(refused, step.code ?? String(refused), "Scripted.", step.headers);
    }
    const operation = createOperation(callId, status, clientContext, step);
    note({ type: "answer", callId, status, outcome: outcomeOf(operation.body.status) });
    return operationAnswer(operation, {
      location: `${origin}/v1.0/communications/calls/${encodeURIComponent(callId)}/operations/${operation.body.id}`,
    });
  };

  const createOperation = (callId: string, reported: string, clientContext: string | null, step: FakeStep): Operation => {
    const id = clock.randomUUID();
    const { operation: status = "completed" } = step;
    const resultInfo = status === "failed" ? { code: 500, subcode: 0, message: "Scripted." } : null;
    const body = { "@odata.type": "#microsoft.graph.updateRecordingStatusOperation", clientContext, id, resultInfo, status };
    const operation = { callId, body, reported };
    operations.set(id, operation);
    settleLater(operation, step);
    return operation;
  };

  const read = (id: string): Response => {
    const operation = operations.get(id);
    if (operation === undefined) return refusal(404, "8522", "Operation not found.");
    note({ type: "answer", callId: operation.callId, status: operation.reported, outcome: outcomeOf(operation.body.status) });
    return operationAnswer(operation);
  };

  return {
    baseUrl: `${origin}/v1.0`,
    credential: { getToken: async () => ({ token, expiresOnTimestamp: clock.now() + 3_600_000 }) },
    clock,
    history,
    note,
    async fetch(url, init) {
      const signal = init.signal ?? new AbortController().signal;
      signal.throwIfAborted();
      if (new Headers(init.headers).get("authorization") !== `Bearer ${token}`)
        return refusal(401, "InvalidAuthenticationToken", "No token.");
      const [, id = "", action, operationId] =
        /\/communications\/calls\/([^/]+)\/(updateRecordingStatus|operations)(?:\/([^/]+))?$/.exec(url) ?? [];
      if (action === "updateRecordingStatus" && init.method === "POST") return report(decodeURIComponent(id), init, signal);
      return action === "operations" ? read(decodeURIComponent(operationId ?? "")) : refusal(404, "UnknownError", "No such path.");
    },
    addCall: (id) => void calls.set(callKey(id), { id, status: "notRecording", over: false }),
    endCall(id) {
      const call = calls.get(callKey(id));
      if (call === undefined || call.over) return;
      call.over = true;
      note({ type: "callGone", callId: call.id });
    },
    script: (plan) => void steps.push(...[plan].flat()),
    onNotification(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    statusOf: (id) => calls.get(callKey(id))?.status,
  };
}

function outcomeOf(status: unknown): "completed" | "failed" | "pending" {
  const known = toLowerCamel(status === null ? null : String(status));
  if (known === "completed") return "completed";
  return known === "failed" ? "failed" : "pending";
}

function operationAnswer({ body }: Operation, headers: Record<string, string> = {}): Response {
  return Response.json(body, { headers: { ...headers, "request-id": "00000000-0000-4000-9000-000000000000" } });
}

function refusal(status: number, code: string, message: string, headers: Record<string, string> = {}): Response {
  const challenge: Record<string, string> = status === 401 ? { "www-authenticate": "Bearer" } : {};
  return Response.json({ error: { code, message } }, { status, headers: { ...challenge, ...headers } });
}

/** What Graph posts when an operation has ended, in its live spelling. */
function notificationOf({ callId, body }: Operation) {
  const path = `calls/${callId}/operations/${body.id}`;
  const notification = {
    "@odata.type": "#microsoft.graph.commsNotification",
    changeType: "deleted",
    resource: `/app/${path}`,
    resourceUrl: `/communications/${path}`,
    resourceData: { ...body, "@odata.id": `/communications/${path}` },
  };
  return { "@odata.type": "#microsoft.graph.commsNotifications", value: [notification] };
}
