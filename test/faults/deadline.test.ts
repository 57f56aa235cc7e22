// The deadline, at every place where a call can wait, and the time-out of one attempt. In virtual time.
import { describe, expect, test } from "vitest";
import { createFaultClock } from "../support/fault-clock.ts";
import { failOnStrays } from "./guard.ts";
import { completedResponse, connect, failureOf, report, silence, statusResponse, watch } from "./harness.ts";
import { stages } from "./stages.ts";

failOnStrays();

const url = "http://127.0.0.1:9";
const deadlineMs = 31_000;

describe.each(stages)("while it waits for $name", ({ begin, name }) => {
  // A request for a token has a bound of its own, 20 s.
  const inTime = name.startsWith("the token") ? "CREDENTIAL" : "DEADLINE";
  const code = name.includes("poll") ? "OUTCOME_UNKNOWN" : inTime;

  test(`it ends on time with ${code}`, async () => {
    const waiting = await begin({ deadlineMs });
    const began = waiting.clock.now;
    const seen = watch(waiting.call.finally(() => {}));
    while (!seen.done && waiting.clock.now < began + 2 * deadlineMs) await waiting.clock.advance(50);
    expect(seen.error?.code).toBe(code);
    expect(waiting.clock.now - began).toBeLessThanOrEqual(deadlineMs + 50);
    if (code === "DEADLINE") expect(waiting.outcomes().at(-1)).toBe("DEADLINE");
    await waiting.end();
    expect(waiting.clock.pending).toBe(0);
  });
});

test("a deadline of 0 sends nothing", async () => {
  const fetch = async () => completedResponse();
  const { graph, records } = connect(url, { fetch });
  expect(await failureOf(report(graph, { deadlineMs: 0 }))).toMatchObject({ code: "DEADLINE" });
  expect(records).toMatchObject([{ outcome: "DEADLINE", attempt: 0 }]);
});

test("the deadline keeps the last failure as its cause", async () => {
  const clock = createFaultClock(() => 0.999);
  const { graph } = connect(url, { fetch: async () => statusResponse(503), deadlineMs: 1_000 }, clock.runtime);
  const seen = watch(report(graph));
  await clock.advance(1_000);
  expect(seen.error).toMatchObject({ code: "DEADLINE", cause: { code: "HTTP", status: 503 } });
});

test("a back-off that would pass the deadline rejects at once", async () => {
  const clock = createFaultClock(() => 0.999);
  const { graph } = connect(url, { fetch: async () => statusResponse(503), deadlineMs: 500 }, clock.runtime);
  const seen = watch(report(graph));
  await clock.advance(0);
  expect(seen.error).toMatchObject({ code: "DEADLINE", cause: { status: 503 } });
});

test("the time of one attempt begins with its slot, not with its call", async () => {
  const clock = createFaultClock();
  const fetch = async (_: string, init: RequestInit) => silence(init);
  const options = { fetch, maxConcurrency: 1, attemptTimeoutMs: 1_000, deadlineMs: 10_000, retry: { limit: 0 } };
  const { graph, records } = connect(url, options, clock.runtime);
  const calls = ["a", "b", "c"].map((id) => watch(report(graph, {}, id)));
  await clock.advance(999);
  expect(calls.map(({ done }) => done)).toEqual([false, false, false]);
  await clock.advance(1);
  expect(calls.map(({ error }) => error?.code)).toEqual(["TIMEOUT", undefined, undefined]);
  await clock.advance(2_000);
  expect(calls.map(({ error }) => error?.code)).toEqual(["TIMEOUT", "TIMEOUT", "TIMEOUT"]);
  expect(records.map(({ startedAt, endedAt }) => endedAt - startedAt)).toEqual([1_000, 1_000, 1_000]);
});

test.each([
  [200, "TIMEOUT"],
  [403, "HTTP"],
])("the time of one attempt covers the body of a %i: %s, also when the body is deaf to signals", async (status, code) => {
  const clock = createFaultClock();
  const fetch = async () => new Response(new ReadableStream({}), { status });
  const { graph } = connect(url, { fetch, attemptTimeoutMs: 1_000, deadlineMs: 10_000, retry: { limit: 0 } }, clock.runtime);
  const seen = watch(report(graph));
  await clock.advance(1_000);
  expect(seen.error).toMatchObject(code === "HTTP" ? { code, status } : { code });
});

test("a credential that hangs is told to stop, once nobody waits for it", async () => {
  const clock = createFaultClock();
  const signals: AbortSignal[] = [];
  const getToken = (_: unknown, options: { abortSignal?: AbortSignal } = {}) => {
    if (options.abortSignal !== undefined) signals.push(options.abortSignal);
    return new Promise<never>(() => {});
  };
  const { graph } = connect(url, { credential: { getToken } }, clock.runtime);
  const calls = [1_000, 2_000].map((deadlineMs) => watch(report(graph, { deadlineMs }, `call-${deadlineMs}`)));
  await clock.advance(1_000);
  expect([calls[0]?.error?.code, signals.map(({ aborted }) => aborted)]).toEqual(["DEADLINE", [false]]);
  await clock.advance(1_000);
  expect([calls[1]?.error?.code, signals.map(({ aborted }) => aborted)]).toEqual(["DEADLINE", [true]]);
  expect(clock.pending).toBe(0);
});

test.each([
  ["of 35 days", "3000000"],
  ["of ages", "99999999999999"],
  ["beyond numbers", "9".repeat(400)],
])("a Retry-After %s, which no timer can keep, is not shortened: one poll", async (_, value) => {
  const clock = createFaultClock();
  let polls = 0;
  const fetch = async () => {
    polls++;
    return statusResponse(429, { "retry-after": value });
  };
  const { graph } = connect(url, { fetch }, clock.runtime);
  const seen = watch(graph.waitForOperation("c", { id: "1", status: "running" }, { deadlineMs: 400 }));
  await clock.advance(400);
  expect([seen.error?.code, polls, clock.pending]).toEqual(["OUTCOME_UNKNOWN", 1, 0]);
});

test("a token that is about to expire when its call gets a slot is not sent", async () => {
  const clock = createFaultClock();
  const tokens: (string | null)[] = [];
  let asked = 0;
  const getToken = async () => ({
    token: `token-${++asked}`,
    expiresOnTimestamp: clock.now + 10_000,
    refreshAfterTimestamp: clock.now + 10_000,
  });
  const fetch = async (_: string, init: RequestInit) => {
    if (tokens.push(new Headers(init.headers).get("authorization")) === 1) return await silence(init);
    return completedResponse();
  };
  const options = { credential: { getToken }, fetch, maxConcurrency: 1, attemptTimeoutMs: 9_500, deadlineMs: 60_000, retry: { limit: 0 } };
  const { graph } = connect(url, options, clock.runtime);
  const [, second] = [watch(report(graph, {}, "a")), watch(report(graph, {}, "b"))];
  await clock.advance(9_500);
  expect([second?.value?.status, tokens]).toEqual(["completed", ["Bearer token-1", "Bearer token-2"]]);
});
