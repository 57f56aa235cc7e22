// Abort, at every place where a call can wait: it ends at once, says why, and leaves nothing behind.
import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { createFaultClock, settle } from "../support/fault-clock.ts";
import { startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";
import { failOnStrays } from "./guard.ts";
import { completedResponse, connect, failureOf, report, watch } from "./harness.ts";
import { stages } from "./stages.ts";

failOnStrays();

const listeners = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

describe.each(stages)("while it waits for $name", ({ begin, sent }) => {
  test("abort ends it at once with ABORTED, whose cause is the reason", async () => {
    const controller = new AbortController();
    const waiting = await begin({ signal: controller.signal });
    const seen = watch(waiting.call);
    expect([seen.done, waiting.sent()]).toEqual([false, sent]);
    const reason = { why: "the bot leaves" };
    controller.abort(reason);
    await settle();
    expect(seen.error).toMatchObject({ code: "ABORTED", retryable: false });
    expect(seen.error?.cause).toBe(reason);
    expect(listeners(controller.signal)).toBe(0);
    await waiting.clock.advance(50_000);
    expect(waiting.sent()).toBe(sent);
    await waiting.end();
    expect(waiting.clock.pending).toBe(0);
  });

  test("close ends it at once with CLOSED", async () => {
    const waiting = await begin({});
    const seen = watch(waiting.call);
    await waiting.end();
    await settle();
    expect(seen.error).toMatchObject({ code: "CLOSED" });
    expect([waiting.sent(), waiting.clock.pending]).toEqual([sent, 0]);
  });
});

test.each(["a plain reason", 0, null, "", false, new Error("mine")])("the reason %o is the cause as it is", async (reason) => {
  const { graph } = connect("http://127.0.0.1:9");
  const error = await failureOf(report(graph, { signal: AbortSignal.abort(reason) }));
  expect(error).toMatchObject({ code: "ABORTED" });
  expect(error.cause).toBe(reason);
});

test("a signal that is aborted already: no token is asked for, nothing is sent, no timer is set", async () => {
  const clock = createFaultClock();
  const asked: string[] = [];
  const credential = { getToken: async () => ({ token: `${asked.push("token")}`, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };
  const fetch = async () => {
    asked.push("request");
    return completedResponse();
  };
  const { graph, records } = connect("http://127.0.0.1:9", { credential, fetch }, clock.runtime);
  const signal = AbortSignal.abort();
  const error = await failureOf(report(graph, { signal }));
  expect(error.cause).toBe(signal.reason);
  expect((await failureOf(graph.waitForOperation("c", { id: "1", status: "running" }, { signal }))).code).toBe("ABORTED");
  expect([asked, clock.pending, listeners(signal)]).toEqual([[], 0, 0]);
  expect(records).toMatchObject([{ outcome: "ABORTED", attempt: 0 }]);
  await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
});

test("a credential that rejects after its callers have gone disturbs nobody", async () => {
  const getToken = (_: unknown, options: { abortSignal?: AbortSignal } = {}) =>
    new Promise<never>((_, reject) => {
      options.abortSignal?.addEventListener("abort", () => setTimeout(() => reject(new Error("AbortError")), 5));
    });
  const { graph } = connect("http://127.0.0.1:9", { credential: { getToken } });
  const controller = new AbortController();
  const calls = ["a", "b"].map((id) => failureOf(report(graph, { signal: controller.signal }, id)));
  await settle();
  controller.abort();
  expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(["ABORTED", "ABORTED"]);
  await new Promise((resolve) => setTimeout(resolve, 20));
});

test("an abort after the end changes nothing", async () => {
  await using server = await startFaultServer();
  const controller = new AbortController();
  const { graph, records } = connect(server.url);
  const operation = report(graph, { signal: controller.signal });
  await expect(operation).resolves.toMatchObject({ status: "completed" });
  controller.abort();
  await settle();
  expect(records).toHaveLength(1);
});

test.each([
  ["before it answered", steps.stall],
  ["amid its answer", steps.stallAmidBody(200)],
  ["amid a refusal", steps.stallAmidBody(507)],
])("on a real connection: the server sees it closed %s", async (_, step) => {
  await using server = await startFaultServer([step]);
  const controller = new AbortController();
  const { graph, records } = connect(server.url);
  const call = failureOf(report(graph, { signal: controller.signal }));
  await server.arrived(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  controller.abort("enough");
  expect(await call).toMatchObject({ code: "ABORTED", cause: "enough" });
  await server.requests[0]?.closed;
  expect(records.map(({ outcome }) => outcome)).toEqual(["ABORTED"]);
  await expect(report(graph)).resolves.toMatchObject({ status: "completed" });
  expect(records[1]).toMatchObject({ previousAttemptUnknown: true });
});

test("one abort ends many calls, at whatever stage, and leaves the others alone", async () => {
  await using server = await startFaultServer(({ url }) => (url.includes("good") ? steps.completed() : steps.stall));
  const controller = new AbortController();
  const { graph } = connect(server.url, { maxConcurrency: 10 });
  const calls = Array.from({ length: 100 }, (_, i) => failureOf(report(graph, { signal: controller.signal }, `bad-${i % 40}`)));
  await server.arrived(10);
  const good = report(graph, {}, "good");
  controller.abort();
  expect(new Set((await Promise.all(calls)).map(({ code }) => code))).toEqual(new Set(["ABORTED"]));
  await expect(good).resolves.toMatchObject({ status: "completed" });
  expect([listeners(controller.signal), server.requests.length]).toEqual([0, 11]);
});
