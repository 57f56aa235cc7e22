import { callKey } from "../model/call-id.ts";
import type { OperationNotification } from "../model/notification.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { ClientRuntime } from "../waiting/runtime.ts";
import {
  isOf,
  isOfAnother,
  type KnownOperation,
  keepEarly,
  learn,
  newOperation,
  type SentReport,
  slim,
  type TellFinal,
} from "./known-operation.ts";
import { KnownOperations } from "./known-operations.ts";
import { type NotificationRules, notificationRules } from "./match-notification.ts";
import { createSentContexts } from "./sent-contexts.ts";
import type { Subject } from "./subject.ts";

/** What a notification was for a client: it settled something; it belongs to something here, and nothing follows; or nobody here waits for it. */
export type Received =
  | { readonly as: "settled"; readonly callId: string; readonly operationId: string | undefined }
  | { readonly as: "known" }
  | { readonly as: "unmatched" };

/** A report on its way. */
export type PendingReport = {
  /** Graph has answered, or it was given up without an answer. What came before is looked at now. */
  end(operation: RecordingOperation | undefined, attempts: number): void;
};

/** Somebody waits for an operation, until a notification tells its end. */
export type Waiting = {
  /** The report that made it, where it was this client's. */
  readonly report: SentReport | undefined;
  /** Something else has told the end: a notification that comes later is a repeat. */
  isSettled(): void;
  /** It waits no longer, and the end is not known: a notification that comes later is for somebody else. */
  giveUp(): void;
};

/** Brings notifications and those together who need them. */
export type Waiters = {
  /** `isFollowed`: its sender waits for the end of an operation that the answer leaves open. */
  begin(subject: Subject, isFollowed: boolean): PendingReport;
  /**
   * Calls back in the moment in which the end is told, at once if it is known. `sentContext`: what was sent with the operation's report, as far
   * as it tells this operation from others. Undefined when nothing could ever tell the end.
   */
  wait(callId: string, operation: RecordingOperation, sentContext: string | undefined, onFinal: TellFinal): Waiting | undefined;
  receive(notification: OperationNotification): Received;
  /** The context that was sent with the report of this very operation, if it tells it from others. */
  contextOf(operation: object): string | undefined;
};

export function createWaiters(runtime: Pick<ClientRuntime, "monotonicNow">, rules: NotificationRules = notificationRules): Waiters {
  const operations = new KnownOperations(runtime);
  const contexts = createSentContexts();
  const byOperation = new WeakMap<object, string>();
  return {
    begin(subject, isFollowed) {
      const { callId, clientContext } = subject;
      const namesakes = operations.of(callId).filter(({ context }) => context !== undefined && context === clientContext);
      const isTelling = contexts.isNew(callId, clientContext) && namesakes.length === 0;
      // What has the same context, a wait that was asked for by hand too, cannot be told from this report any more.
      for (const namesake of namesakes) namesake.context = undefined;
      const report: SentReport = { subject, attempts: 0 };
      const known = operations.add(newOperation(callId, isTelling ? clientContext : undefined, report, isFollowed));
      return {
        end(operation, attempts) {
          if (operation === undefined) {
            operations.remove(known);
            for (const other of known.early) handOn(operations, callId, other);
            return;
          }
          report.attempts = attempts;
          if (known.context !== undefined) byOperation.set(operation, known.context);
          for (const other of learn(known, operation, rules, operations.of(callId))) handOn(operations, callId, other);
          if (known.end?.by === undefined && known.end !== undefined) operations.finish(known);
          else operations.rest(known);
        },
      };
    },
    wait(callId, operation, sentContext, onFinal) {
      const found = operations.of(callId).find((one) => isOf(one, operation));
      const known = found ?? newOperation(callId, sentContext ?? operation.clientContext ?? undefined, undefined, false);
      if (found === undefined) {
        learn(known, operation, rules, []);
        // Whoever sent it, this client does not know when: a report that takes the same context cannot be told from it.
        contexts.isNew(callId, operation.clientContext ?? undefined);
      }
      if (known.operationKey === undefined && known.context === undefined) return undefined;
      if (found === undefined) operations.add(known);
      return waitFor(operations, known, onFinal);
    },
    receive(notification) {
      operations.forgetOld();
      const received = receive(operations.of(notification.callId), notification, rules);
      if (received.as === "unmatched") contexts.isNew(notification.callId, notification.clientContext ?? undefined);
      return received.as === "unmatched" && operations.isFinished(notification) ? { as: "known" } : received;
    },
    contextOf: (operation) => byOperation.get(operation),
  };
}

