import { resultInfoOf } from "../http/read-operation.ts";
import { asAnswered } from "../model/call-id.ts";
import { BadNotificationError } from "../model/errors.ts";
import { type CommsNotification, changeTypeOf } from "../model/notification.ts";
import { operationStatusOf } from "../model/operation.ts";
import { type Bag, isBag, own } from "../util/own.ts";
import { parseCommsNotifications } from "./parse-notifications.ts";

/** Reads what `notifications.handle` is given: a body as it was posted, or what the parser made of one, also after a way as JSON. @throws BAD_NOTIFICATION */
export function readPayload(payload: unknown): readonly CommsNotification[] {
  const parsed = isBag(payload) && !Array.isArray(own(payload, "value")) ? own(payload, "notifications") : undefined;
  if (!Array.isArray(parsed)) return parseCommsNotifications(payload).notifications;
  return parsed.map((one: unknown, index) => readParsed(one, `notifications[${index}]`));
}

/** What JSON leaves out of it, an `undefined`, is put back. */
function readParsed(value: unknown, at: string): CommsNotification {
  const refuse = (what: string): never => {
    throw new BadNotificationError(`${at}${what}`, { hint: "Pass on what the parser or `unmatched` gave, as it is." });
  };
  if (!isBag(value)) return refuse(" must be a notification, as the parser makes it.");
  const text = (name: string) => textOf(value, name, refuse);
  const [kind, id, operationId, status, clientContext] = ["kind", "callId", "operationId", "status", "clientContext"].map(text);
  if (id === undefined) return refuse(".callId is missing.");
  if (kind !== "operation" && kind !== "call") return refuse('.kind must be "operation" or "call".');
  const common = {
    callId: asAnswered(id),
    changeType: changeTypeOf(text("changeType") ?? ""),
    resultInfo: resultInfoOf(own(value, "resultInfo")),
    raw: own(value, "raw"),
  };
  if (kind === "call") return { kind, ...common, operationId: undefined, status: status?.toLowerCase() ?? null, clientContext: null };
  return {
    kind,
    ...common,
    operationId: operationId === undefined ? undefined : asAnswered(operationId),
    status: operationStatusOf(status ?? null),
    clientContext: clientContext ?? null,
  };
}

function textOf(bag: Bag, name: string, refuse: (what: string) => never): string | undefined {
  const value = own(bag, name) ?? undefined;
  return value === undefined || typeof value === "string" ? value : refuse(`.${name} must be a string.`);
}
