// The adapter over real connections, with good clients and hostile ones.
import { once } from "node:events";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { toNodeListener } from "teams-recording-status/notifications";
import { expect, test } from "vitest";
import { listen } from "./listen.ts";
import { closing, createStillClock, until, withTokens } from "./tokens.ts";
import { createBody, createWebhook, goodToken, notification } from "./webhook.ts";

withTokens();

const authorization = `Bearer ${goodToken}`;
const json = JSON.stringify(notification);

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
  [401, "", "Content-Length: 10000000000"],
  [413, authorization, "Content-Length: 10000000000"],
  [413, authorization, "Transfer-Encoding: chunked"],
])("who goes on uploading after %i gets the answer, and then the connection is closed", async (status, header, length) => {
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
  socket.write(`POST /callback HTTP/1.1\r\nHost: x\r\nAuthorization: ${header}\r\n${length}\r\n\r\n`);
  // RFC 9112 section 7.1: the length of a chunk in hexadecimal digits, and the chunk.
  const chunk = Buffer.from(length.startsWith("T") ? `10000\r\n${"x".repeat(65_536)}\r\n` : "x".repeat(65_536));
  await until(() => {
    if (!isClosed && socket.writableLength < 1_000_000 && socket.write(chunk)) sent += chunk.length;
    return isClosed;
  });
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*connection: close\r\n`, "i"));
  expect(sent).toBeLessThan(50_000_000);
});

test("who has uploaded a little too much, in chunks, gets the answer and no reset", async () => {
  const { handler } = createWebhook();
  const { port } = await listen(toNodeListener(handler));
  const socket = connect(port, "127.0.0.1");
  const errors: unknown[] = [];
  let [text, isClosed] = ["", false];
  socket.on("error", (error) => errors.push(error));
  socket.on("close", () => {
    isClosed = true;
  });
  socket.on("data", (chunk) => {
    text += chunk;
  });
  const chunk = `1000\r\n${"x".repeat(4096)}\r\n`;
  const head = `POST /callback HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nTransfer-Encoding: chunked\r\n\r\n`;
  socket.write(`${head}${chunk.repeat(300)}0\r\n\r\n`);
  await until(() => isClosed);
  expect([text.split(" ")[1], errors]).toEqual(["413", []]);
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

test("a request's signal is aborted when its client disconnects, and not before", async () => {
  let signal: AbortSignal | undefined;
  const { port } = await listen(
    toNodeListener(async (request) => {
      signal = request.signal;
      await until(() => request.signal.aborted);
      return new Response("too late");
    }),
  );
  const socket = connect(port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await until(() => signal !== undefined);
  expect(signal?.aborted).toBe(false);
  socket.destroy();
  await until(() => signal?.aborted === true);
});

test("a handler that throws or rejects is 500 without a word of why", async () => {
  const failures = [
    () => {
      throw new Error("secret");
    },
    async () => Promise.reject(new Error("secret")),
  ];
  for (const failure of failures) {
    const { url } = await listen(toNodeListener(failure));
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([500, ""]);
  }
});

test("an answer that streams is sent with all its headers", async () => {
  const large = "x".repeat(300_000);
  const headers: [string, string][] = [
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
    ["x-one", "1"],
  ];
  const { url } = await listen(toNodeListener(() => new Response(large, { status: 201, headers })));
  const response = await fetch(url);
  expect([response.status, response.headers.getSetCookie(), response.headers.get("x-one")]).toEqual([201, ["a=1", "b=2"], "1"]);
  expect(await response.text()).toBe(large);
});

test("an answer that breaks off is no whole answer for its client", async () => {
  const { stream } = createBody([new Uint8Array(10)], { breaks: true });
  const { url } = await listen(toNodeListener(() => new Response(stream)));
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
});

test("an answer is made no faster than its client reads", async () => {
  const chunks = Array.from({ length: 400 }, () => new Uint8Array(65_536));
  const { stream, seen } = createBody(chunks);
  const { port } = await listen(toNodeListener(() => new Response(stream)));
  const socket = connect(port, "127.0.0.1").pause();
  socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await until(() => seen.pulled > 0);
  for (let turn = 0; turn < 500; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(seen.pulled).toBeLessThan(300);
  socket.destroy();
  await until(() => seen.cancelled);
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
  expect(await raw("TRACE /", "x")).toBe(405);
  expect(seen).toEqual([
    ["GET", "http://bot.example:8080/a?b=c", "1, 2"],
    ["OPTIONS", "http://localhost/", "1, 2"],
    ["GET", "http://localhost//evil/x", "1, 2"],
  ]);
});
