import { callKey } from "../model/call-id.ts";
import { parseJson } from "../util/json.ts";
import { findViolation } from "../util/schema-check.ts";
import { updateRecordingStatusRequestSchema } from "../wire.ts";
import { deliver } from "./deliver.ts";
import { notAdded, notAddedMessage, operationAnswer, outcomeOf, refusal } from "./fake-answers.ts";
import type { FakeCalls } from "./fake-calls.ts";
import type { FakeClock } from "./fake-clock.ts";
import { createOperations, hasBody, isSuccess, type Report } from "./fake-operations.ts";
import type { ReadStep } from "./read-plan.ts";

/** The service behind the fake's `fetch`: what it does with reports, as scripted. */
export function createService(clock: FakeClock, origin: string, calls: FakeCalls) {
  const operations = createOperations(clock, calls);
  const steps: ReadStep[] = [];
  let reports = 0;
  const answer = (report: Report, step: ReadStep, refused?: number): Response => {
    if (refused !== undefined) return refuse(calls, report, step, refused);
    const { callId } = report;
    const operation = operations.create(report, step);
    operations.tell(operation, operation.body.status);
    const location = `${origin}/v1.0/communications/calls/${encodeURIComponent(callId)}/operations/${operation.body.id}`;
    return operationAnswer(hasBody(step) ? operation.body : null, { location, ...step.headers }, step.status);
  };
  return {
    steps,
    operations,
    listeners: operations.listeners,
    read: operations.read,
    async report(id: string, init: RequestInit): Promise<Response> {
      const body = parseJson(String(init.body));
      const violation = findViolation(updateRecordingStatusRequestSchema, body, "body");
      if (violation !== undefined) return refusal(400, "BadRequest", violation);
      const { status, clientContext = null } = body as { status: string; clientContext?: string | null };
      const call = calls.find(id);
      const report: Report = { callId: call?.id ?? id, status, clientContext, report: ++reports };
      const getLost = () => calls.note({ type: "report", callId: report.callId, status, applied: false, report: report.report });
      if (call === undefined) {
        getLost();
        calls.blame(id, notAddedMessage(id));
        return notAdded(id);
      }
      const step = takeStep(steps, call.id);
      const way = { arrive: () => arrive(calls, report, step), getLost, answer: (refused?: number) => answer(report, step, refused) };
      return deliver({ clock, step, signal: init.signal ?? undefined, ...way });
    },
  };
}

function takeStep(steps: ReadStep[], callId: string): ReadStep {
  const index = steps.findIndex((step) => step.callId === undefined || callKey(step.callId) === callKey(callId));
  return (index < 0 ? undefined : steps.splice(index, 1)[0]) ?? { polls: [] };
}

/** Puts the report into effect on its arrival, unless it is refused; gives the HTTP status of the refusal. */
function arrive({ find, note }: FakeCalls, { callId, status, report }: Report, step: ReadStep): number | undefined {
  const call = find(callId);
  const refused = call === undefined || call.over ? 404 : isSuccess(step.status) ? undefined : step.status;
  // An operation that fails, now or later, never takes effect.
  const applied = refused === undefined && outcomeOf(step.operation ?? null) !== "failed" && step.becomes !== "failed";
  if (call !== undefined && applied) call.status = status;
  note({ type: "report", callId, status, applied, report });
  return refused;
}

function refuse({ find, note }: FakeCalls, { callId, status, report }: Report, step: ReadStep, refused: number): Response {
  const gone = find(callId)?.over === true;
  // Only this code says that the call is gone; a 404 of anything in between says nothing of it.
  if (gone || step.code === "8522") note({ type: "callGone", callId });
  note({ type: "answer", callId, status, report, outcome: "refused" });
  if (gone) return refusal(404, "8522", "Call not found.");
  return refusal(refused, step.code ?? String(refused), "Scripted.", step.headers);
}
