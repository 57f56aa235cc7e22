import { callKey } from "../model/call-id.ts";
import { parseJson } from "../util/json.ts";
import { findViolation } from "../util/schema-check.ts";
import { updateRecordingStatusRequestSchema } from "../wire.ts";
import { deliver } from "./deliver.ts";
import { notAdded, notAddedMessage, type Operation, operationAnswer, operationNotification, outcomeOf, refusal } from "./fake-answers.ts";
import type { FakeCalls } from "./fake-calls.ts";
import type { FakeClock } from "./fake-clock.ts";
import type { FakePollStep } from "./fake-step.ts";
import type { ReadStep } from "./read-plan.ts";

type Report = { readonly callId: string; readonly status: string; readonly clientContext: string | null; readonly report: number };

/** The service behind the fake's `fetch`: what it does with reports, and with polls of their operations. */
export function createService(clock: FakeClock, origin: string, { find, note, blame }: FakeCalls) {
  const operations = new Map<string, Operation>();
  const steps: ReadStep[] = [];
  const listeners = new Set<(payload: unknown) => void>();
  let reports = 0;

  const takeStep = (callId: string): ReadStep => {
    const index = steps.findIndex((step) => step.callId === undefined || callKey(step.callId) === callKey(callId));
    return (index < 0 ? undefined : steps.splice(index, 1)[0]) ?? { polls: [] };
  };

  const tellAnswer = ({ callId, reported, report }: Operation, status: unknown) =>
    note({ type: "answer", callId, status: reported, report, outcome: outcomeOf(status) });

  const settleLater = (operation: Operation, { becomes, becomesAfterMs = 1_000 }: ReadStep) => {
    if (becomes === undefined) return;
    clock.schedule(() => {
      const code = becomes === "completed" ? 200 : 500;
      Object.assign(operation.body, { status: becomes, resultInfo: { code, subcode: 0, message: `The action ${becomes}.` } });
      // A bot that listens is told now.
      if (listeners.size > 0) tellAnswer(operation, becomes);
      for (const listener of listeners) listener(operationNotification(operation));
    }, becomesAfterMs);
  };

  const createOperation = ({ callId, status: reported, clientContext, report }: Report, step: ReadStep): Operation => {
    const id = clock.randomUUID();
    const status = firstStatus(step);
    const resultInfo = outcomeOf(status) === "failed" ? { code: 500, subcode: 0, message: "Scripted." } : null;
    const body = { "@odata.type": "#microsoft.graph.updateRecordingStatusOperation", clientContext, id, resultInfo, status };
    const operation = { callId, body, reported, report, unreadable: step.unreadable, polls: [...step.polls] };
    operations.set(id, operation);
    settleLater(operation, step);
    return operation;
  };

  /** Puts the report into effect on its arrival, unless it is refused; gives the HTTP status of the refusal. */
  const arrive = ({ callId, status, report }: Report, step: ReadStep): number | undefined => {
    const call = find(callId);
    const refused = call === undefined || call.over ? 404 : isSuccess(step.status) ? undefined : step.status;
    // An operation that fails, now or later, never takes effect.
    const applied = refused === undefined && outcomeOf(step.operation ?? null) !== "failed" && step.becomes !== "failed";
    if (call !== undefined && applied) call.status = status;
    note({ type: "report", callId, status, applied, report });
    return refused;
  };

  const answerReport = (report: Report, step: ReadStep, refused: number | undefined): Response => {
    const { callId, status } = report;
    if (refused === undefined) {
      const operation = createOperation(report, step);
      tellAnswer(operation, operation.body.status);
      const location = `${origin}/v1.0/communications/calls/${encodeURIComponent(callId)}/operations/${operation.body.id}`;
      return operationAnswer(hasBody(step) ? operation.body : null, { location, ...step.headers }, step.status);
    }
    const gone = find(callId)?.over === true;
    // Only this code says that the call is gone; a 404 of anything in between says nothing of it.
    if (gone || step.code === "8522") note({ type: "callGone", callId });
    note({ type: "answer", callId, status, report: report.report, outcome: "refused" });
    if (gone) return refusal(404, "8522", "Call not found.");
    return refusal(refused, step.code ?? String(refused), "Scripted.", step.headers);
  };

  const answerPoll = (operation: Operation, step: FakePollStep): Response => {
    const unreadable = step.unreadable ?? operation.unreadable;
    const status = unreadable ?? step.status;
    if (find(operation.callId)?.over === true) return refusal(404, "8522", "Call not found.");
    if (status !== undefined && !isSuccess(status)) {
      return refusal(status, step.code ?? (unreadable === undefined ? String(status) : "UnknownError"), "Scripted.", step.headers);
    }
    if (!hasBody(step)) return operationAnswer(null, step.headers, status);
    const body = step.operation === undefined ? operation.body : { ...operation.body, status: step.operation, resultInfo: null };
    tellAnswer(operation, body.status);
    return operationAnswer(body, step.headers, status);
  };

  return {
    steps,
    listeners,
    async report(id: string, init: RequestInit): Promise<Response> {
      const body = parseJson(String(init.body));
      const violation = findViolation(updateRecordingStatusRequestSchema, body, "body");
      if (violation !== undefined) return refusal(400, "BadRequest", violation);
      const { status, clientContext = null } = body as { status: string; clientContext?: string | null };
      const call = find(id);
      const report: Report = { callId: call?.id ?? id, status, clientContext, report: ++reports };
      if (call === undefined) {
        note({ type: "report", callId: id, status, applied: false, report: report.report });
        blame(id, notAddedMessage(id));
        return notAdded(id);
      }
      const step = takeStep(call.id);
      return deliver({
        clock,
        step,
        signal: init.signal ?? undefined,
        arrive: () => arrive(report, step),
        getLost: () => note({ type: "report", callId: report.callId, status, applied: false, report: report.report }),
        answer: (refused) => answerReport(report, step, refused),
      });
    },
    async read(callId: string, id: string, init: RequestInit): Promise<Response> {
      if (find(callId) === undefined) return notAdded(callId);
      const operation = operations.get(id);
      if (operation === undefined || callKey(operation.callId) !== callKey(callId)) {
        return refusal(404, "UnknownError", "Operation not found.");
      }
      const step = operation.polls.shift() ?? {};
      const nothing = () => {};
      const answer = () => answerPoll(operation, step);
      return deliver({ clock, step, signal: init.signal ?? undefined, arrive: nothing, getLost: nothing, answer });
    },
  };
}

const isSuccess = (status: number | undefined): boolean => status === undefined || (status >= 200 && status <= 299);

/** A 2xx other than 200 is empty unless an operation is scripted: what `answer`, the action's sibling, sends. */
const hasBody = ({ status = 200, operation }: FakePollStep): boolean => status === 200 || operation !== undefined;

function firstStatus(step: ReadStep): string | null {
  if (step.operation !== undefined) return step.operation;
  if (!hasBody(step)) return null;
  return step.becomes === undefined ? "completed" : "running";
}
