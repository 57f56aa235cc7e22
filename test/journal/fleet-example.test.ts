// What docs/crashes.md shows for more than one instance: two of them, and every notification comes to the wrong one.
import { startFakeGraph } from "teams-recording-status/testing";
import { describe, expect, test } from "vitest";
import { openInstance } from "../../examples/fleet/instance.ts";
import { outcome } from "../support/outcome.ts";
import { hasRedis, startRedis } from "../support/redis-server.ts";
import { untilSo } from "./redis-world.ts";

const verifier = { verify: async () => ({ tenantId: "any", claims: {} }) };

describe.skipIf(!hasRedis)("examples/fleet", () => {
  test("a start and its end are confirmed over the stream; meanwhile no other instance records the call", async () => {
    const [redis, fake] = await Promise.all([startRedis(), startFakeGraph()]);
    const told: string[] = [];
    const open = (instanceId: string) =>
      openInstance(
        { baseUrl: fake.baseUrl, credential: fake.credential },
        { instanceId, redisUrl: `unix://${redis.path}`, leaseMs: 40_000, verifier },
        (what) => told.push(`${instanceId} ${what}`),
      );
    const [one, two] = await Promise.all([open("one"), open("two")]);
    try {
      fake.addCall("call");
      fake.script([1, 2].map(() => ({ becomes: "completed", becomesAfterMs: 20, unreadable: 403 })));
      const statuses: Promise<number>[] = [];
      fake.onNotification((body) => {
        const request = new Request("http://localhost/", { method: "POST", body: JSON.stringify(body) });
        statuses.push(two.receive(request).then(({ status }) => status));
      });
      const started = outcome(one.graph.startRecording("call", { recorder: fake.recorder("call") }));
      await untilSo(() => started.done, "it has started");
      expect(started.value?.state).toBe("recording");
      const refused = two.graph.startRecording("call", { recorder: fake.recorder("call") });
      await expect(refused).rejects.toMatchObject({ code: "JOURNAL", message: expect.stringContaining('is recorded by instance "one"') });
      expect(await started.value?.stop()).toMatchObject({ reported: "notRecording", error: undefined });
      expect(await Promise.all(statuses)).toEqual([202, 202]);
      const handedOn = ["two nobody here waits for that notification: hands it on", "one takes what two has handed on: call is completed"];
      expect(told).toEqual([...handedOn, ...handedOn]);
      expect(fake.violations()).toEqual([]);
      expect((await two.journal.timeline("call")).at(-1)).toContain('closed: stopped, reported "notRecording"');
    } finally {
      await Promise.all([one.close(), two.close()]);
      await Promise.all([fake.close(), redis.close()]);
    }
  });
});
