// What becomes of notifications that settle, repeat, come too late, end a call, or are for somebody else.
import { createRecordingClient } from "teams-recording-status";
import { parseCommsNotifications } from "teams-recording-status/notifications";
import { createFakeGraph } from "teams-recording-status/testing";
import { describe, expect, test } from "vitest";
import { outcome } from "../support/outcome.ts";
import { createBot, nothing, running, settled } from "./bot.ts";
import { body, call, callId, inUpperCase, operation, operationId } from "./posted.ts";

describe("after it", () => {
  test("a repeat is in neither list", async () => {
    const bot = createBot();
    await bot.start();
    await bot.answer(running);
    expect((await bot.post(operation())).settled).toEqual(settled);
    for (let time = 0; time < 3; time++) expect(await bot.post(operation())).toEqual(nothing);
  });

  test("the same twice in one body settles once", async () => {
    const bot = createBot();
    await bot.start();
    await bot.answer(running);
    expect(await bot.post(operation(), operation(), operation({ status: "failed" }))).toEqual({ settled, unmatched: [] });
  });

  test("after the deadline it is unmatched, not lost: waiting again and handing it in again settles", async () => {
    const bot = createBot();
    const { graph } = bot;
    const wait = () => outcome(graph.waitForOperation(callId, running, { deadlineMs: 1_000 }));
    const late = wait();
    await bot.clock.advance(1_000);
    expect(late.error).toMatchObject({ code: "OUTCOME_UNKNOWN", mayBeInEffect: true });
    const { unmatched } = await bot.post(operation());
    expect(unmatched).toMatchObject([{ kind: "operation", operationId, status: "completed" }]);
    const again = wait();
    const made = JSON.parse(JSON.stringify({ notifications: unmatched }));
    expect(await graph.notifications.handle(made)).toEqual({ settled, unmatched: [] });
    await bot.settle();
    expect(again.value).toMatchObject({ status: "completed", resultInfo: { code: 200, subcode: 0, message: "As posted." } });
  });

  test("in the instant of the deadline, list and outcome agree", async () => {
    for (const first of ["deadline", "notification"] as const) {
      const bot = createBot();
      const stop = new AbortController();
      const wait = outcome(bot.graph.waitForOperation(callId, running, { signal: stop.signal }));
      await bot.settle();
      const abort = () => stop.abort(new Error("over"));
      if (first === "deadline") abort();
      const handled = bot.graph.notifications.handle(body(operation()));
      if (first === "notification") abort();
      expect(await handled).toMatchObject(
        first === "deadline" ? { settled: [], unmatched: [{ operationId }] } : { settled, unmatched: [] },
      );
      await bot.settle();
      expect(wait.error?.code ?? wait.value?.status).toBe(first === "deadline" ? "ABORTED" : "completed");
    }
  });

  test("between the answer of a plain report and the wait for it, it is handed back and remembered", async () => {
    const bot = createBot();
    const reported = outcome(bot.graph.updateRecordingStatus(callId, { status: "recording", clientContext: "c" }));
    await bot.settle();
    await bot.answer(null);
    const { unmatched } = await bot.post(operation({ context: "c" }));
    expect(unmatched).toHaveLength(1);
    const copy = { ...reported.value, id: undefined, status: null };
    const wait = outcome(bot.graph.waitForOperation(callId, copy));
    await bot.settle();
    expect(wait.value).toMatchObject({ id: operationId, status: "completed" });
    // Whoever hands it in again, as it came back, hears that it has settled.
    expect((await bot.graph.notifications.handle({ notifications: unmatched })).settled).toEqual(settled);
    expect(await bot.graph.notifications.handle({ notifications: unmatched })).toEqual(nothing);
  });

  test("everybody who waits is told, and it is settled once", async () => {
    const bot = createBot();
    const waits = [1, 2, 3].map(() => outcome(bot.graph.waitForOperation(callId, running)));
    await bot.settle();
    expect(await bot.post(operation())).toEqual({ settled, unmatched: [] });
    expect(waits.map(({ value }) => value?.status)).toEqual(Array(3).fill("completed"));
  });

  test("what nobody here knows is unmatched, a call that is over as well", async () => {
    const bot = createBot();
    const { unmatched } = await bot.post(operation(), call("terminated"), call("established"));
    expect(unmatched).toMatchObject([{ kind: "operation" }, { kind: "call", status: "terminated" }]);
  });
});

describe("the closing report", () => {
  test("waits for its notification, too", async () => {
    const bot = createBot();
    const { starting } = await bot.start();
    await bot.answer({ id: "first", status: "completed" });
    const stopped = outcome(starting.value?.stop() ?? Promise.reject(new Error("not started")));
    await bot.settle();
    await bot.answer({ id: "second", status: "running" });
    await bot.clock.advance(10_000);
    expect(stopped.done).toBe(false);
    await bot.post(operation({ id: "first" }));
    expect(stopped.done).toBe(false);
    await bot.post(operation({ id: "second" }));
    expect(stopped.value).toMatchObject({ reason: "stopped", reported: "notRecording", error: undefined });
  });
});

