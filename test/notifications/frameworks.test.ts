// The handler in the real frameworks: node:http, Express and Hono.
import type { RequestListener } from "node:http";
import express from "express";
import { Hono } from "hono";
import {
  createNotificationHandler,
  createNotificationVerifier,
  type FetchHandler,
  toNodeListener,
} from "teams-recording-status/notifications";
import { expect, test, vi } from "vitest";
import { startTokenService } from "../support/notification-service.ts";
import { listen } from "./listen.ts";
import { closing, withTokens } from "./tokens.ts";
import { bytes, createWebhook, goodToken, notification } from "./webhook.ts";

withTokens();

const frameworks: readonly (readonly [string, (handler: FetchHandler) => RequestListener])[] = [
  ["node:http", (handler) => toNodeListener(handler)],
  ["Express", (handler) => express().all("/callback", toNodeListener(handler)).use(express.json())],
  ["an Express router", (handler) => express().use("/callback", express.Router().all("/", toNodeListener(handler)))],
  ["Hono", (handler) => toNodeListener(new Hono().all("/callback", (c) => handler(c.req.raw)).fetch)],
];

const authorization = `Bearer ${goodToken}`;
const json = JSON.stringify(notification);

for (const [name, serve] of frameworks) {
  test(`${name} answers as the handler does`, async () => {
    const { handler, handled } = createWebhook();
    const { url } = await listen(serve(handler));
    const send = async (init: RequestInit) => {
      const response = await fetch(url, { method: "POST", headers: { authorization }, body: json, ...init });
      return [response.status, await response.text()];
    };
    expect(await send({})).toEqual([202, ""]);
    expect(await send({ headers: {} })).toEqual([401, "The token was refused.\n"]);
    expect(await send({ body: "{]" })).toEqual([400, "The body is no JSON.\n"]);
    expect(await send({ method: "GET", body: null })).toEqual([405, "Notifications are sent by POST.\n"]);
    expect(await send({ method: "HEAD", body: null })).toEqual([405, ""]);
    expect(await send({ headers: { authorization, "content-encoding": "gzip" } })).toEqual([415, expect.any(String)]);
    expect(await send({ body: "x".repeat(2 ** 20 + 1) })).toEqual([413, expect.any(String)]);
    expect(handled).toEqual([notification]);
  });

  test(`${name} takes a body in chunks`, async () => {
    const { handler, handled } = createWebhook();
    const { url } = await listen(serve(handler));
    const body = new ReadableStream({
      start(controller) {
        for (const piece of json.match(/.{1,7}/g) ?? []) controller.enqueue(bytes(piece));
        controller.close();
      },
    });
    const response = await fetch(url, { method: "POST", headers: { authorization }, body, duplex: "half" } as RequestInit);
    expect([response.status, handled]).toEqual([202, [notification]]);
  });
}

test("a token of the real service is verified on its way through Express", async () => {
  const service = closing(await startTokenService());
  const { audience, openIdConfigurationUrl } = service;
  const verifier = createNotificationVerifier({ audience, openIdConfigurationUrl });
  const handle = vi.fn(async () => ({ settled: [], unmatched: [] }));
  const handler = createNotificationHandler({ notifications: { handle } }, verifier);
  const { url } = await listen(express().post("/callback", toNodeListener(handler)));
  const send = (token: string) => fetch(url, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: json });
  expect((await send(service.sign())).status).toBe(202);
  expect((await send(service.sign({ aud: "another" }))).status).toBe(401);
  expect(handle.mock.calls).toEqual([[notification]]);
});

test("behind a body parser, the answer and the log say where the handler belongs", async () => {
  const { handler, handled, refused } = createWebhook();
  const app = express().use(express.json()).post("/callback", toNodeListener(handler));
  const { url } = await listen(app);
  const response = await fetch(url, { method: "POST", headers: { authorization, "content-type": "application/json" }, body: json });
  expect([response.status, await response.text()]).toEqual([500, expect.stringContaining("mount the handler before the body parser")]);
  expect([handled, refused]).toMatchObject([[], [{ error: { code: "BAD_INPUT" } }]]);
});

test("behind something that read the body in Hono, too", async () => {
  const { handler } = createWebhook();
  const app = new Hono().use(async (c, next) => {
    await c.req.json();
    await next();
  });
  app.post("/callback", (c) => handler(c.req.raw));
  const response = await app.request("/callback", { method: "POST", headers: { authorization }, body: json });
  expect([response.status, await response.text()]).toEqual([500, expect.stringContaining("mount the handler before the body parser")]);
});

test("behind a router of Express, the path is the whole one", async () => {
  const answer = toNodeListener((request) => new Response(new URL(request.url).pathname));
  const { url } = await listen(express().use("/callback", express.Router().all("/", answer)));
  expect(await (await fetch(url)).text()).toBe("/callback");
});
