import { operationStatusOf } from "../model/operation.ts";
import { endedCallState } from "../wire.ts";
import type { FakePollStep } from "./fake-step.ts";
import { isBodyless } from "./read-plan.ts";

/** An operation as the fake keeps it: its body changes when it ends. */
export type Operation = {
  readonly callId: string;
  readonly body: Record<string, unknown>;
  /** The status that was reported, and the report's number. */
  readonly reported: string;
  readonly report: number;
  readonly unreadable: 403 | 404 | undefined;
  /** What to do with its next polls. */
  readonly polls: FakePollStep[];
};

/** What an operation's status means, in whatever case it is written. */
export function outcomeOf(status: unknown): "completed" | "failed" | "pending" {
  const known = operationStatusOf(status === null ? null : String(status));
  if (known === "completed") return "completed";
  return known === "failed" ? "failed" : "pending";
}

const requestId = { "request-id": "00000000-0000-4000-9000-000000000000" };

/** A 2xx answer; without a body it is the null operation. */
export function operationAnswer(body: Record<string, unknown> | null, headers: Record<string, string> = {}, status = 200): Response {
  const init = { status, headers: { ...requestId, ...headers } };
  return body === null ? new Response(null, init) : Response.json(body, init);
}

/** Graph's error envelope. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: { readonly [name: string]: string } | undefined = {},
): Response {
  const challenge: Record<string, string> = status === 401 ? { "www-authenticate": "Bearer" } : {};
  const init = { status, headers: { ...challenge, ...headers } };
  return isBodyless(status) ? new Response(null, init) : Response.json({ error: { code, message } }, init);
}

/** For a call that the test forgot to add: Graph's own 404 would send its author to look for the mistake in production. */
export function notAdded(callId: string): Response {
  return refusal(422, "FakeGraph", notAddedMessage(callId));
}

export function notAddedMessage(callId: string): string {
  const id = JSON.stringify(callId);
  return `The fake has no call ${id}: make it exist by fake.addCall(${id}), and only then end it, watch it or report on it.`;
}

/** What Graph posts when an operation has ended, in its live spelling. */
export function operationNotification({ callId, body }: Operation) {
  return deletedNotification(`calls/${encodeURIComponent(callId)}/operations/${body.id}`, body);
}

/** What Graph posts when a call is over. */
export function callNotification(callId: string) {
  const data = { "@odata.type": "#microsoft.graph.call", id: callId, state: endedCallState };
  return deletedNotification(`calls/${encodeURIComponent(callId)}`, data);
}

function deletedNotification(path: string, resourceData: object) {
  const notification = {
    "@odata.type": "#microsoft.graph.commsNotification",
    changeType: "deleted",
    resource: `/app/${path}`,
    resourceUrl: `/communications/${path}`,
    resourceData: { ...resourceData, "@odata.id": `/communications/${path}` },
  };
  return { "@odata.type": "#microsoft.graph.commsNotifications", value: [notification] };
}