describe("a call that is over", () => {
  test.each<[string, unknown]>([
    ["terminated", call("terminated")],
    ["Terminated, in upper-case ids", call("Terminated", { id: inUpperCase(callId) })],
    ["deleted", call("established", { changeType: "Deleted" })],
    ["deleted, without data", { changeType: "deleted", resource: `/app/calls/${callId}` }],
  ])("ends its recording as callEnded, and nothing is reported: %s", async (_, notification) => {
    const bot = createBot();
    const { starting } = await bot.start();
    await bot.answer({ id: operationId, status: "completed" });
    expect(await bot.post(notification)).toEqual(nothing);
    expect(await starting.value?.ended).toMatchObject({ reason: "callEnded", reported: undefined, error: undefined });
    expect(() => starting.value?.assertRecording()).toThrow(expect.objectContaining({ code: "NOT_PERMITTED" }));
    expect(bot.sent).toHaveLength(1);
    expect(await bot.post(notification)).toEqual(nothing);
  });

  test("ends a start that waits for its end", async () => {
    const bot = createBot();
    const { starting, persisted } = await bot.start();
    await bot.answer(running);
    await bot.post(call("terminated"));
    expect([starting.error?.code, persisted, bot.sent.length]).toEqual(["ABORTED", [], 1]);
    expect(bot.clock.pending).toBe(0);
  });

  test("a call that is terminating, or another one, ends nothing", async () => {
    const bot = createBot();
    const { starting } = await bot.start();
    await bot.answer({ id: operationId, status: "completed" });
    await bot.post(call("terminating"), call("terminated", { id: "other" }));
    expect(starting.value?.state).toBe("recording");
  });
});

describe("what is handed in", () => {
  test("a body, the parser's result, and that after a way as JSON mean the same", async () => {
    const json = body(operation());
    const parsed = parseCommsNotifications(json);
    for (const payload of [json, parsed, JSON.parse(JSON.stringify(parsed)), { notifications: parsed.notifications }]) {
      const bot = createBot();
      const wait = outcome(bot.graph.waitForOperation(callId, running));
      await bot.settle();
      expect(await bot.graph.notifications.handle(payload)).toEqual({ settled, unmatched: [] });
      await bot.settle();
      expect(wait.value?.status).toBe("completed");
    }
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["an empty object", {}],
    ["a text", "x"],
    ["a notification of no kind", { notifications: [{ callId }] }],
    ["a number among them", { notifications: [1] }],
    ["an id that is none", { notifications: [{ kind: "operation", callId: 1 }] }],
  ])("%s is BAD_NOTIFICATION, and nothing of it is used", async (_, payload) => {
    const bot = createBot();
    await expect(bot.graph.notifications.handle(payload)).rejects.toMatchObject({ code: "BAD_NOTIFICATION" });
  });

  test("one that is garbage beside one that counts: nothing is used, and the message names it", async () => {
    const bot = createBot();
    const wait = outcome(bot.graph.waitForOperation(callId, running));
    await bot.settle();
    await expect(bot.post(operation(), 5)).rejects.toThrow("value[1]");
    expect(wait.done).toBe(false);
  });
});

describe("close", () => {
  test("ends who waits; what comes after it is unmatched", async () => {
    const bot = createBot();
    const wait = outcome(bot.graph.waitForOperation(callId, running));
    await bot.settle();
    await bot.graph.close();
    expect(wait.error?.code).toBe("CLOSED");
    expect((await bot.post(operation())).unmatched).toHaveLength(1);
  });
});

test("what is remembered is bounded, by count and by age", async () => {
  const bot = createBot();
  const { graph } = bot;
  const told = async (id: string) => {
    await bot.post(operation({ call: id, id }));
    const wait = outcome(graph.waitForOperation(id, { id, status: "running" }, { deadlineMs: 1 }));
    await bot.clock.advance(1);
    return wait.value?.status ?? wait.error?.code;
  };
  const reportRunning = async (id: string) => {
    const reported = outcome(graph.updateRecordingStatus(id, { status: "recording" }));
    await bot.settle();
    await bot.answer({ id, status: "running" });
    expect(reported.done).toBe(true);
  };
  await reportRunning("first");
  expect(await told("first")).toBe("completed");
  await reportRunning("second");
  await bot.clock.advance(600_000);
  expect(await told("second")).toBe("OUTCOME_UNKNOWN");
  for (let n = 0; n < 1_001; n++) await reportRunning(`call-${n}`);
  expect(await told("call-0")).toBe("OUTCOME_UNKNOWN");
  expect(await told("call-1000")).toBe("completed");
});

describe("the fake Graph of ./testing", () => {
  const connect = () => {
    const fake = createFakeGraph();
    const { baseUrl, fetch, credential, clock } = fake;
    const graph = createRecordingClient({ baseUrl, fetch, credential }, clock);
    fake.onNotification((payload) => void graph.notifications.handle(payload));
    fake.addCall(callId);
    return { fake, graph, clock };
  };

  test("a start whose polls are refused is confirmed by the notification, and not before", async () => {
    const { fake, graph, clock } = connect();
    fake.script({ becomes: "completed", becomesAfterMs: 5_000, unreadable: 403 });
    const starting = outcome(graph.startRecording(callId, { recorder: fake.recorder(callId) }));
    await clock.advance(4_999);
    expect(starting.done).toBe(false);
    await clock.advance(1);
    expect(starting.value?.state).toBe("recording");
    fake.endCall(callId);
    expect(await starting.value?.ended).toMatchObject({ reason: "callEnded" });
    expect(fake.violations()).toEqual([]);
  });
});
