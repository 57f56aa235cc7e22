// Every answer of the handler, by plain requests.
import { createNotificationHandler } from "teams-recording-status/notifications";
import { expect, test, vi } from "vitest";
import { thrownBy } from "../support/refusal.ts";
import { until } from "./tokens.ts";
import { bytes, createBody, createWebhook, goodToken, notification, post, unmatched } from "./webhook.ts";

const mebibyte = 1024 * 1024;

test("a verified notification is handed over and answered with an empty 202", async () => {
  const { handler, handled, refused } = createWebhook();
  const response = await handler(post());
  expect([response.status, await response.text(), handled, refused]).toEqual([202, "", [notification], []]);
});

test.each(["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])("%s is answered with 405, and which method is allowed", async (method) => {
  const { handler, handled, refused } = createWebhook();
  const response = await handler(post(null, { method }));
  expect([response.status, response.headers.get("allow"), handled]).toEqual([405, "POST", []]);
  expect(refused).toMatchObject([{ status: 405, error: { code: "BAD_NOTIFICATION" } }]);
  expect(await response.text()).toBe(method === "HEAD" ? "" : "Notifications are sent by POST.\n");
});

test("a refused token is answered with 401 before the body is read, and tells nothing", async () => {
  const { handler, handled, refused } = createWebhook();
  const { stream, seen } = createBody([bytes("{}")]);
  const response = await handler(post(stream, { headers: { authorization: `Bearer ${goodToken}x` } }));
  expect([response.status, response.headers.get("www-authenticate"), seen, handled]).toEqual([
    401,
    "Bearer",
    { pulled: 0, cancelled: true },
    [],
  ]);
  expect(await response.text()).not.toContain(goodToken);
  expect(refused).toMatchObject([{ status: 401, error: { code: "UNVERIFIED" } }]);
});

test("a request without a token is 401 too, whatever else is wrong with it", async () => {
  const { handler } = createWebhook();
  const request = new Request("https://x", {
    method: "POST",
    body: "{",
    headers: { "content-length": "9999999", "content-encoding": "gzip" },
  });
  expect((await handler(request)).status).toBe(401);
});

test("a verifier that fails otherwise lets nobody in: 500", async () => {
  const { refused } = createWebhook();
  const verifier = { verify: () => Promise.reject(new TypeError("bug")) };
  const graph = { notifications: { handle: vi.fn() } };
  const handler = createNotificationHandler(graph, verifier, { onRefused: (error, status) => void refused.push({ error, status }) });
  const response = await handler(post());
  expect([response.status, await response.text(), graph.notifications.handle.mock.calls]).toEqual([500, "", []]);
  expect(refused).toMatchObject([{ status: 500, error: { message: "bug" } }]);
});