/** An end that came early, and turned out to be of another operation: for who waits for that, now or later. */
function handOn(operations: KnownOperations, callId: string, notification: OperationNotification): void {
  const { operationId: id } = notification;
  if (id === undefined) return;
  const other = operations.of(callId).find(({ operationKey }) => operationKey === callKey(id));
  if (other !== undefined) return void settle(other, notification);
  const known = newOperation(callId, undefined, undefined, false);
  const end = { by: slim(notification), isTold: false, isOwed: false };
  operations.rest(operations.add(Object.assign(known, { isAnswered: true, operationId: id, operationKey: callKey(id), end })));
}

function waitFor(operations: KnownOperations, known: KnownOperation, onFinal: TellFinal): Waiting {
  operations.wake(known);
  known.isFollowed = false;
  const leave = () => {
    known.waiting.delete(tell);
    operations.rest(known);
  };
  const tell: TellFinal = (final, isFirst) => {
    leave();
    onFinal(final, isFirst, known.report);
  };
  known.waiting.add(tell);
  const { end } = known;
  if (end?.by !== undefined) {
    known.end = { by: slim(end.by), isTold: true, isOwed: end.isOwed };
    tell(end.by, !end.isTold, known.report);
  }
  return {
    report: known.report,
    isSettled() {
      known.end ??= { by: undefined, isTold: true, isOwed: false };
      leave();
    },
    giveUp: leave,
  };
}

/** Several may know of one operation: a report, and waits that were asked for by hand. Each of them hears it. */
function receive(candidates: readonly KnownOperation[], notification: OperationNotification, rules: NotificationRules): Received {
  const matches = candidates.map((known) => {
    const match = rules.match(notification, known, known.isAnswered);
    return [match === "same" && isOfAnother(notification, known, candidates) ? "other" : match, known] as const;
  });
  const isFinal = rules.isFinal(notification);
  const received = matches.map(([match, known]): Received => {
    if (match === "other") return { as: "unmatched" };
    if (!isFinal) return { as: "known" };
    if (match === "same") return settle(known, notification);
    keepEarly(known, notification);
    return { as: "known" };
  });
  const heard = (as: Received["as"]) => received.find((one) => one.as === as);
  return heard("settled") ?? heard("known") ?? { as: "unmatched" };
}

function settle(known: KnownOperation, notification: OperationNotification): Received {
  const { end, waiting, callId, operationId = notification.operationId } = known;
  const settled: Received = { as: "settled", callId, operationId };
  if (waiting.size > 0) {
    known.end = { by: slim(notification), isTold: true, isOwed: false };
    for (const [index, tell] of [...waiting].entries()) tell(notification, end?.isTold !== true && index === 0, known.report);
    return settled;
  }
  if (end?.isTold === true) {
    const { isOwed } = end;
    end.isOwed = false;
    return isOwed ? settled : { as: "known" };
  }
  const isUnderWay = !known.isAnswered || known.isFollowed;
  known.end ??= { by: isUnderWay ? notification : slim(notification), isTold: false, isOwed: false };
  if (!isUnderWay) known.end.isOwed = true;
  return { as: isUnderWay ? "known" : "unmatched" };
}
