import { callKey } from "../model/call-id.ts";
import type { OperationNotification } from "../model/notification.ts";
import { isBag } from "../util/own.ts";

/** What is known of a report: its operation's id, once Graph has told it, and the context that was sent with it. */
export type ReportIdentity = {
  readonly operationKey: string | undefined;
  /** Undefined where none was sent, or where another report of the call was sent with it too: it tells nothing. */
  readonly context: string | undefined;
};

/** Whether a notification about an operation of the call is about this report: surely, perhaps (its id is still to come), or not. */
export type Match = "same" | "maybe" | "other";

/**
 * The operation's id decides where both sides have one. Where one side lacks it, the context does, and only for an operation that a report
 * can have made. A report that waits for its answer may be about any id: that is found out when the answer comes.
 */
export function matchNotification(notification: OperationNotification, report: ReportIdentity, isAnswered: boolean): Match {
  const { operationId, clientContext } = notification;
  const { operationKey, context } = report;
  if (operationId !== undefined && operationKey !== undefined) return callKey(operationId) === operationKey ? "same" : "other";
  if (isOfAnotherKind(notification)) return "other";
  const contextsDiffer = clientContext !== null && context !== undefined && clientContext !== context;
  if (contextsDiffer) return "other";
  // With the answer still to come, its id may say that this context was somebody else's.
  if (!isAnswered && operationId !== undefined) return "maybe";
  return clientContext !== null && clientContext === context ? "same" : "other";
}

/** The decisions about notifications, in one place: a test breaks one at a time and sees that somebody notices. */
export type NotificationRules = {
  readonly match: typeof matchNotification;
  /** Whether it tells the operation's end. */
  isFinal(notification: OperationNotification): boolean;
};

export const notificationRules: NotificationRules = {
  match: matchNotification,
  isFinal: ({ status }) => status === "completed" || status === "failed",
};

/** Names of types that an operation of a report can have: its own, and that of its base. */
const typesOfReports: ReadonlySet<string> = new Set(["updaterecordingstatusoperation", "commsoperation"]);
const longestType = 200;

/** Whether it says itself that it is an operation of another action, such as `playPromptOperation`. */
function isOfAnotherKind({ raw }: OperationNotification): boolean {
  const data = isBag(raw) ? raw.resourceData : undefined;
  const type = isBag(data) ? data["@odata.type"] : undefined;
  if (typeof type !== "string") return false;
  const name = type.slice(-longestType).toLowerCase();
  return name.endsWith("operation") && !typesOfReports.has(name.slice(name.lastIndexOf(".") + 1).replace("#", ""));
}
