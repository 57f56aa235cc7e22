// Hours and a day of a busy client whose credential hangs: who comes 5 s after a hang began is not held by it.
import { expect, test } from "vitest";
import { simulate } from "./token-days.ts";

test("one hang in two hours, with a call every 20 s, fails the calls of its first 5 s, and no other", async () => {
  const day = await simulate({ hours: 2, everyMs: 20_000, hangs: (count) => count === 2 });
  expect(day).toMatchObject({ calls: 360, hung: 1, left: 0 });
  expect(day.failures).toEqual([expect.objectContaining({ code: "CREDENTIAL", afterHangMs: 0 })]);
});

test("every fifth request hangs for ever, with a call every second: no call fails, the next request serves those who wait", async () => {
  const day = await simulate({ hours: 0.4, everyMs: 1_000, hangs: (count) => count % 5 === 0 });
  expect(day).toMatchObject({ calls: 1_440, failures: [], left: 0 });
  expect(day.hung).toBeGreaterThan(4);
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

test("one hang in 24 hours, with a call every 20 s, fails the calls of its first 5 s, and no other", async () => {
  const day = await simulate({ hours: 24, everyMs: 20_000, hangs: (count) => count === 2 });
  expect(day).toMatchObject({ calls: 4_320, hung: 1, left: 0 });
  expect(day.failures).toEqual([expect.objectContaining({ code: "CREDENTIAL", afterHangMs: 0 })]);
});
