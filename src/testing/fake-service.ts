import { callKey } from "../model/call-id.ts";
import { parseJson } from "../util/json.ts";
import { findViolation } from "../util/schema-check.ts";
import { updateRecordingStatusRequestSchema } from "../wire.ts";
import { type Operation, operationAnswer, operationNotification, outcomeOf, refusal } from "./fake-answers.ts";
import type { FakeClock } from "./fake-clock.ts";
import type { FakeGraph } from "./fake-graph.ts";
import type { FakeStep } from "./fake-step.ts";
import type { TraceEvent } from "./order-monitor.ts";

type Call = { readonly id: string; status: string; over: boolean };
type Report = { readonly callId: string; readonly status: string; readonly clientContext: string | null };

/** The service behind the fake's `fetch`: its calls, its operations, and what happened. */
export function createService(clock: FakeClock, origin: string) {
  const calls = new Map<string, Call>();
  const operations = new Map<string, Operation>();
  const steps: FakeStep[] = [];
  const listeners = new Set<(payload: unknown) => void>();
  const history: TraceEvent[] = [];
  const note: FakeGraph["note"] = (event) => history.push({ ...event, at: clock.now() } as TraceEvent);

  const settleLater = (operation: Operation, { becomes, becomesAfterMs = 1_000 }: FakeStep) => {
    if (becomes === undefined) return;
    clock.schedule(() => {
      const code = becomes === "completed" ? 200 : 500;
      Object.assign(operation.body, { status: becomes, resultInfo: { code, subcode: 0, message: `The action ${becomes}.` } });
      for (const listener of listeners) listener(operationNotification(operation));
    }, becomesAfterMs);
  };

  const createOperation = ({ callId, status: reported, clientContext }: Report, step: FakeStep): Operation => {
    const id = clock.randomUUID();
    const { operation: status = "completed" } = step;
    const resultInfo = outcomeOf(status) === "failed" ? { code: 500, subcode: 0, message: "Scripted." } : null;
    const body = { "@odata.type": "#microsoft.graph.updateRecordingStatusOperation", clientContext, id, resultInfo, status };
    const operation = { callId, body, reported };
    operations.set(id, operation);
    settleLater(operation, step);
    return operation;
  };

  /** Puts the report into effect on its arrival, unless it is refused; gives the HTTP status of the refusal. */
  const arrive = ({ callId, status }: Report, step: FakeStep): number | undefined => {
    const call = calls.get(callKey(callId));
    const refused = call === undefined || call.over ? 404 : step.status;
    // An operation that fails, now or later, never takes effect.
    const applied = refused === undefined && outcomeOf(step.operation ?? null) !== "failed" && step.becomes !== "failed";
    if (call !== undefined && applied) call.status = status;
    note({ type: "report", callId, status, applied });
    return refused;
  };

  const answer = (report: Report, step: FakeStep, refused: number | undefined): Response => {
    const { callId, status } = report;
    if (refused === undefined) {
      const operation = createOperation(report, step);
      note({ type: "answer", callId, status, outcome: outcomeOf(operation.body.status) });
      const location = `${origin}/v1.0/communications/calls/${encodeURIComponent(callId)}/operations/${operation.body.id}`;
      return operationAnswer(operation, { location });
    }
    if (refused === 404) note({ type: "callGone", callId });
    note({ type: "answer", callId, status, outcome: "refused" });
    if (refused === 404 && step.status !== 404) return refusal(404, "8522", "Call not found.");
    return refusal(refused, step.code ?? String(refused), "Scripted.", step.headers);
  };

  return {
    calls,
    steps,
    listeners,
    history,
    note,
    async report(id: string, init: RequestInit): Promise<Response> {
      const body = parseJson(String(init.body));
      const violation = findViolation(updateRecordingStatusRequestSchema, body, "body");
      if (violation !== undefined) return refusal(400, "BadRequest", violation);
      const { status, clientContext = null } = body as { status: string; clientContext?: string | null };
      const report = { callId: calls.get(callKey(id))?.id ?? id, status, clientContext };
      const step = steps.shift() ?? {};
      const wait = (ms: number) => waitFor(clock, ms, init.signal ?? undefined);
      if (step.lose === "request" || step.silent === "request") note({ type: "report", callId: report.callId, status, applied: false });
      if (step.lose === "request") throw reset("before the request");
      if (step.silent === "request") await wait(Number.POSITIVE_INFINITY);
      const refused = arrive(report, step);
      if (step.silent === "answer") await wait(Number.POSITIVE_INFINITY);
      if ((step.delayMs ?? 0) > 0) await wait(step.delayMs ?? 0);
      if (step.lose === "answer") throw reset("before the answer");
      return answer(report, step, refused);
    },
    read(id: string): Response {
      const operation = operations.get(id);
      if (operation === undefined) return refusal(404, "8522", "Operation not found.");
      note({ type: "answer", callId: operation.callId, status: operation.reported, outcome: outcomeOf(operation.body.status) });
      return operationAnswer(operation);
    },
  };
}

function reset(when: string): TypeError {
  return new TypeError("fetch failed", { cause: new Error(`The connection was reset ${when}.`) });
}

/** Waits on the fake's clock, or until the signal ends it, as `fetch` does. */
function waitFor(clock: FakeClock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const cancel = ms === Number.POSITIVE_INFINITY ? () => {} : clock.schedule(resolve, ms);
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    if (signal?.aborted) onAbort();
    else signal?.addEventListener("abort", onAbort, { once: true });
  });
}
