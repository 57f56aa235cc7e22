// The fourth part of `npm start`: Graph answers that the operation is running, and a signed notification brings the final word.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { createRecordingClient } from "teams-recording-status";
import { startFakeGraph } from "teams-recording-status/testing";
import { createWebhook } from "./notifications.ts";

const appId = "8a3f0b5e-6d0c-4c1e-9f3a-2b7d4e5f6a70";
const tenantId = "2432b57b-0abd-43db-aa7b-16eadd115d34";

/** Runs one start on a fake Graph whose polls are refused, and prints what happened, and when. */
export async function showSignedNotification(callId: string): Promise<void> {
  const fake = await startFakeGraph();
  const service = await startTokenService();
  const began = performance.now();
  const tell = (who: string, what: string) => {
    console.log(`  ${(performance.now() - began).toFixed(0).padStart(4)} ms  ${who.padEnd(9)} ${what}`);
  };
  const graph = createRecordingClient({
    baseUrl: fake.baseUrl,
    credential: fake.credential,
    onAttempt: ({ kind, status, outcome, httpStatus }) => {
      if (kind === "poll") tell("to Graph", `poll: refused with ${httpStatus}; a notification may still tell`);
      else if (httpStatus !== undefined) tell("to Graph", `report "${status}": answered ${httpStatus}, ${outcome}`);
    },
  });
  const webhook = createWebhook(graph, { audience: appId, openIdConfigurationUrl: `${service.url}/openid` });
  const callback = await listen(webhook);
  const post = async (who: string, body: unknown, token: string) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const { status } = await fetch(callback, { method: "POST", headers, body: JSON.stringify(body) });
    tell(who, `posts that the operation is completed: answered ${status}`);
  };
  fake.addCall(callId);
  fake.script({ becomes: "completed", becomesAfterMs: 600, unreadable: 403 });
  fake.onNotification(async (body) => {
    await post("a forger", body, await service.sign("somebody-else"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    tell("bot", live ? "may persist" : "still waits: a forged notification grants nothing");
    await post("Graph", body, await service.sign("graph"));
  });
  let live = false;
  try {
    const recorder = { start: () => tell("recorder", "starts: the signed notification has confirmed the recording"), stop: () => {} };
    const recording = await graph.startRecording(callId, { recorder });
    live = true;
    tell("bot", "may persist from here on");
    await recording.stop();
  } finally {
    await graph.close();
    await Promise.all([fake.close(), end(webhook), service.close()]);
  }
}

/** Who signs Graph's notifications: an OpenID configuration, the published key, and another key that nobody published. */
async function startTokenService() {
  const keys = { graph: await generateKeyPair("RS256"), "somebody-else": await generateKeyPair("RS256") };
  const jwk = { ...(await exportJWK(keys.graph.publicKey)), kid: "key-1", alg: "RS256", use: "sig" };
  const server = createServer((request, response) => {
    const document = request.url === "/openid" ? { jwks_uri: `${url}/keys` } : { keys: [jwk] };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(document));
  });
  const url = await listen(server);
  return {
    url,
    sign: (who: keyof typeof keys) =>
      new SignJWT({ tid: tenantId })
        .setProtectedHeader({ alg: "RS256", kid: "key-1" })
        .setIssuer("https://api.botframework.com")
        .setAudience(appId)
        .setIssuedAt()
        .setExpirationTime("5m")
        .sign(keys[who].privateKey),
    close: () => end(server),
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function end(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}
