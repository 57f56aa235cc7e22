// Statuses that are repeated and statuses that are not, and what stays the same from attempt to attempt.
import { describe, expect, test } from "vitest";
import { createFaultClock } from "../support/fault-clock.ts";
import { startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";
import { retryableStatuses } from "../support/spec.ts";
import { failOnStrays } from "./guard.ts";
import { completedResponse, connect, failureOf, guid, report, statusResponse, watch } from "./harness.ts";

failOnStrays();

const context = { status: "recording", clientContext: "context-1" };

const others = [
  400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 415, 422, 423, 425, 428, 431, 451, 500, 501, 505, 507, 599,
];

test.concurrent.each(others.filter((status) => !retryableStatuses.includes(status)))("%i is never repeated", async (status) => {
  await using server = await startFaultServer(() => steps.refused(status));
  const { graph, records } = connect(server.url);
  expect(await failureOf(report(graph))).toMatchObject({ code: "HTTP", status, graphCode: "x", retryable: false });
  expect([server.requests.length, records.map(({ outcome }) => outcome)]).toEqual([1, ["HTTP"]]);
});

test.concurrent("Retry-After is obeyed on a real clock", async () => {
  await using server = await startFaultServer([steps.throttled("1")]);
  await expect(report(connect(server.url).graph)).resolves.toMatchObject({ status: "completed" });
  const [first, second] = server.requests;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(999);
});

test("421 is no attempt more: fetch itself asks once again on a new connection, as its standard says", async () => {
  await using server = await startFaultServer(() => steps.refused(421));
  const { graph, records } = connect(server.url);
  expect(await failureOf(report(graph))).toMatchObject({ code: "HTTP", status: 421 });
  expect([server.requests.length <= 2, records.length]).toEqual([true, 1]);
});

test.concurrent.each(retryableStatuses)("%i is repeated until a good answer", async (status) => {
  await using server = await startFaultServer([steps.refused(status), steps.refused(status)]);
  const { graph, records } = connect(server.url);
  await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
  expect(records.map(({ httpStatus }) => httpStatus)).toEqual([status, status, 200]);
});

test.concurrent.each(retryableStatuses)("%i is repeated at most as often as the limit says", async (status) => {
  await using server = await startFaultServer(() => steps.refused(status));
  const error = await failureOf(report(connect(server.url, { retry: { limit: 2 } }).graph));
  expect(error).toMatchObject({ code: status === 429 ? "THROTTLED" : "HTTP", status, retryable: true });
  expect(server.requests).toHaveLength(3);
  await failureOf(report(connect(server.url, { retry: { limit: 0 } }).graph));
  expect(server.requests).toHaveLength(4);
});

test("a claims challenge is met once: a token with the claims, one request more, never a loop", async () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';
  const challenge = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString("base64")}"`;
  await using server = await startFaultServer(() => steps.answer(401, "", { headers: { "www-authenticate": challenge } }));
  const asked: unknown[] = [];
  const getToken = async (_: unknown, options?: { claims?: string }) => {
    return { token: `token-${asked.push(options?.claims)}`, expiresOnTimestamp: Date.now() + 3_600_000 };
  };
  const { graph } = connect(server.url, { credential: { getToken } });
  expect(await failureOf(report(graph))).toMatchObject({ code: "HTTP", status: 401 });
  expect(asked).toEqual([undefined, claims]);
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("an empty refusal is a refusal", async () => {
  await using server = await startFaultServer([steps.answer(503, ""), steps.answer(400, "")]);
  const error = await failureOf(report(connect(server.url).graph));
  expect(error).toMatchObject({ code: "HTTP", status: 400, graphCode: undefined, excerpt: undefined });
});

test("every attempt of one report says the same under an id of its own", async () => {
  const faults = [steps.refused(503), steps.resetAfterRequest, steps.refused(429), steps.completed()];
  await using server = await startFaultServer(faults);
  const { graph, records } = connect(server.url);
  const operation = await report(graph, { tenantId: "t" });
  expect(server.requests.map(({ body }) => JSON.parse(body))).toEqual([context, context, context, context]);
  const ids = server.requests.map(({ headers }) => headers["client-request-id"]);
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id).toMatch(guid);
  expect(records.map(({ clientRequestId }) => clientRequestId)).toEqual(ids);
  expect(records.map(({ clientContext, attempt }) => [clientContext, attempt])).toEqual(
    [1, 2, 3, 4].map((attempt) => ["context-1", attempt]),
  );
  expect(operation.clientRequestId).toBe(ids[3]);
});

test("two reports never share an id", async () => {
  await using server = await startFaultServer();
  const { graph } = connect(server.url);
  await Promise.all([report(graph), report(graph), report(graph, {}, "other")]);
  expect(new Set(server.requests.map(({ headers }) => headers["client-request-id"])).size).toBe(3);
});

describe("Retry-After is obeyed in full", () => {
  const at = (ms: number) => new Date(Math.floor(createFaultClock().now / 1000) * 1000 + ms).toUTCString();
  test.each([
    ["7", 7_000],
    ["0", 0],
    [" 3 ", 3_000],
    ["1.5", 1_500],
    ["0.0001", 1],
    [at(9_000), 9_000],
    [at(-9_000), 0],
    // What makes no sense asks for nothing: the back-off counts.
    ["-5", 100],
    ["soon", 100],
    ["", 100],
    ["1e3", 100],
    ["0x10", 100],
    ["NaN", 100],
    ["5, 6", 100],
    ["Wed, 32 Foo 2027 99:99:99 GMT", 100],
  ])("%j: after %i ms and not before", async (value, waitMs) => {
    const clock = createFaultClock();
    let requests = 0;
    const fetch = async () => (++requests === 1 ? statusResponse(429, { "retry-after": value }) : completedResponse());
    const { graph, records } = connect("http://127.0.0.1:9", { fetch, deadlineMs: 20_000 }, clock.runtime);
    const call = watch(report(graph));
    await clock.advance(Math.max(0, waitMs - 1));
    expect(requests).toBe(waitMs === 0 ? 2 : 1);
    await clock.advance(1);
    expect([requests, call.value?.status, records[1]?.waitMs]).toEqual([2, "completed", waitMs]);
  });

  test.each(["20", "21", "9007199254740993", "9".repeat(30), at(21_000), "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "%s passes the deadline: THROTTLED at once",
    async (value) => {
      const clock = createFaultClock();
      const fetch = async () => statusResponse(503, { "retry-after": value });
      const call = watch(report(connect("http://127.0.0.1:9", { fetch, deadlineMs: 20_000 }, clock.runtime).graph));
      await clock.advance(0);
      expect(call.error).toMatchObject({ code: "THROTTLED", status: 503 });
      expect(clock.pending).toBe(0);
    },
  );
});
