// Ends that Redis cannot be told at once are told later: no recording that ended well is taken for one that was left behind.
import { describe, expect, test } from "vitest";
import { createOutbox } from "../../src/redis/outbox.ts";
import { hasRedis } from "../support/redis-server.ts";
import { leases, useFaults } from "./redis-faults.ts";
import { recordingOf, refused, stopped, untilSo, useRedis } from "./redis-world.ts";

test("of many ends that cannot be told, few are tried at once while Redis takes none", async () => {
  let [tried, isBroken] = [0, true];
  const outbox = createOutbox();
  const tell = async () => {
    tried++;
    if (isBroken) throw new Error("broken");
  };
  for (let number = 0; number < 500; number++) outbox.keep(`${number}`, { callId: `call ${number}`, tell });
  await outbox.retry();
  expect([tried, outbox.isEmpty, outbox.callIds.length]).toEqual([50, false, 500]);
  isBroken = false;
  await outbox.retry();
  expect([tried, outbox.isEmpty]).toEqual([550, true]);
});

describe.skipIf(!hasRedis)("an end that cannot be told", () => {
  const redis = useRedis();
  const { withClock, isFree, claimable, wrapped, kill, restart } = useFaults(redis);

  test("closed while Redis is down is told when it is back: nobody takes the recording for one that was left behind", async () => {
    const one = await withClock();
    const entry = recordingOf();
    await one.journal.opened(entry);
    await kill(one);
    await expect(one.journal.closed(entry.id, stopped)).rejects.toMatchObject({ code: "JOURNAL" });
    await restart(one);
    const isClosed = async () => {
      one.clock.advance(500);
      return (await redis.admin.zScore(leases, entry.id)) === null;
    };
    await untilSo(isClosed, "it is closed");
    expect([await claimable(), await isFree()]).toEqual([[], true]);
    one.clock.advance(15_000);
    expect(one.clock.pending).toBe(0);
  });

  test("while closed cannot be told the entry is renewed", async () => {
    let isBroken = true;
    const break_ = (args: readonly string[], send: () => Promise<unknown>) =>
      isBroken && args.includes("reported") ? Promise.reject(new Error("broken")) : send();
    const { journal, clock } = await wrapped(break_);
    const entry = recordingOf();
    const hold = await journal.opened(entry);
    await expect(journal.closed(entry.id, stopped)).rejects.toMatchObject({ code: "JOURNAL", message: expect.stringContaining("broken") });
    expect(hold.permits()).toBe(false);
    const lease = async () => Number(await redis.admin.zScore(leases, entry.id));
    for (const _ of "12345678") {
      const before = await lease();
      clock.advance(15_000);
      await untilSo(async () => (await lease()) > before, "it is renewed");
    }
    isBroken = false;
    clock.advance(15_000);
    await untilSo(isFree, "it is closed");
    expect(await claimable()).toEqual([]);
  });

  test("a recording whose end could not be told does not stand up again when a newer one is refused", async () => {
    let isBroken = true;
    const { journal } = await wrapped((args, send) =>
      isBroken && args.includes("reported") ? Promise.reject(new Error("broken")) : send(),
    );
    const [older, newer] = [recordingOf(), recordingOf()];
    await journal.opened(older);
    await expect(journal.closed(older.id, stopped)).rejects.toMatchObject({ code: "JOURNAL" });
    await journal.opened(newer);
    isBroken = false;
    await journal.closed(newer.id, refused);
    expect([await claimable(), await isFree()]).toEqual([[], true]);
  });

  test("a renewal that failed is tried again soon", async () => {
    let isBroken = true;
    const { journal, clock, answered } = await wrapped((args, send) =>
      isBroken && args.at(-1) === entry.id ? Promise.reject(new Error("broken")) : send(),
    );
    const entry = recordingOf();
    const hold = await journal.opened(entry);
    const failed = answered(1);
    clock.advance(15_000);
    await failed;
    isBroken = false;
    const renewed = answered(1);
    clock.advance(1_500);
    await renewed;
    clock.sleep(44_000);
    expect(hold.permits()).toBe(true);
  });

  test("close tries once more to tell what could not be told", async () => {
    let isBroken = true;
    const { journal } = await wrapped((args, send) =>
      isBroken && args.includes("reported") ? Promise.reject(new Error("broken")) : send(),
    );
    const entry = recordingOf();
    await journal.opened(entry);
    await expect(journal.closed(entry.id, stopped)).rejects.toMatchObject({ code: "JOURNAL" });
    isBroken = false;
    await journal.close();
    expect(await isFree()).toBe(true);
  });

  test("released is told later, too, unless the process takes the entry again", async () => {
    let isBroken = true;
    const { journal, clock } = await wrapped((args, send) =>
      isBroken && args.at(-1)?.includes('"released"') ? Promise.reject(new Error("broken")) : send(),
    );
    const [given, kept] = [recordingOf("given"), recordingOf("kept")];
    await journal.opened(given);
    const hold = await journal.opened(kept);
    for (const { id } of [given, kept]) await expect(journal.released(id)).rejects.toMatchObject({ code: "JOURNAL" });
    expect(await claimable()).toEqual([]);
    expect([hold.mayReport(), await hold.confirm(), hold.mayReport()]).toEqual([false, true, true]);
    isBroken = false;
    clock.advance(15_000);
    await untilSo(async () => (await redis.admin.zScore(leases, given.id)) === 0, "it is given up");
    expect(await claimable()).toEqual([given.id]);
  });

  test("released is told later, also when the process could not take the entry again", async () => {
    let isBroken = true;
    const { journal, clock } = await wrapped((_, send) => (isBroken ? Promise.reject(new Error("broken")) : send()));
    isBroken = false;
    const entry = recordingOf();
    const hold = await journal.opened(entry);
    isBroken = true;
    await expect(journal.released(entry.id)).rejects.toMatchObject({ code: "JOURNAL" });
    expect(await hold.confirm()).toBe(false);
    isBroken = false;
    clock.advance(15_000);
    await untilSo(async () => (await redis.admin.zScore(leases, entry.id)) === 0, "it is given up");
  });
});
