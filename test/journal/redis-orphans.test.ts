// claimOrphans: what others left behind, each handed out once.
import { describe, expect, test } from "vitest";
import type { Orphan, RedisJournalClient } from "../../src/redis/index.ts";
import { createRedisJournal } from "../../src/redis/index.ts";
import { outcome } from "../support/outcome.ts";
import { createHandClock } from "../support/redis-clock.ts";
import { hasRedis } from "../support/redis-server.ts";
import { leases } from "./redis-faults.ts";
import { answered, claimMs, type Instance, recordingOf, stopped, untilSo, useRedis } from "./redis-world.ts";

describe.skipIf(!hasRedis)("claimOrphans", () => {
  const redis = useRedis();

  const leaveBehind = async ({ journal }: Instance, count: number) => {
    const entries = Array.from({ length: count }, (_, at) => recordingOf(`call ${at}`));
    await Promise.all(entries.map((entry) => journal.opened(entry)));
    await Promise.all(entries.map(({ id }) => journal.released(id)));
    return entries.map(({ id }) => id).sort();
  };
  const ids = (orphans: readonly Orphan[]) => orphans.map(({ id }) => id).sort();
  /** An instance that has been connected for a lease. */
  const settled = async (client?: (real: RedisJournalClient) => RedisJournalClient) => {
    const clock = createHandClock();
    const instance = await redis.instance({ instanceId: "claimer", runtime: clock });
    const journal =
      client === undefined ? instance.journal : createRedisJournal({ client: client(instance.client), instanceId: "x" }, clock);
    clock.advance(claimMs);
    return { ...instance, journal, clock };
  };

  test("waits until the connection has been there for one lease", async () => {
    const clock = createHandClock();
    const one = await redis.instance();
    const two = await redis.instance({ runtime: clock });
    const left = await leaveBehind(one, 1);
    const claiming = outcome(two.journal.claimOrphans());
    clock.advance(claimMs - 1);
    await answered(two.client);
    await answered(two.client);
    expect(claiming.done).toBe(false);
    clock.advance(1);
    await untilSo(() => claiming.done, "it is done");
    expect(ids(claiming.value ?? [])).toEqual(left);
  });

  test("rejects while Redis is not connected: at once, or when the wait is over", async () => {
    const clock = createHandClock();
    const { journal, client } = await redis.instance({ runtime: clock });
    const claiming = outcome(journal.claimOrphans());
    client.destroy();
    const error = { code: "JOURNAL", message: expect.stringContaining("Redis is not connected.") };
    await expect(journal.claimOrphans()).rejects.toMatchObject(error);
    clock.advance(claimMs);
    await untilSo(() => claiming.done, "it is done");
    expect(claiming.error).toMatchObject(error);
  });

  test("the wait ends when the journal is closed", async () => {
    const clock = createHandClock();
    const { journal } = await redis.instance({ runtime: clock });
    const claiming = outcome(journal.claimOrphans());
    await journal.close();
    await untilSo(() => claiming.done, "it is done");
    expect([claiming.error?.code, clock.pending]).toEqual(["JOURNAL", 0]);
  });

  test("several claimers at once: each orphan is handed out once, however many there are", async () => {
    const left = await leaveBehind(await redis.instance(), 350);
    const claimers = [await settled(), await settled(), await settled()];
    const claimed = await Promise.all(claimers.flatMap(({ journal }) => [journal.claimOrphans(), journal.claimOrphans()]));
    expect(ids(claimed.flat())).toEqual(left);
  });

  test("what was claimed is held: it is renewed, nobody else gets it or its call, and closed ends it", async () => {
    const one = await redis.instance();
    const [id = ""] = await leaveBehind(one, 1);
    const two = await settled();
    const [orphan] = await two.journal.claimOrphans();
    expect(orphan).toMatchObject({ id, callId: "call 0", tenantId: "tenant", openedAt: 1_790_000_000_000 });
    expect([orphan?.hold?.permits(), orphan?.hold?.mayReport(), await orphan?.hold?.confirm()]).toEqual([true, true, true]);
    await expect(one.journal.opened(recordingOf("call 0"))).rejects.toMatchObject({ message: expect.stringContaining('"claimer"') });
    expect(await (await settled()).journal.claimOrphans()).toEqual([]);
    await one.journal.closed(id, stopped);
    expect(await (await settled()).journal.claimOrphans()).toEqual([]);
    await two.journal.closed(id, stopped);
    await one.journal.opened(recordingOf("call 0"));
  });

  test("what was claimed is held from before the request on: the time that Redis took is lost", async () => {
    await leaveBehind(await redis.instance(), 1);
    const { journal, clock } = await settled();
    redis.server.hang();
    const claiming = journal.claimOrphans();
    // The connection is looked at first, and what is held is renewed: nothing is.
    for (const _ of "123") await new Promise((resolve) => setImmediate(resolve));
    clock.sleep(10_000);
    redis.server.goOn();
    const [orphan] = await claiming;
    clock.sleep(34_999);
    expect(orphan?.hold?.permits()).toBe(true);
    clock.sleep(1);
    expect(orphan?.hold?.permits()).toBe(false);
  });

  test("an owner that slept loses what was claimed meanwhile, also when the claimer is gone", async () => {
    const clock = createHandClock();
    const slept = await redis.instance({ runtime: clock });
    const [known, asked] = [recordingOf("a renewal tells"), recordingOf("confirm tells")];
    const holds = [await slept.journal.opened(known), await slept.journal.opened(asked)];
    const makeOver = () =>
      redis.admin.zAdd(
        leases,
        [known, asked].map(({ id }) => ({ value: id, score: 1 })),
      );
    await makeOver();
    expect((await (await settled()).journal.claimOrphans()).length).toBe(2);
    expect(await holds[1]?.confirm()).toBe(false);
    await makeOver();
    clock.advance(15_000);
    await untilSo(() => holds[0]?.permits() === false, "it is lost");
    expect([holds[0]?.mayReport(), await holds[0]?.confirm(), await holds[1]?.confirm()]).toEqual([false, false, false]);
  });

  test("an owner that died leaves its entries behind when their leases are over; those that live keep theirs", async () => {
    // With so short a lease, an answer of Redis may come too late on a machine that is busy: then it is asked again.
    const died = await redis.instance({ leaseMs: 150 });
    const lives = await redis.instance();
    const entry = recordingOf("call of the dead");
    const attempt = async (work: Promise<unknown>) => {
      const done = await work.catch(() => undefined);
      return done !== undefined;
    };
    await untilSo(() => attempt(died.journal.opened(entry)), "it is opened");
    const hold = await lives.journal.opened(recordingOf("call of the living"));
    died.client.destroy();
    const three = await redis.instance({ leaseMs: 150 });
    const claimed: Orphan[] = [];
    await untilSo(async () => claimed.push(...(await three.journal.claimOrphans().catch(() => []))) > 0, "it is an orphan");
    expect([ids(claimed), hold.permits()]).toEqual([[entry.id], true]);
  });

  test("an instance gets none of its own that are live, even if their leases were over", async () => {
    const clock = createHandClock();
    const one = await redis.instance({ runtime: clock });
    const entry = recordingOf();
    const hold = await one.journal.opened(entry);
    await redis.admin.zAdd(leases, { value: entry.id, score: 1 });
    clock.sleep(claimMs);
    expect(await one.journal.claimOrphans()).toEqual([]);
    expect(await hold.confirm()).toBe(true);
  });

  test("an entry that cannot be read is skipped, and told when there is nothing else", async () => {
    const [bad = "", good = ""] = await leaveBehind(await redis.instance(), 2);
    await redis.admin.hSet(`{teams-recording-status}:entry:${bad}`, "entry", '{"callId":');
    const { journal } = await settled();
    expect(ids(await journal.claimOrphans())).toEqual([good]);
    await redis.admin.zAdd(leases, { value: bad, score: 0 });
    await expect(journal.claimOrphans()).rejects.toMatchObject({
      code: "JOURNAL",
      message: expect.stringContaining(`entry:${bad} in Redis`),
    });
    expect(await (await settled()).journal.claimOrphans()).toEqual([]);
  });

  test("Redis breaks in the middle: what was claimed is handed out, the rest is there the next time", async () => {
    const left = await leaveBehind(await redis.instance(), 150);
    let claims = 0;
    const breaking = (real: RedisJournalClient): RedisJournalClient => ({
      isReady: true,
      on: () => {},
      off: () => {},
      async sendCommand(args, options) {
        if (args.at(-1) === "100" && args[0] === "EVALSHA" && ++claims === 2) throw new Error("broken");
        return real.sendCommand(args, options);
      },
    });
    const { journal } = await settled(breaking);
    const first = ids(await journal.claimOrphans());
    const second = ids(await journal.claimOrphans());
    expect([first.length, second.length, [...first, ...second].sort()]).toEqual([100, 50, left]);
    await journal.close();
  });
});
