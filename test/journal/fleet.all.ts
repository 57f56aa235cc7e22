// The same with a thousand calls, an instance that sleeps for longer than its lease while others take its calls over, and a Redis that is gone for
// longer than that.
import { expect, test } from "vitest";
import { hasRedis } from "../support/redis-server.ts";
import { runFleet } from "./fleet-run.ts";

const seed = Number(process.env.FLEET_SEED ?? Math.floor(Math.random() * 2 ** 31));

test.skipIf(!hasRedis)(
  `1,000 calls; one instance is killed, one sleeps, Redis comes and goes twice (FLEET_SEED=${seed})`,
  { timeout: 300_000 },
  async () => {
    const { faults, counts } = await runFleet({ seed, calls: 1_000, spreadMs: 16_000, leaseMs: 2_000, isHard: true });
    console.log(`fleet: seed ${seed}, ${JSON.stringify(counts)}`);
    expect(faults).toEqual([]);
    expect(counts).toMatchObject({ misdelivered: expect.toSatisfy((count: number) => count > 1_000) });
    expect(counts.recovered).toBeGreaterThan(5);
  },
);
