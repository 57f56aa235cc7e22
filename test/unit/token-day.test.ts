// Days of a busy client whose credential hangs: who comes 5 s after a hang began is not held by it.
import { expect, test } from "vitest";
import { createRecordingClient } from "../../src/index.ts";
import { completed } from "./observed-client.ts";
import { createVirtualClock } from "./virtual-clock.ts";

const hour = 3_600_000;

type Day = {
  readonly hours: number;
  /** Time between one call and the next, in milliseconds. */
  readonly everyMs: number;
  /** Whether the request for a token never ends, by its count from 1 and by the time since the beginning in milliseconds. */
  readonly hangs: (count: number, sinceMs: number) => boolean;
};

/** Tokens live for a minute and are not replaced ahead of their end, so that each hang is met by calls that have none. */
async function simulate({ hours, everyMs, hangs }: Day) {
  const clock = createVirtualClock();
  const begin = clock.runtime.now();
  const hungAt: number[] = [];
  const failures: { readonly code: string; readonly at: number; readonly afterHangMs: number }[] = [];
  let asked = 0;
  let underWay = 0;
  let mostUnderWay = 0;
  const getToken = async (_: unknown, options?: { abortSignal?: AbortSignal }) => {
    const now = clock.runtime.now();
    if (!hangs(++asked, now - begin)) return { token: `t${asked}`, expiresOnTimestamp: now + 62_000, refreshAfterTimestamp: now + hour };
    hungAt.push(now);
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    options?.abortSignal?.addEventListener("abort", () => underWay--);
    return await new Promise<never>(() => {});
  };
  const client = createRecordingClient({ credential: { getToken }, fetch: async () => completed() }, clock.runtime);
  let calls = 0;
  for (; clock.runtime.now() - begin < hours * hour; calls++) {
    const at = clock.runtime.now();
    client.updateRecordingStatus(`call-${calls}`, { status: "recording" }).catch(({ code }) => {
      const lastHang = hungAt.findLast((time) => time <= at + 5_000 && time >= at - 20_000) ?? Number.NaN;
      failures.push({ code, at: at - begin, afterHangMs: at - lastHang });
    });
    await clock.advance(everyMs);
  }
  await clock.advance(60_000);
  return { calls, asked, hung: hungAt.length, failures, mostUnderWay, left: clock.pending };
}

test("one hang in 24 hours, with a call every 20 s, fails the calls of its first 5 s, and no other", async () => {
  const day = await simulate({ hours: 24, everyMs: 20_000, hangs: (count) => count === 2 });
  expect(day).toMatchObject({ calls: 4_320, hung: 1, left: 0 });
  expect(day.failures).toEqual([expect.objectContaining({ code: "CREDENTIAL", afterHangMs: 0 })]);
});

test("every fifth request hangs for ever, with a call every second: no call fails, the next request serves those who wait", async () => {
  const day = await simulate({ hours: 1, everyMs: 1_000, hangs: (count) => count % 5 === 0 });
  expect(day).toMatchObject({ calls: 3_600, failures: [], left: 0 });
  expect(day.hung).toBeGreaterThan(10);
  expect(day.mostUnderWay).toBe(1);
});

test("ten minutes in which every request hangs: no failure of a call that came later, and four requests under way at most", async () => {
  const [from, to] = [600_000, 1_200_000];
  const day = await simulate({ hours: 0.5, everyMs: 1_000, hangs: (_, sinceMs) => sinceMs >= from && sinceMs < to });
  expect(day.mostUnderWay).toBe(4);
  expect(day.left).toBe(0);
  expect(new Set(day.failures.map(({ code }) => code))).toEqual(new Set(["CREDENTIAL"]));
  const times = day.failures.map(({ at }) => at);
  // The token of before lasts for a minute at most; the last to fail had waited for 20 s before the credential answered again.
  expect(Math.min(...times)).toBeGreaterThanOrEqual(from);
  expect(Math.max(...times)).toBeLessThanOrEqual(to - 10_000);
});
