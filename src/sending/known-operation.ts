import { callKey } from "../model/call-id.ts";
import type { OperationNotification } from "../model/notification.ts";
import type { RecordingOperation } from "../model/operation.ts";
import type { NotificationRules } from "./match-notification.ts";

/** What is known of one operation, or of the report that makes it. */
export type KnownOperation = {
  readonly callId: string;
  operationId: string | undefined;
  operationKey: string | undefined;
  /** By which a copy of the answered operation is known again, although Graph has given it no id. */
  clientRequestId: string | undefined;
  context: string | undefined;
  readonly isContextUsed: boolean;
  isAnswered: boolean;
  /** Everybody who waited has given up: what comes now is for somebody else. */
  isGivenUp: boolean;
  /** Whether its end is known, and the notification that told it. */
  end: { readonly by?: OperationNotification } | undefined;
  /** Came before the answer, which will say whether they are about this operation. */
  early: OperationNotification[];
  readonly waiting: Set<(final: OperationNotification) => void>;
  restingSince: number;
};

export function newOperation(callId: string, context: string | undefined, isContextUsed: boolean): KnownOperation {
  const unknown = { operationId: undefined, operationKey: undefined, clientRequestId: undefined, end: undefined };
  return {
    callId,
    context,
    isContextUsed,
    ...unknown,
    isAnswered: false,
    isGivenUp: false,
    early: [],
    waiting: new Set(),
    restingSince: 0,
  };
}

/** Takes over what an answer says of the operation, and finds among the early notifications the one that is about it. */
export function learn(known: KnownOperation, { id, status, clientRequestId }: RecordingOperation, { match }: NotificationRules): void {
  known.isAnswered = true;
  known.operationId = id;
  known.operationKey = id === undefined ? undefined : callKey(id);
  known.clientRequestId = clientRequestId === "" ? undefined : clientRequestId;
  if (status === "completed" || status === "failed") known.end = {};
  if (known.end?.by !== undefined && match(known.end.by, known, true) !== "same") known.end = undefined;
  const by = known.early.find((notification) => match(notification, known, true) === "same");
  if (by !== undefined) known.end ??= { by };
  known.early = [];
}

export function isOf(known: KnownOperation, { id, clientRequestId }: RecordingOperation): boolean {
  if (id !== undefined) return known.operationKey === callKey(id);
  return known.clientRequestId !== undefined && known.clientRequestId === clientRequestId;
}