test.each<[string, BodyInit | null]>([
  ["no JSON", "{]"],
  ["empty", ""],
  ["missing", null],
  ["cut off", '{"value":['],
  ["no UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
  ["JSON that is no notification", "7"],
  ["deep", "[".repeat(500_000)],
])("a body that is %s is answered with 400", async (_, body) => {
  const { handler, refused } = createWebhook();
  const response = await handler(post(body));
  expect(response.status).toBe(400);
  expect(await response.text()).toMatch(/^The body is no(t| )[^\n]+\n$/);
  expect(refused).toMatchObject([{ status: 400, error: { code: "BAD_NOTIFICATION" } }]);
});

test("what the parser makes of a body is nothing that Graph posts: 400, and nobody is told", async () => {
  const { handler, handled } = createWebhook();
  const parsed = { notifications: [{ kind: "operation", callId: "1", operationId: "2", status: "completed" }] };
  expect((await handler(post(JSON.stringify(parsed)))).status).toBe(400);
  expect(handled).toEqual([]);
});

test("a prototype in the body is left out", async () => {
  const { handler, handled } = createWebhook();
  await handler(post('{"__proto__":{"a":1},"b":2}'));
  expect(Object.keys(handled[0] as object)).toEqual(["b"]);
});

test("a body of exactly 1 MiB is read, in chunks that split its characters too", async () => {
  const { handler, handled } = createWebhook();
  const text = bytes(`"${"é".repeat(mebibyte / 2 - 1)}"`);
  const chunks = [text.slice(0, 2), text.slice(2, 3), text.slice(3, 500_000), text.slice(500_000)];
  expect(text.length).toBe(mebibyte);
  expect((await handler(post(createBody(chunks).stream))).status).toBe(202);
  expect(handled).toHaveLength(1);
});

test("one byte more is 413, counted while it is read, whatever Content-Length says; no more is read", async () => {
  const { handler, handled, refused } = createWebhook();
  const chunk = new Uint8Array(mebibyte / 4);
  const { stream, seen } = createBody(Array.from({ length: 1000 }, () => chunk));
  const response = await handler(post(stream, { headers: { "content-length": "10" } }));
  expect([response.status, seen, handled]).toEqual([413, { pulled: 5, cancelled: true }, []]);
  expect(refused).toMatchObject([{ status: 413, error: { code: "BAD_NOTIFICATION" } }]);
});

test("a Content-Length of more is 413 at once", async () => {
  const { handler } = createWebhook();
  const { stream, seen } = createBody([bytes("{}")]);
  const response = await handler(post(stream, { headers: { "content-length": `${mebibyte + 1}` } }));
  expect([response.status, seen]).toEqual([413, { pulled: 0, cancelled: true }]);
});

test.each(["gzip", "identity, br", "deflate"])("a body with content-encoding %s is 415", async (coding) => {
  const { handler } = createWebhook();
  const response = await handler(post(undefined, { headers: { "content-encoding": coding } }));
  expect([response.status, response.headers.get("accept-encoding")]).toEqual([415, "identity"]);
  expect((await handler(post(undefined, { headers: { "content-encoding": "Identity" } }))).status).toBe(202);
});

test.each([
  ["that stalls", []],
  ["that drips", [bytes("["), bytes("1")]],
])("a body %s is given up after ten seconds with 408", async (_, chunks) => {
  const { handler, clock, refused } = createWebhook();
  const { stream, seen } = createBody(chunks, { hangs: true });
  const answered = handler(post(stream));
  await until(() => clock.pending === 1 && seen.pulled === chunks.length);
  clock.pass(9_999);
  expect(clock.pending).toBe(1);
  clock.pass(1);
  expect([(await answered).status, clock.pending]).toEqual([408, 0]);
  expect(refused).toMatchObject([{ status: 408 }]);
});

test("the time for a body can be changed", async () => {
  const { handler, clock } = createWebhook({ bodyTimeoutMs: 5 });
  const answered = handler(post(createBody([], { hangs: true }).stream));
  await until(() => clock.pending === 1);
  clock.pass(5);
  expect((await answered).status).toBe(408);
});

test("a body that breaks off is 400, and so is one of a client that disconnects", async () => {
  const { handler, clock, refused } = createWebhook();
  expect((await handler(post(createBody([bytes("[")], { breaks: true }).stream))).status).toBe(400);
  const gone = new AbortController();
  const answered = handler(post(createBody([], { hangs: true }).stream, { signal: gone.signal }));
  await until(() => clock.pending === 1);
  gone.abort();
  expect([(await answered).status, clock.pending]).toEqual([400, 0]);
  expect(refused).toMatchObject([{ error: { cause: { message: "reset" } } }, { error: { cause: { code: "ABORTED" } } }]);
});

test("a stream of text is no body", async () => {
  const { handler, refused } = createWebhook();
  expect((await handler(post(createBody([bytes("7"), "{}"]).stream))).status).toBe(400);
  expect(refused).toMatchObject([{ error: { cause: { message: "The body is no stream of bytes." } } }]);
});

test("a body that somebody has read, or is reading, tells the developer what to do", async () => {
  const { handler, refused } = createWebhook();
  const [used, locked] = [post(), post()];
  await used.json();
  locked.body?.getReader();
  for (const request of [used, locked]) {
    const response = await handler(request);
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining("mount the handler before the body parser")]);
  }
  expect(refused).toMatchObject([
    { status: 500, error: { code: "BAD_INPUT" } },
    { status: 500, error: { code: "BAD_INPUT" } },
  ]);
});

