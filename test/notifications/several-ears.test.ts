// Several who know of one operation, at the same time or one after the other: each hears its end, and the trail tells it once.
import { describe, expect, test } from "vitest";
import { outcome } from "../support/outcome.ts";
import { createBot, nothing, running, settled } from "./bot.ts";
import { body, call, callId, operation, operationId } from "./posted.ts";

const byId = { id: operationId, status: "running" };

test("a wait by hand and the start itself, which has no answer yet", async () => {
  const bot = createBot();
  const { starting } = await bot.start({ clientContext: "c" });
  const wait = outcome(bot.graph.waitForOperation(callId, byId));
  await bot.settle();
  expect(await bot.post(operation({ context: "c" }))).toEqual({ settled, unmatched: [] });
  expect([wait.value?.status, starting.done]).toEqual(["completed", false]);
  await bot.answer(running);
  expect(starting.value?.state).toBe("recording");
});

test("a wait by hand for a context, beside the report that was sent with it", async () => {
  const bot = createBot();
  const reported = outcome(bot.graph.updateRecordingStatus(callId, { status: "notRecording", clientContext: "c" }));
  await bot.settle();
  await bot.answer(null);
  expect(reported.done).toBe(true);
  const wait = outcome(bot.graph.waitForOperation(callId, { id: undefined, status: null, clientContext: "c" }));
  await bot.settle();
  expect((await bot.post(operation({ context: "c" }))).settled).toEqual(settled);
  expect(wait.value?.status).toBe("completed");
});

test("one who was told by a poll, and one who was not", async () => {
  const bot = createBot();
  let polls = 0;
  bot.answerPolls(() => (++polls === 1 ? Response.json({ id: operationId, status: "completed" }) : new Response(null, { status: 404 })));
  const first = outcome(bot.graph.waitForOperation(callId, byId));
  await bot.clock.advance(10);
  const second = outcome(bot.graph.waitForOperation(callId, byId));
  await bot.clock.advance(2_000);
  expect([first.value?.status, second.done]).toEqual(["completed", false]);
  expect((await bot.post(operation())).settled).toEqual(settled);
  expect(second.value?.status).toBe("completed");
});

test("one who comes after the notification was handed back", async () => {
  const bot = createBot();
  const first = outcome(bot.graph.waitForOperation(callId, byId, { deadlineMs: 1_000 }));
  await bot.clock.advance(1_000);
  expect(first.error?.code).toBe("OUTCOME_UNKNOWN");
  expect((await bot.post(operation())).unmatched).toHaveLength(1);
  const second = outcome(bot.graph.waitForOperation(callId, byId));
  await bot.settle();
  expect(second.value?.status).toBe("completed");
});

test("one who waits for a stranger that came while a report was under way", async () => {
  const bot = createBot();
  await bot.start();
  await bot.post(operation({ id: "stranger" }));
  await bot.answer(running);
  const wait = outcome(bot.graph.waitForOperation(callId, { id: "stranger", status: "running" }));
  await bot.settle();
  expect(wait.value?.status).toBe("completed");
});

test("an operation without an id is known by what was sent with it, however many came after it", async () => {
  const bot = createBot();
  const report = async (context: string) => {
    const reported = outcome(bot.graph.updateRecordingStatus(callId, { status: "notRecording", clientContext: context }));
    await bot.settle();
    await bot.answer(null);
    return reported.value;
  };
  const first = await report("first");
  for (let n = 0; n < 1_001; n++) await report(`other-${n}`);
  const wait = outcome(bot.graph.waitForOperation(callId, first ?? running));
  await bot.settle();
  expect((await bot.post(operation({ context: "first" }))).settled).toEqual(settled);
  expect(wait.value?.status).toBe("completed");
});

test("a report's own notification is kept, however many strangers come after it", async () => {
  const bot = createBot();
  const { starting } = await bot.start({ clientContext: "c" });
  const strangers = (from: number) => Array.from({ length: 100 }, (_, n) => operation({ id: `stranger-${from + n}` }));
  await bot.post(...strangers(0), operation({ context: "c" }), ...strangers(100));
  await bot.answer(running);
  expect(starting.value?.state).toBe("recording");
});

