import { operationStatusOf } from "../model/operation.ts";

/** An operation as the fake keeps it: its body changes when it ends. */
export type Operation = { readonly callId: string; readonly body: Record<string, unknown>; readonly reported: string };

/** What an operation's status means, in whatever case it is written. */
export function outcomeOf(status: unknown): "completed" | "failed" | "pending" {
  const known = operationStatusOf(status === null ? null : String(status));
  if (known === "completed") return "completed";
  return known === "failed" ? "failed" : "pending";
}

export function operationAnswer({ body }: Operation, headers: Record<string, string> = {}): Response {
  return Response.json(body, { headers: { ...headers, "request-id": "00000000-0000-4000-9000-000000000000" } });
}

export function refusal(status: number, code: string, message: string, headers: Record<string, string> = {}): Response {
  const challenge: Record<string, string> = status === 401 ? { "www-authenticate": "Bearer" } : {};
  return Response.json({ error: { code, message } }, { status, headers: { ...challenge, ...headers } });
}

/** What Graph posts when an operation has ended, in its live spelling. */
export function operationNotification({ callId, body }: Operation) {
  const path = `calls/${callId}/operations/${body.id}`;
  const notification = {
    "@odata.type": "#microsoft.graph.commsNotification",
    changeType: "deleted",
    resource: `/app/${path}`,
    resourceUrl: `/communications/${path}`,
    resourceData: { ...body, "@odata.id": `/communications/${path}` },
  };
  return { "@odata.type": "#microsoft.graph.commsNotifications", value: [notification] };
}
