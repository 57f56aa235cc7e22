// After `close` nothing new is sent, what was under way has ended, and the process can exit.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { createFaultClock, settle } from "../support/fault-clock.ts";
import { type SeenRequest, startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";
import { failOnStrays } from "./guard.ts";
import { completedResponse, connect, failureOf, report, watch } from "./harness.ts";

failOnStrays();

test("calls under way reject with CLOSED, new ones too, and nothing more is sent", async () => {
  await using server = await startFaultServer(() => steps.stall);
  const { graph, records } = connect(server.url, { maxConcurrency: 2 });
  const calls = ["a", "a", "b", "c"].map((id) => failureOf(report(graph, {}, id)));
  await server.arrived(2);
  await graph.close();
  expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(Array(4).fill("CLOSED"));
  expect(records.map(({ outcome }) => outcome)).toEqual(Array(4).fill("CLOSED"));
  expect((await failureOf(report(graph))).code).toBe("CLOSED");
  expect((await failureOf(graph.waitForOperation("c", { id: "1", status: "running" }))).code).toBe("CLOSED");
  await Promise.all(server.requests.map(({ closed }) => closed));
  expect(server.requests).toHaveLength(2);
});

test("what has succeeded stays a success", async () => {
  await using server = await startFaultServer();
  const { graph } = connect(server.url);
  const call = report(graph);
  await call;
  await graph.close();
  await expect(call).resolves.toMatchObject({ status: "completed" });
});

test("it resolves when all have settled, is idempotent, and works as a disposal", async () => {
  await using server = await startFaultServer(() => steps.stall);
  const { graph } = connect(server.url);
  const seen = watch(report(graph));
  await server.arrived(1);
  await Promise.all([graph.close(), graph.close({ deadlineMs: 10 }), graph[Symbol.asyncDispose]()]);
  expect(seen.error?.code).toBe("CLOSED");
  await graph.close();
});

test("a refresh of the token in the background, whose credential hangs, leaves no timer behind", async () => {
  const clock = createFaultClock();
  let asked = 0;
  const getToken = async () => {
    if (++asked > 1) return await new Promise<never>(() => {});
    return { token: "a-token", expiresOnTimestamp: clock.now + 3_600_000, refreshAfterTimestamp: clock.now - 1 };
  };
  const { graph } = connect("http://127.0.0.1:9", { fetch: async () => completedResponse(), credential: { getToken } }, clock.runtime);
  await report(graph);
  await clock.advance(10_000);
  await report(graph);
  await settle();
  expect(asked).toBe(2);
  await graph.close();
  await settle();
  expect(clock.pending).toBe(0);
});

describe("the process exits by itself", () => {
  const script = fileURLToPath(new URL("./close-and-exit.ts", import.meta.url));
  const hinder = ({ url }: SeenRequest) => {
    if (url.includes("throttled")) return steps.throttled("20");
    if (url.includes("body")) return steps.stallAmidBody();
    return url.includes("stalled") ? steps.stall : steps.completed();
  };
  test.concurrent.each([
    ["idle", "with connections that are kept alive", ["completed", "completed", "CLOSED"]],
    ["busy", "with requests, bodies, retries, queues, polls and tokens under way", Array<string>(7).fill("CLOSED")],
    ["refresh", "with a refresh in the background that hangs", ["completed", "completed", "CLOSED"]],
  ])("%s: %s", async (way, _, outcomes) => {
    await using server = await startFaultServer(hinder);
    const { stdout } = await promisify(execFile)(process.execPath, [script, server.url, way], { timeout: 8_000 });
    expect(JSON.parse(stdout)).toEqual(outcomes);
  });
});
