// The webhooks of the recipes, over loopback, with signed tokens: a start that only a notification confirms.
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createRecordingClient, type RecordingClient } from "teams-recording-status";
import { type NotificationVerifierOptions, toNodeListener } from "teams-recording-status/notifications";
import { startFakeGraph } from "teams-recording-status/testing";
import { expect, test } from "vitest";
import { createExpressApp } from "../../examples/recipes/webhook-express.ts";
import { createHonoApp } from "../../examples/recipes/webhook-hono.ts";
import { startTokenService } from "../support/notification-service.ts";
import { outcome } from "../support/outcome.ts";
import { atEnd, withCleanup } from "./cleanup.ts";

withCleanup();

type Create = (graph: RecordingClient, options: NotificationVerifierOptions) => RequestListener;
const apps: readonly (readonly [string, Create])[] = [
  ["Express", createExpressApp],
  ["Hono", (graph, options) => toNodeListener(createHonoApp(graph, options).fetch)],
];

test.each(apps)("%s: a signed notification confirms the start, a forged one does not", async (_name, create) => {
  const service = await startTokenService();
  const fake = await startFakeGraph();
  const graph = createRecordingClient({ baseUrl: fake.baseUrl, credential: fake.credential });
  const { audience, openIdConfigurationUrl } = service;
  const server = createServer(create(graph, { audience, openIdConfigurationUrl })).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atEnd(() => Promise.all([service.close(), fake.close(), server.close()]));
  atEnd(() => server.closeAllConnections());
  atEnd(() => graph.close());
  const post = async (body: unknown, token: string) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    return (await fetch(`${url}/callback`, { method: "POST", headers, body: JSON.stringify(body) })).status;
  };
  const live = async () => (await fetch(`${url}/health`)).json();

  fake.addCall("my-call");
  fake.script({ becomes: "completed", becomesAfterMs: 20, unreadable: 403 });
  const posted = Promise.withResolvers<unknown>();
  fake.onNotification(posted.resolve);
  const starting = outcome(graph.startRecording("my-call", { recorder: fake.recorder("my-call") }));
  const body = await posted.promise;
  expect([await post(body, service.sign({ aud: "another bot" })), starting.done]).toEqual([401, false]);
  expect(await post(body, service.sign())).toBe(202);
  await expect.poll(() => starting.value?.state, { interval: 5, timeout: 5_000 }).toBe("recording");
  expect(await live()).toEqual({ live: 1 });
  await starting.value?.stop();
  expect([await live(), fake.violations()]).toEqual([{ live: 0 }, []]);
});
