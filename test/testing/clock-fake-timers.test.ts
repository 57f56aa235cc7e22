// The fake clock under a test runner's fake timers, which hold up whoever looks timers up late.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFakeClock } from "teams-recording-status/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "timers-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a test runner's fake timers do not hold it up", () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.resetModules();
  });
  const all = { toFake: ["setTimeout", "setInterval", "setImmediate", "Date", "performance"] } as const;

  test("when they come later", async () => {
    vi.useFakeTimers({ toFake: [...all.toFake] });
    const file = join(folder, "transcript.txt");
    const clock = createFakeClock();
    const until = new Promise<void>((resolve) => void clock.schedule(resolve, 10_000)).then(() => writeFile(file, "text"));
    await clock.advance(60_000, { until });
    expect([clock.pending, readFileSync(file, "utf8")]).toEqual([0, "text"]);
  });

  test("when they were there first", async () => {
    vi.useFakeTimers({ toFake: [...all.toFake] });
    vi.resetModules();
    const fresh = await import("teams-recording-status/testing");
    expect(fresh.createFakeClock).not.toBe(createFakeClock);
    const clock = fresh.createFakeClock();
    const file = join(folder, "transcript.txt");
    const until = new Promise<void>((resolve) => void clock.schedule(resolve, 10_000)).then(() => writeFile(file, "text"));
    await clock.advance(60_000, { until });
    expect([clock.pending, readFileSync(file, "utf8")]).toEqual([0, "text"]);
  });
});
