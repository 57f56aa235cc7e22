// Who has a call: instances that open, close and give up recordings.
import { describe, expect, test } from "vitest";
import { createHandClock } from "../support/redis-clock.ts";
import { hasRedis } from "../support/redis-server.ts";
import {
  call,
  callEnded,
  claimMs,
  type Instance,
  type InstanceOptions,
  recordingOf,
  refused,
  stopped,
  untilSo,
  useRedis,
} from "./redis-world.ts";

describe.skipIf(!hasRedis)("opened, closed, released", () => {
  const redis = useRedis();

  /** What anybody may claim at this instant. */
  const claimable = async (options: InstanceOptions = {}): Promise<readonly string[]> => {
    const clock = createHandClock();
    const { journal } = await redis.instance({ instanceId: "claimer", ...options, runtime: clock });
    clock.advance(claimMs);
    return (await journal.claimOrphans()).map(({ id }) => id);
  };
  /** An entry that its instance gave up. */
  const leftBehind = async (by: Instance, callId = call) => {
    const entry = recordingOf(callId);
    await by.journal.opened(entry);
    await by.journal.released(entry.id);
    return entry;
  };

  test.each([2, 3] as const)("RESP%i: a call that another living instance records is refused, and the error names it", async (resp) => {
    const one = await redis.instance({ instanceId: "host:one", resp });
    const two = await redis.instance({ instanceId: "two", resp });
    await one.journal.opened(recordingOf());
    // Notifications write ids without dashes, in upper case.
    for (const callId of [call, call.replaceAll("-", "").toUpperCase()]) {
      await expect(two.journal.opened(recordingOf(callId))).rejects.toMatchObject({
        code: "JOURNAL",
        callId,
        message: expect.stringMatching(/is recorded by instance "host:one"\. Hand on to it what concerns the call\..* 60000 ms\.$/),
      });
    }
    await two.journal.opened(recordingOf("another"));
    expect(await claimable()).toEqual([]);
  });

  test("two journals of one instanceId are two owners", async () => {
    const [one, other] = [await redis.instance(), await redis.instance()];
    const entry = recordingOf();
    await one.journal.opened(entry);
    await expect(other.journal.opened(recordingOf())).rejects.toMatchObject({ code: "JOURNAL" });
    await other.journal.closed(entry.id, stopped);
    await other.journal.released(entry.id);
    await expect(other.journal.opened(recordingOf())).rejects.toMatchObject({ code: "JOURNAL" });
  });

  test.each([stopped, callEnded, refused])(
    "closed, $reason: the call is free for everybody, and nothing is left to claim",
    async (outcome) => {
      const [one, two] = [await redis.instance(), await redis.instance({ instanceId: "two" })];
      const entry = recordingOf();
      await one.journal.opened(entry);
      await one.journal.closed(entry.id, outcome);
      expect(await claimable()).toEqual([]);
      await two.journal.opened(recordingOf());
    },
  );

  test("closed leaves nothing behind but the trail, and for an hour that it has ended", async () => {
    const { journal } = await redis.instance();
    const [older, newer] = [recordingOf(), recordingOf()];
    for (const entry of [older, newer]) await journal.opened(entry);
    await journal.closed(newer.id, stopped);
    const keys = (await redis.admin.keys("*")).map((key) => key.replace("{teams-recording-status}:", ""));
    const key = call.replaceAll("-", "");
    expect(keys.sort()).toEqual([`ended:${newer.id}`, `ended:${older.id}`, `last:${key}`, `trail:${key}`, "generation"].sort());
    for (const name of [`ended:${older.id}`, `last:${key}`]) {
      const keptMs = await redis.admin.pTTL(`{teams-recording-status}:${name}`);
      expect([keptMs > 3_590_000, keptMs <= 3_600_000]).toEqual([true, true]);
    }
  });

  test("closed and released of what is not there are no errors", async () => {
    const { journal } = await redis.instance();
    await journal.closed("nobody knows it", stopped);
    await journal.released("nobody knows it");
    expect(await claimable()).toEqual([]);
  });

  test("an owner whose lease is over is replaced, and learns that it lost the call", async () => {
    // Its clock stands still: it does not renew, as a process that sleeps.
    const one = await redis.instance({ leaseMs: 120, runtime: createHandClock() });
    const two = await redis.instance({ instanceId: "two" });
    const hold = await one.journal.opened(recordingOf());
    const opened = () =>
      two.journal.opened(recordingOf()).then(
        () => true,
        () => false,
      );
    await untilSo(opened, "the lease is over");
    expect(await hold.confirm()).toBe(false);
    expect([hold.permits(), hold.mayReport()]).toEqual([false, false]);
  });

  test.each([
    ["stopped", stopped, false],
    ["the call ended", callEnded, false],
    ["refused", refused, true],
  ] as const)("a newer recording replaced what was left behind; it ends (%s)", async (_, outcome, isOpenAgain) => {
    const [one, two] = [await redis.instance(), await redis.instance({ instanceId: "two" })];
    const older = await leftBehind(one);
    const newer = recordingOf();
    await two.journal.opened(newer);
    expect(await claimable()).toEqual([]);
    await two.journal.closed(newer.id, outcome);
    expect(await claimable()).toEqual(isOpenAgain ? [older.id] : []);
  });

  test.each([
    ["the older first", [1, 2], [0]],
    ["the newer first", [2, 1], [0]],
    ["the newer alone", [2], [1]],
    ["the older alone", [1], []],
  ] as const)("three recordings of a call, two of them refused: %s", async (_, refusals, claimed) => {
    const { journal } = await redis.instance();
    const entries = [recordingOf(), recordingOf(), recordingOf()];
    for (const entry of entries) await journal.opened(entry);
    for (const at of refusals) await journal.closed(entries[at]?.id ?? "", refused);
    expect(await claimable()).toEqual(claimed.map((at) => entries[at]?.id));
  });

  test("a confirmed end in the middle ends what is older, too", async () => {
    const { journal } = await redis.instance();
    const entries = [recordingOf(), recordingOf(), recordingOf()];
    for (const entry of entries) await journal.opened(entry);
    await journal.closed(entries[1]?.id ?? "", stopped);
    await journal.closed(entries[2]?.id ?? "", refused);
    expect(await claimable()).toEqual([]);
  });

  test("a newer recording of the same instance replaces the older one", async () => {
    const { journal } = await redis.instance();
    const older = await journal.opened(recordingOf());
    const newer = await journal.opened(recordingOf());
    expect([older.permits(), older.mayReport(), await older.confirm()]).toEqual([false, false, false]);
    expect([newer.permits(), newer.mayReport(), await newer.confirm()]).toEqual([true, true, true]);
  });

  test("released: anybody may claim it at once, also the process that gave it up", async () => {
    const clock = createHandClock();
    const one = await redis.instance({ runtime: clock });
    const { id } = await leftBehind(one);
    clock.advance(claimMs);
    expect(await one.journal.claimOrphans()).toMatchObject([{ id, callId: call, tenantId: "tenant", openedAt: 1_790_000_000_000 }]);
    expect(await claimable()).toEqual([]);
  });

  test("an instance may start a call anew that was left behind", async () => {
    const [one, two] = [await redis.instance(), await redis.instance({ instanceId: "two" })];
    await leftBehind(one);
    expect((await two.journal.opened(recordingOf())).permits()).toBe(true);
  });

  test("a Redis that has forgotten the scripts is told them again", async () => {
    const { journal } = await redis.instance();
    const entry = recordingOf();
    await journal.opened(entry);
    await redis.admin.scriptFlush();
    await journal.closed(entry.id, stopped);
    await journal.opened(recordingOf());
  });
});