describe("the trail", () => {
  test("one record for an operation that two wait for, with the context that was sent and the attempts that left", async () => {
    const bot = createBot();
    const reported = outcome(bot.graph.updateRecordingStatus(callId, { status: "notRecording", clientContext: "sent" }));
    await bot.settle();
    await bot.answer({}, 503);
    await bot.clock.advance(5_000);
    await bot.answer(running);
    const waits = [1, 2].map(() => outcome(bot.graph.waitForOperation(callId, reported.value ?? running)));
    await bot.clock.advance(250);
    await bot.post(operation({ context: "echoed otherwise" }));
    expect(waits.map(({ value }) => value?.status)).toEqual(["completed", "completed"]);
    const told = bot.records.filter(({ kind }) => kind === "outcome");
    expect(told).toEqual([
      expect.objectContaining({ status: "notRecording", clientContext: "sent", attempt: 2, operationId, outcome: "completed" }),
    ]);
    expect(bot.records.filter(({ kind }) => kind === "poll").every(({ clientContext }) => clientContext === "sent")).toBe(true);
  });

  test("the end of a start has the context that we made for it", async () => {
    const bot = createBot();
    await bot.start();
    await bot.answer({ ...running, clientContext: null });
    await bot.post(operation());
    const context = bot.sent[0]?.context;
    expect(bot.records.at(-1)).toMatchObject({
      kind: "outcome",
      outcome: "completed",
      status: "recording",
      clientContext: context,
      attempt: 1,
    });
  });
});

test("who waits by a context hears nothing of a newer report that is sent with it", async () => {
  const bot = createBot();
  const wait = outcome(bot.graph.waitForOperation(callId, { id: undefined, status: null, clientContext: "c" }));
  const newer = outcome(bot.graph.updateRecordingStatus(callId, { status: "failed", clientContext: "c" }));
  await bot.settle();
  await bot.answer({ id: "newer", status: "running", clientContext: "c" });
  expect(newer.value?.id).toBe("newer");
  expect((await bot.post(operation({ id: "newer", context: "c" }))).settled).toEqual([]);
  expect(wait.done).toBe(false);
});

test("a repeat of what the answer itself told is in neither list", async () => {
  const bot = createBot();
  const { starting } = await bot.start();
  await bot.answer({ id: operationId, status: "completed" });
  expect(starting.value?.state).toBe("recording");
  expect(await bot.post(operation())).toEqual(nothing);
});

test("between the answer and the wait that follows it there is no gap, however the turns fall", async () => {
  for (let turns = 0; turns < 60; turns++) {
    const bot = createBot();
    const { starting } = await bot.start();
    const answered = bot.answer(running);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    const { unmatched } = await bot.graph.notifications.handle(body(operation()));
    await answered;
    await bot.settle();
    expect([unmatched, starting.value?.state]).toEqual([[], "recording"]);
  }
});

describe("what is handed in", () => {
  const waiting = async () => {
    const bot = createBot();
    const wait = outcome(bot.graph.waitForOperation(callId, byId));
    await bot.settle();
    return { ...bot, wait };
  };

  test("beside `value` a field `notifications` is one field more", async () => {
    const bot = await waiting();
    expect((await bot.graph.notifications.handle({ ...body(operation()), notifications: [] })).settled).toEqual(settled);
  });

  test("odd details of a failure stay details", async () => {
    const bot = await waiting();
    const notification = { kind: "operation", callId, operationId, status: "failed", resultInfo: { code: {}, message: 42 } };
    await bot.graph.notifications.handle({ notifications: [notification] });
    await bot.settle();
    expect(bot.wait.error).toMatchObject({ code: "OPERATION_FAILED" });
  });

  test("the operation's `raw` is the resource as it was posted, without __proto__", async () => {
    const bot = await waiting();
    const json = JSON.stringify(body(operation())).replace('"status"', '"__proto__":{"polluted":true},"more":1,"status"');
    await bot.graph.notifications.handle(JSON.parse(json));
    await bot.settle();
    expect(bot.wait.value?.raw).toMatchObject({ id: operationId, status: "completed", more: 1 });
    expect(Object.hasOwn(bot.wait.value?.raw as object, "__proto__")).toBe(false);
  });

  test("a call that is deleted, with an empty list of resources, is over", async () => {
    const bot = createBot();
    const { starting } = await bot.start();
    await bot.answer({ id: operationId, status: "completed" });
    expect(await bot.post({ ...call("x", { changeType: "deleted" }), resourceData: [] })).toEqual(nothing);
    expect(await starting.value?.ended).toMatchObject({ reason: "callEnded" });
  });
});
