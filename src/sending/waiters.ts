import type { OperationNotification } from "../model/notification.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import { isOf, type KnownOperation, learn, newOperation } from "./known-operation.ts";
import { KnownOperations } from "./known-operations.ts";
import { type NotificationRules, notificationRules } from "./match-notification.ts";

/** What a notification was for a client: it settled something; it belongs to something here, and nothing follows; or it is nobody's here. */
export type Received =
  | { readonly as: "settled"; readonly callId: string; readonly operationId: string | undefined }
  | { readonly as: "known" }
  | { readonly as: "unmatched" };

/** A report on its way. */
export type PendingReport = {
  /** Graph has answered, or it was given up without an answer. What came before is looked at now. */
  end(operation: RecordingOperation | undefined): void;
};

/** Somebody waits for an operation, until a notification tells its end. */
export type Waiting = {
  /** Something else has told the end: a notification that comes later is a repeat. */
  isSettled(): void;
  /** It waits no longer, and the end is not known: a notification that comes later is for somebody else. */
  giveUp(): void;
};

/** Brings notifications and those together who need them. */
export type Waiters = {
  begin(callId: string, clientContext: string | undefined): PendingReport;
  /** Calls back in the moment in which the end is told, at once if it is known. Undefined when nothing could ever tell it. */
  wait(callId: string, operation: RecordingOperation, onFinal: (final: OperationNotification) => void): Waiting | undefined;
  receive(notification: OperationNotification): Received;
};

/** How many notifications are kept for one report until its answer comes. */
const mostEarly = 32;

export function createWaiters(runtime: Pick<ClientRuntime, "monotonicNow">, rules: NotificationRules = notificationRules): Waiters {
  const operations = new KnownOperations(runtime);
  return {
    begin(callId, clientContext) {
      const known = operations.add(newReport(operations, callId, clientContext));
      return {
        end(operation) {
          if (operation === undefined) return operations.remove(known);
          learn(known, operation, rules);
          operations.rest(known);
        },
      };
    },
    wait(callId, operation, onFinal) {
      const found = operations.of(callId).find((one) => isOf(one, operation));
      const known = found ?? newOperation(callId, operation.clientContext ?? undefined, false);
      if (found === undefined) learn(known, operation, rules);
      if (known.operationKey === undefined && known.context === undefined) return undefined;
      if (found === undefined) operations.add(known);
      return waitFor(operations, known, onFinal);
    },
    receive(notification) {
      operations.forgetOld();
      return receive(operations.of(notification.callId), notification, rules);
    },
  };
}

/** Two reports of a call with one context: it tells them apart no more, unless the other one's operation is known by its id. */
function newReport(operations: KnownOperations, callId: string, clientContext: string | undefined): KnownOperation {
  const namesakes = operations.of(callId).filter(({ context }) => clientContext !== undefined && context === clientContext);
  for (const namesake of namesakes) namesake.context = undefined;
  const isTelling = namesakes.every(({ operationKey }) => operationKey !== undefined);
  return newOperation(callId, isTelling ? clientContext : undefined, namesakes.length > 0);
}

function waitFor(operations: KnownOperations, known: KnownOperation, onFinal: (final: OperationNotification) => void): Waiting {
  operations.wake(known);
  known.isGivenUp = false;
  const leave = () => {
    known.waiting.delete(tell);
    operations.rest(known);
  };
  const tell = (final: OperationNotification) => {
    leave();
    onFinal(final);
  };
  known.waiting.add(tell);
  if (known.end?.by !== undefined) tell(known.end.by);
  return {
    isSettled() {
      known.end ??= {};
      leave();
    },
    giveUp() {
      leave();
      known.isGivenUp = known.end === undefined && known.waiting.size === 0;
    },
  };
}

function receive(candidates: readonly KnownOperation[], notification: OperationNotification, rules: NotificationRules): Received {
  const matches = candidates.map((known) => [rules.match(notification, known, known.isAnswered), known] as const);
  const same = matches.find(([match]) => match === "same")?.[1];
  const isFinal = rules.isFinal(notification);
  if (same !== undefined) return isFinal ? settle(same, notification) : { as: "known" };
  const perhaps = matches.flatMap(([match, known]) => (match === "maybe" ? [known] : []));
  for (const { early } of isFinal ? perhaps : []) {
    if (early.length >= mostEarly) early.shift();
    early.push(notification);
  }
  return { as: perhaps.length > 0 ? "known" : "unmatched" };
}

function settle(known: KnownOperation, notification: OperationNotification): Received {
  if (known.end !== undefined) return { as: "known" };
  if (known.isGivenUp) return { as: "unmatched" };
  known.end = { by: notification };
  if (known.waiting.size === 0) return { as: "known" };
  for (const tell of known.waiting) tell(notification);
  return { as: "settled", callId: known.callId, operationId: known.operationId ?? notification.operationId };
}
