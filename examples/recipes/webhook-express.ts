// Graph's notifications in Express.
import express, { type Express } from "express";
import type { RecordingClient } from "teams-recording-status";
import {
  createNotificationHandler,
  createNotificationVerifier,
  type NotificationVerifierOptions,
  toNodeListener,
} from "teams-recording-status/notifications";

export function createExpressApp(graph: RecordingClient, options: NotificationVerifierOptions): Express {
  const receive = createNotificationHandler(graph, createNotificationVerifier(options));
  const app = express();
  app.post("/callback", toNodeListener(receive)); // before express.json(): it reads the body itself, and only after the token is verified
  app.use(express.json());
  app.get("/health", (_request, response) => {
    response.json({ live: graph.recordings.length });
  });
  return app;
}
