// The wiring of docs/notifications.md, with signed notifications over real HTTP: the fake Graph posts to the webhook that the example makes.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createRecordingClient } from "teams-recording-status";
import { startFakeGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWebhook } from "../../examples/notifications.ts";
import { startTokenService, type TokenService } from "../support/notification-service.ts";
import { outcome } from "../support/outcome.ts";
import { callId } from "./posted.ts";

let service: TokenService;
beforeAll(async () => {
  service = await startTokenService();
});
afterAll(() => service.close());

async function connect() {
  const fake = await startFakeGraph();
  const graph = createRecordingClient({ baseUrl: fake.baseUrl, credential: fake.credential });
  const webhook = createWebhook(graph, { audience: service.audience, openIdConfigurationUrl: service.openIdConfigurationUrl });
  webhook.listen(0, "127.0.0.1");
  await once(webhook, "listening");
  const url = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/callback`;
  fake.addCall(callId);
  return {
    fake,
    graph,
    post: async (body: unknown, token = service.sign()) =>
      (await fetch(url, { method: "POST", body: JSON.stringify(body), headers: { authorization: `Bearer ${token}` } })).status,
    async close() {
      await graph.close();
      await fake.close();
      webhook.close();
      webhook.closeAllConnections();
    },
  };
}

test("a signed notification confirms the start, a forged one does not, and a call that ends ends the recording", async () => {
  const { fake, graph, post, close } = await connect();
  try {
    fake.script({ becomes: "completed", becomesAfterMs: 50, unreadable: 403 });
    const posted = Promise.withResolvers<unknown>();
    const stop = fake.onNotification(posted.resolve);
    const starting = outcome(graph.startRecording(callId, { recorder: fake.recorder(callId) }));
    const body = await posted.promise;
    stop();
    const forged = service.sign().split(".").with(1, Buffer.from("{}").toString("base64url")).join(".");
    expect([await post(body, forged), starting.done]).toEqual([401, false]);
    expect(await post(body)).toBe(202);
    await expect.poll(() => starting.value?.state).toBe("recording");

    const ending = Promise.withResolvers<unknown>();
    fake.onNotification(ending.resolve);
    fake.endCall(callId);
    expect(await post(await ending.promise)).toBe(202);
    expect(await starting.value?.ended).toMatchObject({ reason: "callEnded", error: undefined });
    expect(fake.violations()).toEqual([]);
  } finally {
    await close();
  }
});
