// A bot is killed with SIGKILL at random instants; the next process cleans up. CRASH_RUNS and CRASH_SEED make it longer: npm run test:crash.
import { describe, expect, test } from "vitest";
import { hasRedis } from "../support/redis-server.ts";
import { type Crash, crash } from "./crash-run.ts";

const all = Number(process.env.CRASH_RUNS ?? 4);
/** In a small run fewer with Redis: each waits for a lease. */
const shares = {
  sqlite: all < 100 ? Math.ceil(all * 0.75) : Math.ceil(all / 2),
  redis: all < 100 ? Math.floor(all * 0.25) : Math.floor(all / 2),
};
const firstSeed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** What a bot was doing when it was killed: a run of some size must have met each of them. */
const phases = ["report under way", "answer left open", "recording", "end under way", "ended"];

describe.each(["sqlite", "redis"] as const)("with the journal in %s", (kind) => {
  const runs = shares[kind];
  test.skipIf(kind === "redis" && !hasRedis)(
    `${runs} bots that are killed leave nothing behind (seed ${firstSeed})`,
    { timeout: 3_600_000 },
    async () => {
      const counts = new Map<string, number>();
      const faults: Crash[] = [];
      let reports = 0;
      const seeds = Array.from({ length: runs }, (_, i) => firstSeed + i);
      const worker = async () => {
        for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
          const crashed = await crash(kind, seed);
          if (crashed.faults.length > 0) faults.push(crashed);
          for (const [phase, count] of crashed.phases) counts.set(phase, (counts.get(phase) ?? 0) + count);
          reports += crashed.reports;
        }
      };
      // Those with Redis mostly wait.
      await Promise.all(Array.from({ length: kind === "redis" ? 6 : 3 }, worker));
      console.log(
        `${kind}: ${runs} crashes, seed ${firstSeed}, ${reports} reports, at the kill: ${JSON.stringify(Object.fromEntries(counts))}`,
      );
      expect(faults).toEqual([]);
      if (runs < 100) return;
      for (const phase of phases) expect(counts.get(phase) ?? 0, phase).toBeGreaterThan(0);
    },
  );
});
