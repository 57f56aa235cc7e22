// A careless bot sends one context with everything: a late notification of an older report must grant nothing to a newer one.
import { expect, test } from "vitest";
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
