import { describe, expect, test } from "vitest";
import type { OperationReference } from "../../src/index.ts";
import { completed, createObservedClient, type Handler, outcome, silence, status } from "./observed-client.ts";

const running: OperationReference = { id: "op", status: "running" };
const still = () => Response.json({ id: "op", status: "running" });

function waiting(handler: Handler, operation: OperationReference = running, options = {}) {
  const observed = createObservedClient(handler);
  return { ...observed, wait: outcome(observed.graph.waitForOperation("c/1", operation, options)) };
}

test("polls the operation on the configured origin until it has completed, ever more slowly", async () => {
  const location = "https://evil.example/operations/op";
  const { clock, sent, wait } = waiting((_, count) => (count < 4 ? still() : completed()), { ...running, location });
  await clock.advance(60_000);
  expect(wait.value).toMatchObject({ id: "op", status: "completed", location });
  expect(sent.map(({ url }) => url)).toEqual(Array(4).fill("https://graph.microsoft.com/v1.0/communications/calls/c%2F1/operations/op"));
  expect(sent.map(({ at }) => at - 1_000_000)).toEqual([250, 750, 1_750, 3_750]);
  expect(sent[0]?.body).toBeUndefined();
});

describe("without a request", () => {
  test.each(["completed", "Completed"])("an operation that is %s is returned", async (state) => {
    const { clock, sent, wait } = waiting(still, { id: "op", status: state });
    await clock.advance(0);
    expect([wait.value?.status, sent.length]).toEqual(["completed", 0]);
  });

  test("one that failed rejects", async () => {
    const { clock, sent, wait } = waiting(still, { id: "op", status: "Failed", resultInfo: { code: 500, subcode: 7, message: "m" } });
    await clock.advance(0);
    expect(wait.error).toMatchObject({ code: "OPERATION_FAILED", message: expect.stringContaining("500/7 m") });
    expect(sent).toHaveLength(0);
  });

  test("one without an id is unknown", async () => {
    const { clock, sent, wait } = waiting(still, { id: undefined, status: null });
    await clock.advance(0);
    expect([wait.error?.code, sent.length]).toEqual(["OUTCOME_UNKNOWN", 0]);
  });

  test.each([
    ["", running],
    ["c", undefined],
    ["c", { id: "..", status: "running" }],
    ["c", { id: "op", status: 5 }],
    ["c", { id: 5, status: "running" }],
  ])("call %j and operation %o are bad input", async (callId, operation) => {
    const { graph } = createObservedClient(still);
    await expect(graph.waitForOperation(callId, operation as never)).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});

test("an operation that ends as failed rejects with its details", async () => {
  const { clock, wait } = waiting(() => completed({ status: "failed", resultInfo: { code: "412", subcode: "9999", message: "m" } }));
  await clock.advance(250);
  expect(wait.error).toMatchObject({ code: "OPERATION_FAILED", operation: { resultInfo: { code: 412, subcode: 9999 } } });
});

test("at the deadline the outcome is unknown, and the last error is the cause: a 404 is no failure", async () => {
  const { clock, wait } = waiting(() => status(404), running, { deadlineMs: 2_000 });
  await clock.advance(1_999);
  expect(wait.done).toBe(false);
  await clock.advance(1);
  expect(wait.error).toMatchObject({ code: "OUTCOME_UNKNOWN", cause: { code: "HTTP", status: 404 } });
});

test.each([
  ["404", () => status(404)],
  ["429", () => status(429)],
  ["500", () => status(500)],
  ["503", () => status(503)],
  ["HTML", () => new Response("<html>")],
  ["a lost connection", () => Promise.reject(new TypeError("fetch failed"))],
  ["an unknown status", () => completed({ status: "Hovering" })],
  ["an empty answer", () => new Response(null, { status: 204 })],
])("%s ends nothing: the next poll may tell", async (_, answer) => {
  const { clock, wait } = waiting((__, count) => (count === 1 ? answer() : completed()));
  await clock.advance(750);
  expect(wait.value?.status).toBe("completed");
});

test.each([400, 401, 403])("%d ends the polling, not the waiting: until the deadline a notification can still tell", async (code) => {
  const { clock, sent, wait } = waiting(() => status(code));
  await clock.advance(49_999);
  expect([sent.length, wait.done]).toEqual([1, false]);
  await clock.advance(1);
  expect(wait.error).toMatchObject({ code: "OUTCOME_UNKNOWN", cause: { status: code } });
  expect(clock.pending).toBe(0);
});

test("Retry-After is obeyed", async () => {
  const { clock, sent, wait } = waiting((_, count) => (count === 1 ? status(429, { "retry-after": "9" }) : completed()));
  await clock.advance(250 + 8_999);
  expect(sent).toHaveLength(1);
  await clock.advance(1);
  expect(wait.value?.status).toBe("completed");
});

test("a silent poll ends with its attempt, and the next one may tell", async () => {
  const { clock, wait } = waiting(({ signal }, count) => (count === 1 ? silence(signal) : completed()));
  await clock.advance(250 + 10_000 + 500);
  expect(wait.value?.status).toBe("completed");
});

test("an abort ends it at once, while it pauses and while it polls", async () => {
  for (const after of [100, 300]) {
    const abort = new AbortController();
    const { clock, wait } = waiting(({ signal }) => silence(signal), running, { signal: abort.signal });
    await clock.advance(after);
    abort.abort("why");
    await clock.advance(0);
    expect(wait.error).toMatchObject({ code: "ABORTED", cause: "why" });
    expect(clock.pending).toBe(0);
  }
});
