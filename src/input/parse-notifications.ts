import { readResultInfo } from "../http/read-operation.ts";
import { asAnswered, callKey } from "../model/call-id.ts";
import { BadNotificationError } from "../model/errors.ts";
import { type CommsNotification, changeTypeOf } from "../model/notification.ts";
import { operationStatusOf } from "../model/operation.ts";
import { given } from "../util/kind-of.ts";
import { type Bag, isBag, own } from "../util/own.ts";
import { isSameResource, type NotifiedResource, readResource } from "./notified-resource.ts";

/** A notification that recordings do not depend on, or that contradicts itself. */
export type IgnoredNotification = {
  /** Where it stood in the body, such as `value[1]`. */
  readonly at: string;
  /** Why it was left out, in one sentence. */
  readonly reason: string;
  /** The notification as it was posted. */
  readonly raw: unknown;
};

/** What a body of notifications holds. */
export type ParsedNotifications = {
  /** What is about an operation or a call, in its order. */
  readonly notifications: readonly CommsNotification[];
  /** What is about neither, with the reason. */
  readonly ignored: readonly IgnoredNotification[];
};

/**
 * Reads the body that Graph posts, after `JSON.parse`: `{ value: [notification, …] }`. It takes every form that was documented or seen live:
 * `resource` or `resourceUrl`, `/app` or `/communications`, ids with or without dashes and in any case, a resource or a list of them in
 * `resourceData`, words in any case, codes as numbers or strings. What is no call and no operation of one is in `ignored`, with the reason.
 *
 * It trusts its caller: who sent the body is the verifier's question. Nothing of the body is looked at that it does not need.
 * @throws {BadNotificationError} code `BAD_NOTIFICATION`: the body is no such thing; the message names where. For a JSON value, never anything
 *   else.
 * @see https://learn.microsoft.com/graph/api/resources/commsnotifications
 */
export function parseCommsNotifications(json: unknown): ParsedNotifications {
  const value = isBag(json) ? own(json, "value") : refuse("The body", "must be an object with a list `value`", json);
  if (!Array.isArray(value)) refuse("value", "must be a list of notifications", value);
  const notifications: CommsNotification[] = [];
  const ignored: IgnoredNotification[] = [];
  for (const [index, raw] of (value as readonly unknown[]).entries()) {
    const at = `value[${index}]`;
    // No spread: a list may be longer than a call can have arguments.
    for (const read of readNotification(raw, at)) {
      if (typeof read === "string") ignored.push({ at, reason: read, raw });
      else notifications.push(read);
    }
  }
  return { notifications, ignored };
}

/** Each resource that a notification is about, or why it is left out. What it is about comes first: the form of other kinds is not ours to judge. */
function readNotification(raw: unknown, at: string): readonly (CommsNotification | string)[] {
  if (!isBag(raw)) return refuse(at, "must be an object", raw);
  const paths = (["resourceUrl", "resource"] as const).flatMap((name) => textOf(raw, name, at) ?? []);
  if (paths.length === 0) return refuse(at, "must name its resource by `resourceUrl` or `resource`");
  const found = paths.flatMap((path) => readResource(path) ?? []);
  const [resource] = found;
  if (resource === undefined) return ["It is about neither a call nor an operation of one."];
  if (found.some((other) => !isSameResource(resource, other))) return ["resource and resourceUrl name different things."];
  const changeType = textOf(raw, "changeType", at) ?? "";
  const entities = entitiesOf(raw, at);
  // Each of a list has a `raw` with itself alone: together they are no larger than the body.
  return entities.map(({ entity, place }) =>
    readEntity(resource, entity, place, { changeType, raw: entities.length === 1 ? raw : { ...raw, resourceData: entity } }),
  );
}

/** What `resourceData` holds: a resource, a list of them, or nothing at all, which an empty list is as well. */
function entitiesOf(raw: Bag, at: string): { entity: Bag; place: string }[] {
  const place = `${at}.resourceData`;
  const given = own(raw, "resourceData") ?? {};
  const data = Array.isArray(given) && given.length === 0 ? {} : given;
  if (isBag(data)) return [{ entity: data, place }];
  if (!Array.isArray(data)) return refuse(place, "must be an object or a list of objects", data);
  return data.map((entity: unknown, index) =>
    isBag(entity) ? { entity, place: `${place}[${index}]` } : refuse(`${place}[${index}]`, "must be an object", entity),
  );
}

/** One resource, or why it is left out. */
function readEntity(
  resource: NotifiedResource,
  entity: Bag,
  place: string,
  { raw, changeType }: { readonly raw: unknown; readonly changeType: string },
): CommsNotification | string {
  const id = textOf(entity, "id", place);
  const { kind, callId } = resource;
  const common = { callId, changeType: changeTypeOf(changeType), resultInfo: readResultInfo(own(entity, "resultInfo")), raw };
  const named = kind === "call" ? callId : resource.operationId;
  if (id !== undefined && named !== undefined && callKey(id) !== callKey(named)) return "Its path and its resource have different ids.";
  if (kind === "call") {
    const status = textOf(entity, "state", place)?.toLowerCase() ?? null;
    return { kind, ...common, operationId: undefined, status, clientContext: null };
  }
  const operationId = named ?? (id === undefined ? undefined : asAnswered(id));
  const status = operationStatusOf(textOf(entity, "status", place) ?? null);
  return { kind, ...common, operationId, status, clientContext: textOf(entity, "clientContext", place) ?? null };
}

/** A text; undefined where there is none, or null. */
function textOf(bag: Bag, name: string, at: string): string | undefined {
  const value = own(bag, name) ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  return refuse(`${at}.${name}`, "must be a string", value);
}

function refuse(where: string, what: string, value?: unknown): never {
  const instead = value === undefined ? "." : `; ${given(value)}`;
  throw new BadNotificationError(`${where} ${what}${instead}`, {
    hint: "Pass the parsed JSON body of Graph's request: { value: [ … ] }.",
  });
}
