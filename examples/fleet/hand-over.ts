// How instances of a bot hand notifications on to each other: over a stream in Redis, which each of them reads with a cursor of its own.
import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "redis";

const stream = "bot:unmatched";
/** How many messages are kept, about: more than come while an instance is cut off for a moment. */
const trim = { TRIM: { strategy: "MAXLEN", strategyModifier: "~", threshold: 10_000 } } as const;

/** `take` gets what is handed on, by this instance too: nobody there waits for it, so it does nothing. */
export async function openHandOver(redisUrl: string, instanceId: string, take: (notifications: unknown, from: string) => Promise<void>) {
  // A read that waits for the next message needs a connection of its own. Both connect again by themselves.
  const [writer, reader] = [createClient({ url: redisUrl }), createClient({ url: redisUrl })];
  for (const client of [writer, reader]) await client.on("error", () => {}).connect();
  let cursor = (await reader.xRevRange(stream, "+", "-", { COUNT: 1 }))?.[0]?.id ?? "0-0";
  let isOpen = true;
  const readNext = async () => {
    const [read] = (await reader.xRead({ key: stream, id: cursor }, { BLOCK: 1_000, COUNT: 100 })) ?? [];
    for (const { id, message } of read?.messages ?? []) {
      cursor = id;
      await take(JSON.parse(message.notifications), message.from);
    }
  };
  const reading = (async () => {
    while (isOpen) await readNext().catch(() => pause(100));
  })();
  return {
    async handOn(notifications: unknown) {
      await writer.xAdd(stream, "*", { from: instanceId, notifications: JSON.stringify(notifications) }, trim);
    },
    async close() {
      isOpen = false;
      await reading;
      writer.destroy();
      reader.destroy();
    },
  };
}
