// Graph's notifications in Hono, on any runtime that it runs on.
import { Hono } from "hono";
import type { RecordingClient } from "teams-recording-status";
import {
  createNotificationHandler,
  createNotificationVerifier,
  type NotificationVerifierOptions,
} from "teams-recording-status/notifications";

export function createHonoApp(graph: RecordingClient, options: NotificationVerifierOptions): Hono {
  const receive = createNotificationHandler(graph, createNotificationVerifier(options));
  const app = new Hono();
  app.post("/callback", (c) => receive(c.req.raw)); // before anything that reads the body
  app.get("/health", (c) => c.json({ live: graph.recordings.length }));
  return app;
}
