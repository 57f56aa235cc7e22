import { createServer, type Server } from "node:http";
import type { RecordingClient } from "teams-recording-status";
import {
  createNotificationHandler,
  createNotificationVerifier,
  type NotificationVerifierOptions,
  toNodeListener,
} from "teams-recording-status/notifications";

/** The webhook to which the `callbackUri` of your calls leads: `createWebhook(graph, { audience: "<your bot's app id>" })`. */
export function createWebhook(graph: RecordingClient, options: NotificationVerifierOptions): Server {
  const verifier = createNotificationVerifier(options); // whose token is not Graph's, for this bot, gets 401
  const receive = createNotificationHandler(graph, verifier); // (request: Request) => Promise<Response>
  return createServer(toNodeListener(receive));
}
