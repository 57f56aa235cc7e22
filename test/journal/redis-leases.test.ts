// How long an entry is held: by the process's own clock, which is in the test's hands; the Redis is real.
import { afterEach, describe, expect, test, vi } from "vitest";
import { createRedisJournal } from "../../src/redis/index.ts";
import { createHandClock } from "../support/redis-clock.ts";
import { hasRedis } from "../support/redis-server.ts";
import { answered, call, claimMs, recordingOf, stopped, untilSo, useRedis } from "./redis-world.ts";

const leaseMs = 60_000;

describe.skipIf(!hasRedis)("leases", () => {
  const redis = useRedis();
  afterEach(() => hasRedis && redis.server.goOn());

  /** A recording that is held. */
  const held = async (options: { readonly leaseMs?: number } = {}) => {
    const clock = createHandClock();
    const instance = await redis.instance({ leaseMs, ...options, runtime: clock });
    const entry = recordingOf();
    const hold = await instance.journal.opened(entry);
    const lost = vi.fn();
    hold.onLost(lost);
    return { ...instance, clock, entry, hold, lost };
  };
  const leaseOf = async (id: string) => Number(await redis.admin.zScore("{teams-recording-status}:leases", id));
  /** Moves the clock, and waits until Redis has renewed the lease. */
  const renewedBy = async ({ clock, entry, client }: Awaited<ReturnType<typeof held>>, ms: number) => {
    const before = await leaseOf(entry.id);
    clock.advance(ms);
    await untilSo(async () => (await leaseOf(entry.id)) > before, "it is renewed");
    await answered(client);
  };
  /** Whether another instance may record the call. */
  const isFree = async () => {
    const { journal } = await redis.instance({ instanceId: "two" });
    return journal.opened(recordingOf()).then(
      () => true,
      () => false,
    );
  };

  test("persisting is permitted for three quarters of the lease, reports for a little less than all of it", async () => {
    const { clock, hold } = await held();
    const at = (ms: number) => {
      clock.sleep(1_000 + ms - clock.monotonicNow());
      return [hold.permits(), hold.mayReport()];
    };
    expect(at(0)).toEqual([true, true]);
    expect(at(44_999)).toEqual([true, true]);
    expect(at(45_000)).toEqual([false, true]);
    expect(at(56_999)).toEqual([false, true]);
    expect(at(57_000)).toEqual([false, false]);
  });

  test("the lease is 40 s where nobody says otherwise", async () => {
    const clock = createHandClock();
    const { client } = await redis.instance();
    const journal = createRedisJournal({ client, instanceId: "one" }, clock);
    const hold = await journal.opened(recordingOf());
    clock.sleep(29_999);
    expect(hold.permits()).toBe(true);
    clock.sleep(1);
    expect(hold.permits()).toBe(false);
    await journal.close();
  });

  test("it counts from before the request was written: the time that Redis took is lost", async () => {
    const clock = createHandClock();
    const { journal } = await redis.instance({ runtime: clock });
    redis.server.hang();
    const opening = journal.opened(recordingOf());
    clock.sleep(10_000);
    redis.server.goOn();
    const hold = await opening;
    clock.sleep(34_999);
    expect(hold.permits()).toBe(true);
    clock.sleep(1);
    expect(hold.permits()).toBe(false);
  });

  test("it is renewed every quarter, and each time permitted from before that renewal on", async () => {
    const one = await held();
    for (let quarter = 0; quarter < 6; quarter++) await renewedBy(one, 15_000);
    one.clock.sleep(44_999);
    expect([one.hold.permits(), one.lost.mock.calls.length]).toEqual([true, 0]);
    one.clock.sleep(1);
    expect(one.hold.permits()).toBe(false);
  });

  test("of a renewal, too, the time that Redis took is lost", async () => {
    const { clock, hold, entry, client } = await held();
    const before = await leaseOf(entry.id);
    redis.server.hang();
    clock.advance(15_000);
    clock.sleep(10_000);
    redis.server.goOn();
    await untilSo(async () => (await leaseOf(entry.id)) > before, "it is renewed");
    await answered(client);
    clock.sleep(34_999);
    expect(hold.permits()).toBe(true);
    clock.sleep(1);
    expect(hold.permits()).toBe(false);
  });

  test("several hundred entries are renewed at once", async () => {
    const clock = createHandClock();
    const { journal, client } = await redis.instance({ runtime: clock });
    const holds = await Promise.all(Array.from({ length: 600 }, (_, at) => journal.opened(recordingOf(`call ${at}`))));
    const earliest = async () => (await redis.admin.zRangeWithScores("{teams-recording-status}:leases", 0, 0))[0]?.score ?? 0;
    const before = await earliest();
    clock.advance(15_000);
    await untilSo(async () => (await earliest()) > before + 1, "all are renewed");
    await answered(client);
    clock.sleep(44_999);
    expect(holds.filter((hold) => !hold.permits())).toEqual([]);
  });

  test("onLost calls back once, by a timer, when it could not be renewed", async () => {
    const { clock, hold, lost, client } = await held();
    client.destroy();
    clock.advance(44_999);
    await Promise.resolve();
    expect([hold.permits(), lost.mock.calls.length]).toEqual([true, 0]);
    clock.advance(1);
    await Promise.resolve();
    expect(lost).toHaveBeenCalledTimes(1);
    clock.advance(60_000);
    expect(hold.permits()).toBe(false);
    const late = vi.fn();
    hold.onLost(late);
    await Promise.resolve();
    expect([lost.mock.calls.length, late.mock.calls.length]).toEqual([1, 1]);
  });

  test("a process that slept is not permitted anything when it wakes, before any timer runs, and not after it has renewed either", async () => {
    const one = await held();
    one.clock.sleep(45_000);
    expect([one.hold.permits(), one.hold.mayReport()]).toEqual([false, true]);
    await renewedBy(one, 0);
    expect([one.hold.permits(), one.hold.mayReport(), one.lost.mock.calls.length]).toEqual([false, true, 1]);
    // It may still report the end, and the entry is renewed for that.
    one.clock.sleep(56_999);
    expect(one.hold.mayReport()).toBe(true);
  });

  test("an entry that somebody took is lost with the next renewal, whatever the clock says", async () => {
    const { clock, hold, lost } = await held({ leaseMs: 120 });
    await untilSo(isFree, "the lease is over in Redis");
    expect([hold.permits(), hold.mayReport()]).toEqual([true, true]);
    clock.advance(30);
    await untilSo(() => lost.mock.calls.length > 0, "it is lost");
    expect([hold.permits(), hold.mayReport(), await hold.confirm(), lost.mock.calls.length]).toEqual([false, false, false, 1]);
  });

  test("confirm: nobody took it, so it is held anew", async () => {
    const { clock, hold, entry } = await held();
    clock.sleep(leaseMs);
    await redis.admin.zAdd("{teams-recording-status}:leases", { value: entry.id, score: 1 });
    expect(hold.mayReport()).toBe(false);
    expect(await hold.confirm()).toBe(true);
    expect([hold.permits(), hold.mayReport(), await isFree()]).toEqual([false, true, false]);
  });

  test("confirm without Redis: what the own clock says", async () => {
    const { clock, hold, client } = await held();
    client.destroy();
    clock.sleep(56_000);
    expect(await hold.confirm()).toBe(true);
    clock.sleep(1_000);
    expect(await hold.confirm()).toBe(false);
  });

  test("given up: nothing is permitted, nobody is called back, and confirm takes it again", async () => {
    const { journal, hold, entry, lost, clock } = await held();
    await journal.released(entry.id);
    expect([hold.permits(), hold.mayReport(), lost.mock.calls.length]).toEqual([false, false, 0]);
    expect(await hold.confirm()).toBe(true);
    expect([hold.permits(), hold.mayReport(), await isFree()]).toEqual([false, true, false]);
    // And it is renewed again.
    const before = await leaseOf(entry.id);
    clock.advance(15_000);
    await untilSo(async () => (await leaseOf(entry.id)) > before, "it is renewed");
  });

  test("given up and claimed by the same process: it is the claimer's", async () => {
    const { journal, hold, entry, clock } = await held();
    await journal.released(entry.id);
    clock.advance(claimMs);
    const [orphan] = await journal.claimOrphans();
    expect(await hold.confirm()).toBe(false);
    expect([orphan?.id, orphan?.hold?.permits(), await orphan?.hold?.confirm()]).toEqual([entry.id, true, true]);
  });

  test("closed: nobody is called back, nothing is renewed, no timer is left", async () => {
    const { journal, hold, entry, lost, clock } = await held();
    await journal.closed(entry.id, stopped);
    clock.advance(leaseMs);
    expect([hold.permits(), clock.pending]).toEqual([false, 0]);
    await Promise.resolve();
    expect(lost).not.toHaveBeenCalled();
    expect(await hold.confirm()).toBe(false);
  });

  test("close: all holds are lost, no timer and no listener is left, and the client stays open", async () => {
    const { journal, client, hold, lost, clock } = await held();
    expect(client.listenerCount("ready")).toBe(1);
    await journal.close();
    await journal.close();
    expect([hold.permits(), hold.mayReport(), lost.mock.calls.length, clock.pending]).toEqual([false, true, 1, 0]);
    expect([client.listenerCount("ready"), client.listenerCount("error"), await client.ping()]).toEqual([0, 1, "PONG"]);
    const record = { callId: call } as Parameters<typeof journal.attempt>[0];
    const asked = [
      () => journal.opened(recordingOf()),
      () => journal.closed("id", stopped),
      () => journal.released("id"),
      () => journal.attempt(record),
      () => journal.timeline(call),
      () => journal.claimOrphans(),
    ];
    for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: "JOURNAL", message: expect.stringContaining("is closed") });
  });
});
