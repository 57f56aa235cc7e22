// The handler over real HTTP: node:http, the real Express and the real Hono, with good clients and hostile ones.
import { once } from "node:events";
import { Agent, createServer, request as httpRequest, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
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
import { closing, createStillClock, until, withTokens } from "./tokens.ts";
import { bytes, createWebhook, goodToken, notification } from "./webhook.ts";

withTokens();

async function listen(listener: RequestListener): Promise<{ port: number; url: string; server: Server }> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing({
    close() {
      server.close();
      server.closeAllConnections();
    },
  });
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `http://127.0.0.1:${port}/callback` };
}

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

test("two Authorization headers are none", async () => {
  const { handler } = createWebhook();
  const { port } = await listen(toNodeListener(handler));
  const [status] = await exchange(port, [`Authorization: ${authorization}`, `Authorization: ${authorization}`, "Content-Length: 2"], "{}");
  expect(status).toBe(401);
});

/** Sends raw bytes and reads until the server closes, or until one answer is there. */
async function exchange(port: number, headers: readonly string[], body: string): Promise<[number, string]> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.write([`POST /callback HTTP/1.1`, "Host: bot.example", ...headers, "", body].join("\r\n"));
  await until(() => text.includes("\r\n\r\n"));
  socket.destroy();
  return [Number(text.split(" ")[1]), text];
}

test("a connection is used again when the body was read, and a new one is no trouble when it was not", async () => {
  const { handler, handled } = createWebhook();
  const { port, server } = await listen(toNodeListener(handler));
  let connections = 0;
  server.on("connection", () => {
    connections++;
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  closing({ close: () => agent.destroy() });
  const send = async (token: string, body: string) => {
    const request = httpRequest({ port, agent, method: "POST", headers: { authorization: `Bearer ${token}` } });
    request.end(body);
    const [response] = await once(request, "response");
    response.resume();
    await once(response, "end");
    return response.statusCode;
  };
  const read = [await send(goodToken, json), await send(goodToken, "{]"), await send(goodToken, json)];
  expect([read, handled.length, connections]).toEqual([[202, 400, 202], 2, 1]);
  const mixed = [await send("no", json), await send(goodToken, json), await send("no", "x".repeat(100_000)), await send(goodToken, json)];
  expect([mixed, handled.length]).toEqual([[401, 202, 401, 202], 4]);
});

test.each([
  [401, ""],
  [413, authorization],
])("who goes on uploading after %i gets the answer, and then the connection is closed", async (status, header) => {
  const { handler } = createWebhook();
  const clock = createStillClock();
  const { port } = await listen(toNodeListener(handler, clock));
  const socket = connect(port, "127.0.0.1");
  let [text, sent, isClosed] = ["", 0, false];
  socket.on("error", () => {});
  socket.on("close", () => {
    isClosed = true;
  });
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.write(`POST /callback HTTP/1.1\r\nHost: x\r\nAuthorization: ${header}\r\nContent-Length: 10000000000\r\n\r\n`);
  await until(() => text.includes("\r\n\r\n"));
  const chunk = Buffer.alloc(65_536);
  await until(() => {
    if (!isClosed && socket.writableLength < 1_000_000 && socket.write(chunk)) sent += chunk.length;
    return isClosed;
  });
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*connection: close\r\n`, "i"));
  expect(sent).toBeLessThan(50_000_000);
});

test("who stops uploading is waited for no longer than a second after the answer", async () => {
  const { handler } = createWebhook();
  const clock = createStillClock();
  const { port } = await listen(toNodeListener(handler, clock));
  const socket = connect(port, "127.0.0.1");
  let isClosed = false;
  socket
    .on("error", () => {})
    .on("close", () => {
      isClosed = true;
    });
  socket.resume();
  socket.write("POST /callback HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
  await until(() => clock.pending === 1);
  clock.pass(1_000);
  await until(() => isClosed);
  expect(clock.pending).toBe(0);
});

test("a stalled body is answered with 408, and its connection is closed", async () => {
  const { handler, clock } = createWebhook();
  const drain = createStillClock();
  const { port } = await listen(toNodeListener(handler, drain));
  const answered = exchange(port, [`Authorization: ${authorization}`, "Content-Length: 100"], "{");
  await until(() => clock.pending === 1);
  clock.pass(10_000);
  const [status, text] = await answered;
  expect([status, text]).toEqual([408, expect.stringMatching(/connection: close/i)]);
  await until(() => drain.pending === 0);
});

test("a client that disconnects aborts the request, and the server goes on", async () => {
  const { handler, handled, refused } = createWebhook();
  const { port, url } = await listen(toNodeListener(handler));
  const socket = connect(port, "127.0.0.1");
  socket.write(`POST /callback HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 100\r\n\r\n{`);
  const seen = await new Promise<void>((resolve) => socket.once("connect", resolve));
  expect(seen).toBeUndefined();
  setImmediate(() => socket.destroy());
  await until(() => refused.length === 1);
  expect([handled, refused]).toMatchObject([[], [{ status: 400 }]]);
  expect((await fetch(url, { method: "POST", headers: { authorization }, body: json })).status).toBe(202);
});

test("a handler that throws is 500, and one that streams is sent with all its headers", async () => {
  const throwing = await listen(
    toNodeListener(() => {
      throw new Error("secret");
    }),
  );
  const failed = await fetch(throwing.url);
  expect([failed.status, await failed.text()]).toEqual([500, ""]);
  const large = "x".repeat(300_000);
  const headers: [string, string][] = [
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
    ["x-one", "1"],
  ];
  const streaming = await listen(toNodeListener(() => new Response(large, { status: 201, headers })));
  const response = await fetch(streaming.url);
  expect([response.status, response.headers.getSetCookie(), response.headers.get("x-one")]).toEqual([201, ["a=1", "b=2"], "1"]);
  expect(await response.text()).toBe(large);
});

test("a handler sees method, path, query and headers; hosts and paths that are hostile change no more than the URL", async () => {
  const seen: [string, string, string | null][] = [];
  const { port } = await listen(
    toNodeListener((request) => {
      seen.push([request.method, request.url, request.headers.get("x-a")]);
      return new Response(null, { status: 204 });
    }),
  );
  const raw = async (line: string, host: string) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.write(`${line} HTTP/1.1\r\nHost: ${host}\r\nX-A: 1\r\nX-A: 2\r\n\r\n`);
    await until(() => text.includes("\r\n\r\n"));
    socket.destroy();
    return Number(text.split(" ")[1]);
  };
  expect(await raw("GET /a?b=c", "bot.example:8080")).toBe(204);
  expect(await raw("OPTIONS *", "u:p@evil")).toBe(204);
  expect(await raw("GET //evil/x", "")).toBe(204);
  expect(await raw("TRACE /", "x")).toBe(400);
  expect(seen).toEqual([
    ["GET", "http://bot.example:8080/a?b=c", "1, 2"],
    ["OPTIONS", "http://localhost/", "1, 2"],
    ["GET", "http://localhost//evil/x", "1, 2"],
  ]);
});
