// What confirms a start: notifications before, with and after the answer, and those that grant nothing.
import { describe, expect, test } from "vitest";
import { createBot, nothing, running, settled } from "./bot.ts";
import { call, callId, inUpperCase, namelessOperation, operation, operationId } from "./posted.ts";

describe("a start that only a notification confirms", () => {
  test.each<[string, unknown]>([
    ["as live traffic writes it", operation()],
    ["as the documentation writes ids", operation({ call: inUpperCase(callId), id: inUpperCase(operationId), status: "Completed" })],
    ["without an id, by its context", namelessOperation({ context: "c" })],
  ])("%s", async (_, notification) => {
    const bot = createBot();
    const { starting, persisted } = await bot.start({ clientContext: "c" });
    await bot.answer(running);
    await bot.clock.advance(30_000);
    expect([starting.done, persisted, bot.polls]).toEqual([false, [], 1]);
    expect(await bot.post(notification)).toEqual({ settled, unmatched: [] });
    expect(starting.value?.operation).toMatchObject({ id: operationId, status: "completed", resultInfo: { code: 200 } });
    expect([starting.value?.state, persisted]).toEqual(["recording", ["start"]]);
  });

  test("the trail has a record of its own for it", async () => {
    const bot = createBot();
    await bot.start();
    await bot.answer(running);
    await bot.post(operation());
    expect(bot.records.at(-1)).toMatchObject({
      kind: "outcome",
      status: "recording",
      operationId,
      outcome: "completed",
      httpStatus: undefined,
    });
  });

  test("an empty 202 has no id: it waits by the context that was sent, the bot's own or ours", async () => {
    for (const more of [{ clientContext: "c" }, {}]) {
      const bot = createBot();
      const { starting } = await bot.start(more);
      await bot.answer(null);
      const context = bot.sent[0]?.context ?? "";
      expect(context.length).toBeGreaterThan(0);
      expect((await bot.post(operation({ context: `${context}x` }))).settled).toEqual([]);
      expect(starting.done).toBe(false);
      expect(await bot.post(operation({ context }))).toEqual({ settled, unmatched: [] });
      expect(starting.value?.operation).toMatchObject({ id: operationId, status: "completed" });
      expect(bot.polls).toBe(0);
    }
  });

  test("a notification of a failure ends it, and nothing is left on recording", async () => {
    const bot = createBot();
    const { starting, persisted } = await bot.start();
    await bot.answer(running);
    expect((await bot.post(operation({ status: "failed" }))).settled).toMatchObject([{ status: "failed" }]);
    expect([starting.error, persisted]).toMatchObject([{ code: "OPERATION_FAILED", mayBeInEffect: false }, []]);
    expect(bot.sent).toHaveLength(1);
    expect(bot.records.at(-1)).toMatchObject({ kind: "outcome", outcome: "OPERATION_FAILED" });
  });

  test("a poll may tell it first; the notification that follows is a repeat", async () => {
    const bot = createBot();
    bot.answerPolls(() => Response.json({ id: operationId, status: "completed" }));
    const { starting } = await bot.start();
    await bot.answer(running);
    await bot.clock.advance(250);
    expect(starting.value?.state).toBe("recording");
    expect(await bot.post(operation())).toEqual(nothing);
  });

  test("a poll that is under way when the notification comes is ended", async () => {
    const bot = createBot();
    const { starting } = await bot.start();
    bot.answerPolls(() => new Promise<Response>(() => {}) as unknown as Response);
    await bot.answer(running);
    await bot.clock.advance(250);
    expect(await bot.post(operation())).toEqual({ settled, unmatched: [] });
    expect(starting.value?.state).toBe("recording");
    expect(bot.clock.pending).toBe(0);
  });
});

describe("before the answer", () => {
  test.each<[string, object | null]>([
    ["running", running],
    ["an empty 202", null],
  ])("it is kept, is in neither list, and settles the start when the answer comes: %s", async (_, answer) => {
    const bot = createBot();
    const { starting } = await bot.start({ clientContext: "c" });
    expect(await bot.post(operation({ context: "c" }))).toEqual(nothing);
    expect(starting.done).toBe(false);
    await bot.answer(answer);
    expect(starting.value?.operation).toMatchObject({ id: operationId, status: "completed" });
    expect(bot.polls).toBe(0);
  });

  test("without a context it is kept, too, and the answer's id says whose it is", async () => {
    const bot = createBot();
    const { starting } = await bot.start();
    expect(await bot.post(operation({ id: "other" }), operation())).toEqual(nothing);
    await bot.answer(running);
    expect(starting.value?.operation.id).toBe(operationId);
  });

  test("one of another operation grants nothing, whatever its context", async () => {
    const bot = createBot();
    const { starting } = await bot.start({ clientContext: "c" });
    await bot.post(operation({ id: "other", context: "c" }));
    await bot.answer(running);
    expect(starting.done).toBe(false);
    await bot.post(operation({ id: "another", context: "c" }));
    expect(starting.done).toBe(false);
    await bot.post(operation({ context: "c" }));
    expect(starting.value?.state).toBe("recording");
  });

  test("with the answer: both in one turn, in either order", async () => {
    for (const first of ["answer", "notification"]) {
      const bot = createBot();
      const { starting } = await bot.start();
      const steps = [() => bot.answer(running), () => bot.post(operation())];
      await Promise.all((first === "answer" ? steps : steps.toReversed()).map((step) => step()));
      await bot.settle();
      expect(starting.value?.state).toBe("recording");
    }
  });

  test("a thousand of others do not push out the one that counts", async () => {
    const bot = createBot();
    const { starting } = await bot.start({ clientContext: "c" });
    await bot.post(operation({ context: "c" }), ...Array.from({ length: 1_000 }, (_, n) => operation({ id: `other-${n}`, context: "d" })));
    await bot.answer(running);
    expect(starting.value?.state).toBe("recording");
  });
});

describe("what grants nothing", () => {
  test.each<[string, unknown]>([
    ["another operation", operation({ id: "other", context: "c" })],
    ["another call", operation({ call: "other", context: "c" })],
    ["running", operation({ status: "running", context: "c" })],
    ["a status that nobody knows", operation({ status: "completedWithErrors", context: "c" })],
    ["no status", operation({ status: null, context: "c" })],
    ["deleted alone", { changeType: "deleted", resourceUrl: operation().resourceUrl }],
    ["another context, no id", namelessOperation({ context: "d" })],
    ["no context, no id", namelessOperation()],
    ["a call that is established", call("established")],
  ])("%s", async (_, notification) => {
    const bot = createBot();
    const { starting, persisted } = await bot.start({ clientContext: "c" });
    await bot.answer(running);
    expect((await bot.post(notification)).settled).toEqual([]);
    await bot.clock.advance(1_000);
    expect([starting.done, persisted]).toEqual([false, []]);
  });

  test("an operation of another action with the same context, where only the context tells", async () => {
    const bot = createBot();
    const { starting } = await bot.start({ clientContext: "c" });
    await bot.answer(null);
    const prompt = operation({ context: "c" });
    const other = { ...prompt, resourceData: { ...prompt.resourceData, "@odata.type": "#microsoft.graph.playPromptOperation" } };
    expect(await bot.post(other)).toMatchObject({ settled: [], unmatched: [{ operationId }] });
    expect(starting.done).toBe(false);
  });
});
