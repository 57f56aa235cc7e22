import { callKey } from "../model/call-id.ts";
import type { OperationNotification } from "../model/notification.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { NotificationRules } from "./match-notification.ts";
import type { Subject } from "./subject.ts";

/** The report that made an operation, for the trail: what it asked for, and how many attempts have left. */
export type SentReport = { readonly subject: Subject; attempts: number };

/** Calls back with the end; `isFirst`: nobody has been told before. `report`: the one that made the operation, where it was this client's. */
export type TellFinal = (final: OperationNotification, isFirst: boolean, report: SentReport | undefined) => void;

/** What is known of one operation, or of the report that makes it. */
export type KnownOperation = {
  readonly callId: string;
  /** Undefined for an operation that somebody else's report has made. */
  readonly report: SentReport | undefined;
  /** Whether whoever sent the report goes on to wait for its end: until then it counts as under way. */
  isFollowed: boolean;
  operationId: string | undefined;
  operationKey: string | undefined;
  /** By which a copy of the answered operation is known again, although Graph has given it no id. */
  clientRequestId: string | undefined;
  context: string | undefined;
  isAnswered: boolean;
  end: KnownEnd | undefined;
  /** Came before the answer, which will say whether they are about this operation. */
  early: OperationNotification[];
  readonly waiting: Set<TellFinal>;
  restingSince: number;
};

/** The end of an operation, as far as it is known here. */
export type KnownEnd = {
  /** The notification that told it, if one did. */
  readonly by: OperationNotification | undefined;
  /** Whether somebody here was told: what comes after that is a repeat. */
  isTold: boolean;
  /** Whether it was given back as unmatched before somebody here was told: whoever hands it in again hears that it has settled. */
  isOwed: boolean;
};

export function newOperation(
  callId: string,
  context: string | undefined,
  report: SentReport | undefined,
  isFollowed: boolean,
): KnownOperation {
  const unknown = { operationId: undefined, operationKey: undefined, clientRequestId: undefined, end: undefined };
  return { callId, report, isFollowed, context, ...unknown, isAnswered: false, early: [], waiting: new Set(), restingSince: 0 };
}

/** Takes over what an answer says of the operation, and finds among the early notifications the one that is about it. Returns the others. */
export function learn(
  known: KnownOperation,
  { id, status, clientRequestId }: RecordingOperation,
  { match }: NotificationRules,
  all: readonly KnownOperation[],
): readonly OperationNotification[] {
  known.isAnswered = true;
  known.operationId = id;
  known.operationKey = id === undefined ? undefined : callKey(id);
  known.clientRequestId = clientRequestId === "" ? undefined : clientRequestId;
  if (status === "completed" || status === "failed") known.end = { by: undefined, isTold: true, isOwed: false };
  const isOwn = (notification: OperationNotification) =>
    match(notification, known, true) === "same" && !isOfAnother(notification, known, all);
  const own = known.early.find(isOwn);
  if (own !== undefined) known.end ??= { by: own, isTold: false, isOwed: false };
  const others = known.early.filter((notification) => !isOwn(notification));
  known.early = [];
  return others;
}

/** Whether a notification that its context brings to an operation without an id names another operation that is known here. */
export function isOfAnother({ operationId }: OperationNotification, known: KnownOperation, all: readonly KnownOperation[]): boolean {
  if (operationId === undefined || known.operationKey !== undefined) return false;
  const key = callKey(operationId);
  return all.some((other) => other !== known && other.operationKey === key);
}

export function isOf(known: KnownOperation, { id, clientRequestId }: RecordingOperation): boolean {
  if (id !== undefined) return known.operationKey === callKey(id);
  return known.clientRequestId !== undefined && known.clientRequestId === clientRequestId;
}

/** What is remembered of a notification once nobody needs the whole of it: it may be large. */
export function slim(notification: OperationNotification): OperationNotification {
  return { ...notification, raw: undefined };
}

const mostEarly = 32;

/** Keeps a notification until the answer comes. What carries the report's own context is kept rather than what does not. */
export function keepEarly({ early, context }: KnownOperation, notification: OperationNotification): void {
  if (early.length >= mostEarly) {
    const stranger = early.findIndex(({ clientContext }) => context === undefined || clientContext !== context);
    early.splice(Math.max(0, stranger), 1);
  }
  early.push(notification);
}
