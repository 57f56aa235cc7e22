// What must and must not compile of ./notifications.
import type { RecordingClient } from "teams-recording-status";
import {
  type CommsNotification,
  createNotificationHandler,
  createNotificationVerifier,
  parseCommsNotifications,
} from "teams-recording-status/notifications";
import type { Equal } from "./support.ts";

declare const graph: RecordingClient;
declare const notification: CommsNotification;

const verifier = createNotificationVerifier({ audience: "app", clockToleranceSec: 30, issuers: ["https://issuer.example"] });
export const handler: (request: Request) => Promise<Response> = createNotificationHandler(graph, verifier);

// @ts-expect-error without the audience anybody's token would do
createNotificationVerifier({});
// @ts-expect-error a misspelt option
createNotificationVerifier({ audience: "app", issuer: "https://issuer.example" });
// @ts-expect-error without a verifier anybody could post
createNotificationHandler(graph);
// @ts-expect-error the client comes first
createNotificationHandler(verifier, graph);

// Kinds narrow.
if (notification.kind === "call") {
  const state: string | null = notification.status;
  void state;
  // @ts-expect-error a call has no operation
  notification.operationId.length;
} else {
  // @ts-expect-error Graph's own spelling is read as lower camel case
  notification.status === "Completed";
}
export const kinds: Equal<CommsNotification["kind"], "operation" | "call"> = true;
export const parsed: readonly CommsNotification[] = parseCommsNotifications({}).notifications;
// @ts-expect-error what is settled is told, not changed
(await graph.notifications.handle({})).settled.push({ callId: "c", operationId: "o", status: "completed" });
