// Redis is down, hangs, loses its answers or its data: nothing is lost that it confirmed, and nothing comes back that was taken back.
import { createClient } from "redis";
import { describe, expect, test } from "vitest";
import { createRedisJournal } from "../../src/redis/index.ts";
import { outcome } from "../support/outcome.ts";
import { layLine } from "../support/redis-line.ts";
import { hasRedis } from "../support/redis-server.ts";
import { leases, useFaults } from "./redis-faults.ts";
import { call, recordingOf, stopped, untilSo, useRedis } from "./redis-world.ts";

describe.skipIf(!hasRedis)("without Redis", () => {
  const redis = useRedis();
  const { withClock, isFree, claimable, wrapped, kill, restart } = useFaults(redis);

  test("not connected: everything rejects at once, and nothing waits in the client to be done later", async () => {
    const one = await withClock();
    await kill(one);
    const record = { callId: call } as Parameters<typeof one.journal.attempt>[0];
    const asked = [
      () => one.journal.opened(recordingOf()),
      () => one.journal.attempt(record),
      () => one.journal.closed("id", stopped),
      () => one.journal.released("id"),
      () => one.journal.timeline(call),
      () => one.journal.claimOrphans(),
    ];
    for (const ask of asked) {
      const message = `Redis is not connected. Wait until its client is ready; the client's error event tells why it is not.`;
      await expect(ask()).rejects.toMatchObject({ code: "JOURNAL", message });
    }
    await restart(one);
    await one.client.ping();
    expect(await redis.admin.exists(leases)).toBe(0);
    expect(await isFree()).toBe(true);
  });

  test.each([
    [60_000, 2_000],
    [400, 100],
  ])("Redis hangs, with a lease of %i ms: opened rejects after %i ms, and is taken back when Redis answers", async (lease, limit) => {
    const { journal, clock, asked } = await wrapped((_, send) => send(), lease);
    // Redis knows the script: what follows is one command.
    await journal.opened(recordingOf("another call"));
    const known = asked.length;
    redis.server.hang();
    const entry = recordingOf();
    const opening = outcome(journal.opened(entry));
    await untilSo(() => asked.length > known, "it is sent");
    for (const _ of "123") await new Promise((resolve) => setImmediate(resolve));
    clock.advance(limit - 1);
    for (const _ of "123") await new Promise((resolve) => setImmediate(resolve));
    expect(opening.done).toBe(false);
    clock.advance(1);
    await untilSo(() => opening.done, "it rejects");
    expect(opening.error).toMatchObject({
      code: "JOURNAL",
      message: expect.stringContaining(`Redis did not answer within ${limit} ms.`),
    });
    redis.server.goOn();
    const ghost = async () => (await redis.admin.zScore(leases, entry.id)) !== null;
    await untilSo(ghost, "it was opened all the same");
    // In small steps: nothing that is asked of Redis now must be given up.
    const isTakenBack = async () => {
      clock.advance(lease / 40);
      return !(await ghost());
    };
    await untilSo(isTakenBack, "it is taken back");
    expect(await claimable()).toEqual([]);
  });

  test("what was not written is taken out of the client's queue, and never done", async () => {
    // This one says that it is ready while it is not: the client of node-redis queues the command.
    const { journal, client, clock, asked } = await wrapped((_, send) => send());
    await redis.server.kill();
    await untilSo(() => !client.isReady, "the client notices");
    const opening = outcome(journal.opened(recordingOf()));
    await untilSo(() => asked.length === 1, "it is in the queue");
    clock.advance(2_000);
    await untilSo(() => opening.done, "it rejects");
    expect([opening.error?.code, asked[0]?.signal?.aborted]).toEqual(["JOURNAL", true]);
    await restart();
    await untilSo(() => client.isReady, "the client is back");
    await client.ping();
    expect(await redis.admin.exists(leases)).toBe(0);
  });

  test("the answer is lost: opened rejects, and what it wrote is taken back", async () => {
    const line = await layLine(redis.server.path);
    const { journal, client, clock } = await withClock(line.path);
    const entry = recordingOf();
    // The first time, the script is unknown and is sent again: the answer to be lost is that of the script that ran.
    await journal.opened(recordingOf("another call"));
    line.loseAnswerOf(entry.id);
    await expect(journal.opened(entry)).rejects.toMatchObject({ code: "JOURNAL", cause: expect.any(Error) });
    expect(await redis.admin.zScore(leases, entry.id)).not.toBe(null);
    await untilSo(() => client.isReady, "it is connected again");
    clock.advance(15_000);
    await untilSo(async () => (await redis.admin.zScore(leases, entry.id)) === null, "it is taken back");
    expect(await isFree()).toBe(true);
    client.destroy();
    await line.close();
  });

  test("an opened that arrives after it was taken back opens nothing", async () => {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { journal, clock, asked } = await wrapped(async (args, send) => {
      if (args.at(-1) === "open") await gate;
      // The command is on its way: nobody can call it back.
      return args.at(-1) === "open" ? redis.admin.sendCommand([...args]) : send();
    });
    const entry = recordingOf();
    const opening = outcome(journal.opened(entry));
    await untilSo(() => asked.length === 1, "it is sent");
    clock.advance(2_000);
    await untilSo(() => opening.done, "it rejects");
    clock.advance(15_000);
    await untilSo(async () => (await redis.admin.exists(`{teams-recording-status}:ended:${entry.id}`)) === 1, "it is taken back");
    letGo();
    await redis.admin.ping();
    expect(await redis.admin.zScore(leases, entry.id)).toBe(null);
    expect(await isFree()).toBe(true);
  });

  test("Redis loses its power: what it confirmed is there afterwards, and owners renew as soon as they are connected", async () => {
    const [one, two] = [await withClock(), await withClock()];
    const [live, left] = [recordingOf("live"), recordingOf("left")];
    const hold = await one.journal.opened(live);
    await two.journal.opened(left);
    await two.journal.released(left.id);
    const before = Number(await redis.admin.zScore(leases, live.id));
    await kill(one, two);
    await restart(one, two);
    const isRenewed = async () => {
      // The first renewal may fail: Redis reads its data. A second that follows soon is enough.
      one.clock.advance(500);
      return Number(await redis.admin.zScore(leases, live.id)) > before;
    };
    await untilSo(isRenewed, "it is renewed");
    expect(one.clock.monotonicNow()).toBeLessThan(10_000);
    expect([hold.permits(), await claimable()]).toEqual([true, [left.id]]);
  });

  test("Redis forgets everything: an entry that is held is written again, unless somebody else has the call by now", async () => {
    const one = await withClock();
    const [kept, gone] = [await one.journal.opened(recordingOf()), await one.journal.opened(recordingOf("another"))];
    await redis.admin.flushAll();
    const { journal } = await redis.instance({ instanceId: "two" });
    await journal.opened(recordingOf("another"));
    one.clock.advance(15_000);
    await untilSo(() => !gone.permits(), "what was taken is lost");
    await untilSo(async () => (await redis.admin.zCard(leases)) === 2, "what was not is written again");
    expect([kept.permits(), await kept.confirm(), gone.mayReport(), await gone.confirm()]).toEqual([true, true, false, false]);
    expect(await one.journal.timeline(call)).toHaveLength(1);
  });

  test("Redis forgets a recording: it is not written again over a newer one of the same instance", async () => {
    const one = await withClock();
    const older = await one.journal.opened(recordingOf());
    const rest = (await redis.admin.keys("*")).filter((key) => !key.endsWith(":generation"));
    await redis.admin.del(rest);
    const newer = await one.journal.opened(recordingOf());
    one.clock.advance(15_000);
    await untilSo(() => !older.permits(), "the older is lost");
    expect([await older.confirm(), newer.permits(), await newer.confirm()]).toEqual([false, true, true]);
  });

  test("Redis forgets everything, and another instance, which has left it, had the call: it is the other's", async () => {
    const one = await withClock();
    const hold = await one.journal.opened(recordingOf());
    await redis.admin.flushAll();
    const { journal } = await redis.instance({ instanceId: "two" });
    const entry = recordingOf();
    await journal.opened(entry);
    await journal.released(entry.id);
    expect([await hold.confirm(), await claimable()]).toEqual([false, [entry.id]]);
  });

  test("somebody else's data under our keys: one clear error, no crash, and holds run out by the clock", async () => {
    const one = await withClock();
    const hold = await one.journal.opened(recordingOf());
    await redis.admin.set(leases, "something else");
    await expect(one.journal.opened(recordingOf("another"))).rejects.toMatchObject({
      code: "JOURNAL",
      message: expect.stringContaining("Redis did not do it (WRONGTYPE"),
      cause: expect.any(Error),
    });
    one.clock.advance(44_999);
    expect(hold.permits()).toBe(true);
    one.clock.advance(1);
    expect(hold.permits()).toBe(false);
  });

  test("a connection that breaks does not end a process that listens to no error of its client", async () => {
    const client = createClient({ socket: { path: redis.server.path, tls: false, reconnectStrategy: 5 } });
    const journal = createRedisJournal({ client, instanceId: "one" });
    await client.connect();
    await redis.server.kill();
    await untilSo(() => !client.isReady, "the client notices");
    client.on("error", () => {});
    await journal.close();
    client.destroy();
  });
});
