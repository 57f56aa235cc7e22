// What happens to a Redis, and what can be seen of a journal from another instance.
import { afterEach, onTestFinished } from "vitest";
import { createRedisJournal, type RedisJournalClient } from "../../src/redis/index.ts";
import { createHandClock } from "../support/redis-clock.ts";
import { hasRedis } from "../support/redis-server.ts";
import { claimMs, type Instance, recordingOf, untilSo, type useRedis } from "./redis-world.ts";

export const leases = "{teams-recording-status}:leases";
const leaseMs = 60_000;

/** What a test does with a command, instead of sending it. */
type Change = (args: readonly string[], send: () => Promise<unknown>) => Promise<unknown>;

/** Ways to break the Redis of a file of tests; it works again after each of them. */
export function useFaults(redis: ReturnType<typeof useRedis>) {
  const restart = async (...instances: readonly Instance[]) => {
    await redis.server.start();
    await untilSo(() => [redis.admin, ...instances.map(({ client }) => client)].every((client) => client.isReady), "all are connected");
  };
  const withClock = async (path?: string) => {
    const clock = createHandClock();
    return { ...(await redis.instance({ runtime: clock, ...(path === undefined ? {} : { path }) })), clock };
  };
  afterEach(async () => {
    if (!hasRedis) return;
    redis.server.goOn();
    if (!redis.admin.isReady) await restart();
  });
  return {
    restart,
    withClock,
    async kill(...instances: readonly Instance[]) {
      await redis.server.kill();
      await untilSo(() => instances.every(({ client }) => !client.isReady), "the clients notice");
    },
    /** Whether another instance can record the call. */
    async isFree(): Promise<boolean> {
      const { journal } = await redis.instance({ instanceId: "two" });
      const opened = await journal.opened(recordingOf()).catch(() => undefined);
      return opened !== undefined;
    },
    /** What another instance can claim. */
    async claimable(): Promise<readonly string[]> {
      const { journal, clock } = await withClock();
      clock.advance(claimMs);
      return (await journal.claimOrphans()).map(({ id }) => id);
    },
    /** A journal whose client does with commands what the test says. */
    async wrapped(change: Change, lease = leaseMs) {
      const clock = createHandClock();
      const { client } = await redis.instance();
      const asked: { readonly args: readonly string[]; readonly signal: AbortSignal | undefined; isAnswered: boolean }[] = [];
      const changed: RedisJournalClient = {
        isReady: true,
        on: () => {},
        off: () => {},
        async sendCommand(args, options) {
          const command = { args, signal: options?.abortSignal, isAnswered: false };
          asked.push(command);
          try {
            return await change(args, () => client.sendCommand([...args], options));
          } finally {
            command.isAnswered = true;
          }
        },
      };
      const journal = createRedisJournal({ client: changed, instanceId: "wrapped", leaseMs: lease }, clock);
      onTestFinished(() => journal.close());
      /** Waits until so many more commands were answered, and what follows from that has happened. */
      const answered = async (more: number) => {
        const enough = asked.length + more;
        await untilSo(() => asked.length >= enough && asked.every(({ isAnswered }) => isAnswered), "the commands are answered");
        for (const _ of "123") await new Promise((resolve) => setImmediate(resolve));
      };
      return { journal, client, clock, asked, answered };
    },
  };
}
