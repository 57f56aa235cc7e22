// A careless bot sends one context with everything: a late notification of an older report must grant nothing to a newer one.
import { describe, expect, test } from "vitest";
import { outcome } from "../support/outcome.ts";
import { createBot } from "./bot.ts";
import { callId, namelessOperation, operation } from "./posted.ts";

type Bot = ReturnType<typeof createBot>;
const context = "bot";
const older = { id: "older", context };

const report = async ({ graph, settle }: Bot, status: "notRecording" | "failed" = "notRecording") => {
  const reported = outcome(graph.updateRecordingStatus(callId, { status, clientContext: context }));
  await settle();
  return reported;
};

test.each<[string, (bot: Bot) => Promise<unknown>]>([
  [
    "one that was completed",
    async (bot) => {
      await report(bot);
      await bot.answer({ id: "older", status: "completed", clientContext: context });
    },
  ],
  [
    "one that timed out",
    async (bot) => {
      await report(bot);
      await bot.clock.advance(50_000);
    },
  ],
  [
    "one whose first attempt was answered with 503, and its second with another operation",
    async (bot) => {
      await report(bot);
      await bot.answer({}, 503);
      await bot.clock.advance(5_000);
      await bot.answer({ id: "another", status: "completed", clientContext: context });
    },
  ],
  [
    "two with empty answers",
    async (bot) => {
      await report(bot);
      await bot.answer(null);
      await report(bot, "failed");
      await bot.answer(null);
    },
  ],
  [
    "a start that was aborted in flight",
    async (bot) => {
      const stop = new AbortController();
      await bot.start({ clientContext: context, signal: stop.signal });
      stop.abort();
      await bot.settle();
      await bot.answer({ id: "closing", status: "completed" });
    },
  ],
])("after %s, a start with the same context and an empty answer hears nothing of it, and is closed", async (_, before) => {
  for (const late of [operation(older), namelessOperation({ context }), operation({ ...older, status: "failed" })]) {
    const bot = createBot();
    await before(bot);
    const { starting, persisted } = await bot.start({ clientContext: context });
    expect(bot.sent.at(-1)?.status).toBe("recording");
    await bot.post(late);
    await bot.answer(null);
    await bot.post(late);
    expect(bot.sent.at(-1)?.status).toBe("failed");
    await bot.answer({ id: "end", status: "completed" });
    expect([starting.error?.code, persisted]).toEqual(["OUTCOME_UNKNOWN", []]);
    expect(starting.error?.message).toContain("a context that no other report of the call was sent with");
  }
});

test("where the answer names the operation, the context does not matter", async () => {
  const bot = createBot();
  await report(bot);
  await bot.answer({ id: "older", status: "completed", clientContext: context });
  const { starting } = await bot.start({ clientContext: context });
  await bot.answer({ id: "newer", status: "running", clientContext: context });
  await bot.post(operation(older), namelessOperation({ context }));
  expect(starting.done).toBe(false);
  await bot.post(operation({ id: "newer", context }));
  expect(starting.value?.state).toBe("recording");
});

describe("of an operation that is known here already, an answer without an id hears nothing", () => {
  test.each<[string, (bot: Bot) => unknown]>([
    [
      "waited for by hand, with the context",
      ({ graph }) => outcome(graph.waitForOperation(callId, { ...older, status: "running", clientContext: context })),
    ],
    ["waited for by hand", ({ graph }) => outcome(graph.waitForOperation(callId, { id: "older", status: "running" }))],
    ["told of before the start, and handed back", (bot) => bot.post(operation(older))],
    [
      "of another report, which was sent without a context",
      async (bot) => {
        const reported = outcome(bot.graph.updateRecordingStatus(callId, { status: "notRecording" }));
        await bot.settle();
        await bot.answer({ id: "older", status: "running" });
        expect(reported.done).toBe(true);
      },
    ],
  ])("%s", async (_, before) => {
    for (const isEarly of [false, true]) {
      const bot = createBot();
      await before(bot);
      await bot.settle();
      const { starting, persisted } = await bot.start({ clientContext: context });
      if (isEarly) await bot.post(operation(older));
      await bot.answer(null);
      await bot.post(operation(older));
      await bot.settle();
      expect([starting.value, persisted]).toEqual([undefined, []]);
    }
  });
});

test.each<[string, object | undefined]>([
  ["answered with another operation", { id: "own", status: "running" }],
  ["refused", undefined],
])("an end that came while a report was under way that was then %s is told to who waits for it", async (_, answer) => {
  const bot = createBot();
  const reported = outcome(bot.graph.updateRecordingStatus(callId, { status: "notRecording" }));
  await bot.settle();
  await bot.post(operation({ id: "older" }));
  const before = outcome(bot.graph.waitForOperation(callId, { id: "older", status: "running" }));
  await bot.settle();
  if (answer === undefined) await bot.answer({ error: { code: "x", message: "m" } }, 403);
  else await bot.answer(answer);
  expect(reported.done).toBe(true);
  const after = outcome(bot.graph.waitForOperation(callId, { id: "older", status: "running" }));
  await bot.settle();
  expect([before.value?.status, after.value?.status]).toEqual(["completed", "completed"]);
});
