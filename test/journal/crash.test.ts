// A bot is killed with SIGKILL at random instants; the next process cleans up. CRASH_RUNS and CRASH_SEED make it longer: npm run test:crash.
import { expect, test } from "vitest";
import { crash } from "./crash-run.ts";

const runs = Number(process.env.CRASH_RUNS ?? 20);
const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));

test(`${runs} bots that are killed leave nothing behind (seed ${seed})`, { timeout: 3_600_000 }, async () => {
  const phases = new Map<string, number>();
  let reports = 0;
  const left = Array.from({ length: runs }, (_, i) => seed + i);
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const crashed = await crash(next);
      expect(crashed).toMatchObject({ seed: next, faults: [] });
      for (const [phase, count] of crashed.phases) phases.set(phase, (phases.get(phase) ?? 0) + count);
      reports += crashed.reports;
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  console.log(`crashes: ${runs}, seed ${seed}, ${reports} reports, calls at the kill: ${JSON.stringify(Object.fromEntries(phases))}`);
  for (const phase of ["report under way", "answer left open", "recording", "end under way", "ended"])
    expect(phases.get(phase) ?? 0, phase).toBeGreaterThan(0);
});
