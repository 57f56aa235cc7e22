import { callKey } from "../model/call-id.ts";
import type { components } from "../wire.ts";
import { deliver } from "./deliver.ts";
import { notAdded, type Operation, operationAnswer, operationNotification, outcomeOf, refusal } from "./fake-answers.ts";
import type { FakeCalls } from "./fake-calls.ts";
import type { FakeClock } from "./fake-clock.ts";
import type { FakePollStep } from "./fake-step.ts";
import type { ReadStep } from "./read-plan.ts";

/** A report that has reached the fake. */
export type Report = { readonly callId: string; readonly status: string; readonly clientContext: string | null; readonly report: number };

/** The operations that reports made: how they end, and what polls are answered. */
export function createOperations(clock: FakeClock, { find, note }: FakeCalls) {
  const operations = new Map<string, Operation>();
  const listeners = new Set<(payload: unknown) => void>();
  const ended = new WeakSet<Operation>();

  const tell = ({ callId, reported, report }: Operation, status: unknown) =>
    note({ type: "answer", callId, status: reported, report, outcome: outcomeOf(status) });

  const end = (operation: Operation, becomes: "completed" | "failed") => {
    // It may have been ended by hand before its time.
    if (ended.has(operation)) return;
    ended.add(operation);
    const code = becomes === "completed" ? 200 : 500;
    Object.assign(operation.body, { status: becomes, resultInfo: resultInfo(code, `The action ${becomes}.`) });
    // A bot that listens is told now.
    if (listeners.size > 0) tell(operation, becomes);
    for (const listener of listeners) listener(operationNotification(operation));
  };

  return {
    listeners,
    tell,
    pendingOf: (callId: string) => pendingOf([...operations.values()], callId),
    end,
    create({ callId, status: reported, clientContext, report }: Report, step: ReadStep): Operation {
      const body = firstBody(clock.randomUUID(), clientContext, firstStatus(step));
      const operation = { callId, body, reported, report, unreadable: step.unreadable, polls: [...step.polls] };
      operations.set(body.id, operation);
      const { becomes, becomesAfterMs = 1_000 } = step;
      if (becomes !== undefined) clock.schedule(() => end(operation, becomes), becomesAfterMs);
      return operation;
    },
    async read(callId: string, id: string, init: RequestInit): Promise<Response> {
      if (find(callId) === undefined) return notAdded(callId);
      const operation = operations.get(id);
      if (operation === undefined || callKey(operation.callId) !== callKey(callId)) {
        return refusal(404, "UnknownError", "Operation not found.");
      }
      const step = operation.polls.shift() ?? {};
      const nothing = () => {};
      const answer = () => {
        const isGone = find(callId)?.over === true;
        return isGone ? refusal(404, "8522", "Call not found.") : answerPoll(operation, step, (status) => tell(operation, status));
      };
      return deliver({ clock, step, signal: init.signal ?? undefined, arrive: nothing, getLost: nothing, answer });
    },
  };
}

function firstBody(id: string, clientContext: string | null, status: string | null) {
  const info = outcomeOf(status) === "failed" ? resultInfo(500, "Scripted.") : null;
  return { "@odata.type": "#microsoft.graph.updateRecordingStatusOperation", clientContext, id, resultInfo: info, status };
}

/** As on the wire. */
function resultInfo(code: number, message: string): components["schemas"]["ResultInfo"] {
  return { code, subcode: 0, message };
}

/** The newest operation of a call, if it is pending. */
function pendingOf(operations: readonly Operation[], callId: string): Operation | undefined {
  const last = operations.findLast((operation) => callKey(operation.callId) === callKey(callId));
  return last !== undefined && outcomeOf(last.body.status) === "pending" ? last : undefined;
}

function answerPoll(operation: Operation, step: FakePollStep, tell: (status: unknown) => void): Response {
  const unreadable = step.unreadable ?? operation.unreadable;
  const status = unreadable ?? step.status;
  if (status !== undefined && !isSuccess(status)) {
    return refusal(status, step.code ?? (unreadable === undefined ? String(status) : "UnknownError"), "Scripted.", step.headers);
  }
  if (!hasBody(step)) return operationAnswer(null, step.headers, status);
  const body = step.operation === undefined ? operation.body : { ...operation.body, status: step.operation, resultInfo: null };
  tell(body.status);
  return operationAnswer(body, step.headers, status);
}

/** Whether the request is granted. */
export function isSuccess(status: number | undefined): boolean {
  return status === undefined || (status >= 200 && status <= 299);
}

/** A 2xx other than 200 is empty unless an operation is scripted: what `answer`, a sibling of the action, sends. */
export function hasBody({ status = 200, operation }: FakePollStep): boolean {
  return status === 200 || operation !== undefined;
}

function firstStatus(step: ReadStep): string | null {
  if (step.operation !== undefined) return step.operation;
  if (!hasBody(step)) return null;
  return step.becomes === undefined ? "completed" : "running";
}