test("what handle rejects with otherwise is 500 with an empty body", async () => {
  const bug = new Error(`bug with ${goodToken}`);
  const { handler, refused } = createWebhook({ handle: () => Promise.reject(bug) });
  const response = await handler(post());
  expect([response.status, await response.text(), refused]).toEqual([500, "", [{ error: bug, status: 500 }]]);
  const sync = createWebhook({
    handle: () => {
      throw bug;
    },
  });
  expect((await sync.handler(post())).status).toBe(500);
});

test("what nothing waits for is passed on, with the tenant, before the answer", async () => {
  const onUnmatched = vi.fn();
  const { handler } = createWebhook({ handle: async () => ({ settled: [], unmatched }), onUnmatched });
  expect((await handler(post())).status).toBe(202);
  expect(onUnmatched.mock.calls).toEqual([[unmatched, { tenantId: "tenant-1" }]]);
});

test("without anything unmatched, nothing is passed on; without onUnmatched it is 202 all the same", async () => {
  const onUnmatched = vi.fn();
  await createWebhook({ onUnmatched }).handler(post());
  expect(onUnmatched).not.toHaveBeenCalled();
  expect((await createWebhook({ handle: async () => ({ settled: [], unmatched }) }).handler(post())).status).toBe(202);
});

test("when passing on fails the answer is 500, so that Graph may send again", async () => {
  for (const onUnmatched of [
    () => Promise.reject(new Error("down")),
    () => {
      throw new Error("down");
    },
  ]) {
    const { handler, refused } = createWebhook({ handle: async () => ({ settled: [], unmatched }), onUnmatched });
    const response = await handler(post());
    expect([response.status, await response.text()]).toEqual([500, ""]);
    expect(refused).toMatchObject([{ status: 500, error: { message: "down" } }]);
  }
});

test("passing on that hangs is given up after ten seconds with 500", async () => {
  const onUnmatched = vi.fn(() => new Promise(() => {}));
  const { handler, clock, refused } = createWebhook({ handle: async () => ({ settled: [], unmatched }), onUnmatched });
  const answered = handler(post());
  await until(() => onUnmatched.mock.calls.length === 1 && clock.pending === 1);
  clock.pass(10_000);
  expect([(await answered).status, clock.pending]).toEqual([500, 0]);
  expect(refused).toMatchObject([{ error: { code: "TIMEOUT" } }]);
});

test("an onRefused that throws or rejects changes no answer", async () => {
  const throwing = () => {
    throw new Error("log");
  };
  for (const onRefused of [throwing, () => Promise.reject(new Error("log"))]) {
    expect((await createWebhook({ onRefused }).handler(post("7"))).status).toBe(400);
  }
});

test.each<[string, unknown[], string]>([
  ["no client", [undefined, {}], "the first argument must be the client"],
  ["a client without notifications", [{}, {}], "it has no notifications.handle"],
  ["no verifier", [{ notifications: { handle() {} } }, undefined], "the second argument must be the verifier"],
  ["a verifier without verify", [{ notifications: { handle() {} } }, {}], "it has no verify"],
  ["an option that is unknown", [{ notifications: { handle() {} } }, { verify() {} }, { onRefuse() {} }], "did you mean onRefused?"],
  ["a time that is none", [{ notifications: { handle() {} } }, { verify() {} }, { bodyTimeoutMs: 0 }], "bodyTimeoutMs must be"],
  ["a runtime that is none", [{ notifications: { handle() {} } }, { verify() {} }, {}, { x: 1 }], "the fourth argument is for tests"],
])("%s is bad input at once", (_, args, message) => {
  const error = thrownBy(() => Reflect.apply(createNotificationHandler, undefined, args));
  expect([error.code, error.message]).toEqual(["BAD_INPUT", expect.stringContaining(message)]);
});
