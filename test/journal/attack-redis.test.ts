// What strangers broke: a Redis that loses its data, runs full, drops idle connections, or is away when the process ends.
import { describe, expect, test } from "vitest";
import { outcome } from "../support/outcome.ts";
import { createHandClock } from "../support/redis-clock.ts";
import { layLine } from "../support/redis-line.ts";
import { hasRedis } from "../support/redis-server.ts";
import { leases, useFaults } from "./redis-faults.ts";
import { answered, call, claimMs, recordingOf, refused, stopped, untilSo, useRedis } from "./redis-world.ts";

describe.skipIf(!hasRedis)("a Redis that lets us down", () => {
  const redis = useRedis();
  const { withClock, wrapped, isFree, claimable, kill, restart } = useFaults(redis);
  const leaseMs = 400;

  test("an instance that sees that data was lost opens nothing for one lease: owners that live write again what they hold", async () => {
    const owner = await withClock();
    const { journal } = await redis.instance({ instanceId: "two", leaseMs });
    const hold = await owner.journal.opened(recordingOf());
    await journal.claimOrphans();
    await redis.admin.flushAll();
    const message = expect.stringMatching(/^Redis has lost its data.* Start again after 400 ms\. See to it that Redis keeps/);
    await expect(journal.opened(recordingOf())).rejects.toMatchObject({ code: "JOURNAL", message });
    owner.clock.advance(15_000);
    await untilSo(async () => (await redis.admin.zCard(leases)) === 1, "the owner has written it again");
    const refusal = () =>
      journal.opened(recordingOf()).then(
        () => "",
        (error: Error) => error.message,
      );
    await untilSo(async () => (await refusal()).startsWith(`The call ${call} is recorded by instance "one".`), "the lease is over");
    expect([hold.permits(), await hold.confirm()]).toEqual([true, true]);
    await journal.opened(recordingOf("another call"));
  });

  test("a Redis that is new to an instance refuses nothing, also when it is told a moment later that data was lost", async () => {
    const { journal } = await redis.instance({ leaseMs });
    await journal.opened(recordingOf());
    const { journal: second } = await redis.instance({ instanceId: "two" });
    await second.opened(recordingOf("another call"));
  });

  test.each([
    ["ended that: nothing is permitted, and its end is reported", stopped, true, false],
    ["was refused: it goes on", refused, true, true],
    ["ended that before: it goes on", stopped, false, true],
  ])("after a loss of data another has recorded the call, and %s", async (_, end, isLater, goesOn) => {
    const owner = await withClock();
    const { journal } = await redis.instance({ instanceId: "two" });
    const record = async () => {
      const entry = recordingOf();
      await journal.opened(entry);
      await journal.closed(entry.id, end);
    };
    if (!isLater) await record();
    const entry = recordingOf();
    const hold = await owner.journal.opened(entry);
    const lost = (await redis.admin.keys("*")).filter((key) => isLater || key.endsWith(entry.id) || /:(calls|leases)$/.test(key));
    await redis.admin.del(lost.filter((key) => !key.endsWith(":generation")));
    if (isLater) await record();
    owner.clock.advance(15_000);
    await untilSo(async () => (await redis.admin.zCard(leases)) === 1, "it is written again");
    await untilSo(() => hold.permits() === goesOn, "it is lost, or not");
    expect([hold.mayReport(), await hold.confirm(), hold.permits()]).toEqual([true, true, goesOn]);
  });

  test("Redis is full: nothing new is opened, but what is held is renewed, handed over and ended", async () => {
    const owner = await withClock();
    const [live, dead, done] = [recordingOf("live"), recordingOf("dead"), recordingOf("done")];
    const hold = await owner.journal.opened(live);
    for (const entry of [dead, done]) await owner.journal.opened(entry);
    const before = Number(await redis.admin.zScore(leases, live.id));
    await redis.admin.configSet("maxmemory", "1");
    try {
      await expect(owner.journal.opened(recordingOf("new"))).rejects.toMatchObject({ message: expect.stringContaining("OOM") });
      await owner.journal.closed(done.id, stopped);
      await owner.journal.released(dead.id);
      expect(await claimable()).toEqual([dead.id]);
      owner.clock.advance(15_000);
      await untilSo(async () => Number(await redis.admin.zScore(leases, live.id)) > before, "it is renewed");
      const key = `{teams-recording-status}:entry:${live.id}`;
      await redis.admin.del(key);
      expect([await hold.confirm(), hold.permits(), await redis.admin.exists(key)]).toEqual([true, true, 1]);
    } finally {
      await redis.admin.configSet("maxmemory", "0");
    }
  });

  test("idle connections that are cut again and again do not keep an instance from claiming; a long break begins the wait anew", async () => {
    const clock = createHandClock();
    const line = await layLine(redis.server.path);
    const { journal, client } = await redis.instance({ runtime: clock, path: line.path });
    const cut = async () => {
      const ready = new Promise((resolve) => client.once("ready", resolve));
      line.cut();
      await ready;
      await answered(client);
    };
    const claiming = outcome(journal.claimOrphans());
    for (let part = 0; part < 7; part++) {
      clock.advance(9_000);
      if (part < 6) await cut();
    }
    await untilSo(() => claiming.done, "it is done");
    expect(claiming.value).toEqual([]);
    const broken = new Promise((resolve) => client.once("error", resolve));
    const ready = new Promise((resolve) => client.once("ready", resolve));
    line.cut();
    await broken;
    clock.sleep(15_000);
    await ready;
    const again = outcome(journal.claimOrphans());
    clock.advance(claimMs - 1);
    await answered(client);
    expect(again.done).toBe(false);
    clock.advance(1);
    await untilSo(() => again.done, "it is done");
    client.destroy();
    await line.close();
  });

  test("close waits a little for a Redis that is away, and tells it what it missed", async () => {
    const owner = await withClock();
    const entry = recordingOf();
    await owner.journal.opened(entry);
    await kill(owner);
    await expect(owner.journal.closed(entry.id, stopped)).rejects.toMatchObject({ code: "JOURNAL" });
    const closing = outcome(owner.journal.close());
    await restart(owner);
    // The first attempt may fail: Redis reads its data. A second that follows soon is enough.
    const isClosed = () => {
      owner.clock.advance(50);
      return closing.done;
    };
    await untilSo(isClosed, "it is closed");
    expect([closing.error, await claimable(), owner.clock.pending]).toEqual([undefined, [], 0]);
  });

  test("a release that arrives when its entry is held again is void", async () => {
    const arrives = Promise.withResolvers<void>();
    const sent = Promise.withResolvers<void>();
    let isSlow = true;
    const { journal } = await wrapped(async (args, send) => {
      if (isSlow && args.at(-1)?.startsWith('{"type":"released"')) {
        sent.resolve();
        await arrives.promise;
      }
      return send();
    });
    const entry = recordingOf();
    const hold = await journal.opened(entry);
    const released = outcome(journal.released(entry.id));
    await sent.promise;
    expect(await hold.confirm()).toBe(true);
    isSlow = false;
    arrives.resolve();
    await untilSo(() => released.done, "the release has arrived");
    expect([await isFree(), hold.mayReport()]).toEqual([false, true]);
    await journal.released(entry.id);
    expect(await isFree()).toBe(true);
  });

  test("an entry that lacks its call, as somebody may have left it, keeps nobody from claiming the others", async () => {
    const owner = await withClock();
    const [bad, good] = [recordingOf("bad"), recordingOf("good")];
    for (const entry of [bad, good]) await owner.journal.opened(entry);
    await redis.admin.hDel(`{teams-recording-status}:entry:${bad.id}`, "call");
    for (const { id } of [bad, good]) await owner.journal.released(id);
    const { journal, clock } = await withClock();
    clock.advance(claimMs);
    const claimed = await journal.claimOrphans();
    expect(claimed.map(({ id }) => id).toSorted()).toEqual([bad.id, good.id].toSorted());
    for (const { id } of claimed) await journal.closed(id, stopped);
    expect(await redis.admin.zCard(leases)).toBe(0);
  });

  test("what one instance has made void is not void for another: who claims may give up at once", async () => {
    const owner = await withClock();
    const entry = recordingOf();
    const hold = await owner.journal.opened(entry);
    await owner.journal.released(entry.id);
    await hold.confirm();
    await owner.journal.released(entry.id);
    const claimer = await withClock();
    claimer.clock.advance(claimMs);
    expect((await claimer.journal.claimOrphans()).map(({ id }) => id)).toEqual([entry.id]);
    await claimer.journal.released(entry.id);
    expect(await isFree()).toBe(true);
  });

  test("who records a call is known to the others, as long as its lease lasts", async () => {
    const owner = await withClock();
    const { journal } = await redis.instance({ instanceId: "two" });
    const entry = recordingOf();
    await owner.journal.opened(entry);
    expect([await journal.holder(call.toUpperCase()), await owner.journal.holder(call), await journal.holder("another")]).toEqual([
      "one",
      undefined,
      undefined,
    ]);
    await owner.journal.released(entry.id);
    expect(await journal.holder(call)).toBe(undefined);
  });

  test("close does not speak of starts that were refused because Redis was away", async () => {
    const owner = await withClock();
    redis.server.hang();
    const opening = outcome(owner.journal.opened(recordingOf()));
    for (const _ of "123") await new Promise((resolve) => setImmediate(resolve));
    owner.clock.advance(2_000);
    await untilSo(() => opening.done, "it is refused");
    redis.server.goOn();
    await kill(owner);
    await expect(owner.journal.opened(recordingOf())).rejects.toMatchObject({ code: "JOURNAL" });
    const closing = outcome(owner.journal.close());
    for (const _ of "12") await new Promise((resolve) => setImmediate(resolve));
    owner.clock.advance(2_000);
    await untilSo(() => closing.done, "it is done");
    expect(closing.error).toBe(undefined);
    await restart();
  });

  test("close rejects when Redis stays away: somebody will report these calls as failed", async () => {
    const owner = await withClock();
    const [entry, other] = [recordingOf(), recordingOf("another")];
    for (const one of [entry, other]) await owner.journal.opened(one);
    await kill(owner);
    for (const { id, callId } of [entry, other]) await owner.journal.closed(id, { ...stopped, callId }).catch(() => {});
    const closing = outcome(owner.journal.close());
    for (const _ of "12") await new Promise((resolve) => setImmediate(resolve));
    owner.clock.advance(2_000);
    await untilSo(() => closing.done, "it is done");
    const message = `Redis was not told how 2 recordings ended (${call}, another). Another instance takes them for recordings that were left behind, and reports failed for them.`;
    expect(closing.error).toMatchObject({ code: "JOURNAL", message });
    await expect(owner.journal.close()).rejects.toBe(closing.error);
    await restart();
  });
});
