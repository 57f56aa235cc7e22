import { describe, expect, test } from "vitest";
import { backoffMs, nextStep, retryAfterMs } from "../../src/http/retry.ts";

const now = Date.parse("2026-11-23T18:00:00Z");
const asked = (value: string, date?: string) => retryAfterMs(new Headers({ "retry-after": value, ...(date && { date }) }), now);

describe("Retry-After", () => {
  test.each([
    ["0", 0],
    ["10", 10_000],
    ["1.5", 1_500],
    ["0.0001", 1],
    ["  7  ", 7_000],
    ["86400000000", 86_400_000_000_000],
    ["9".repeat(400), Number.POSITIVE_INFINITY],
    ["Mon, 23 Nov 2026 18:00:10 GMT", 10_000],
    ["Monday, 23-Nov-26 18:00:10 GMT", 10_000],
    ["Mon Nov 23 18:00:10 2026", 10_000],
    ["Mon, 23 Nov 2026 17:00:00 GMT", 0],
  ])("%s asks for %d ms", (value, expected) => expect(asked(value)).toBe(expected));

  test.each(["soon", "-5", "+5", "1e3", "0x10", "10, 20", "10s", "", "Mon, 99 Foo 2026 18:00:00 GMT", "2026-11-23T18:00:10Z"])(
    "%j asks for nothing that makes sense",
    (value) => expect(asked(value)).toBeUndefined(),
  );

  test("a missing header asks for nothing", () => expect(retryAfterMs(new Headers(), now)).toBeUndefined());

  test("a date counts from the answer's own Date, so that a wrong local clock does not shorten the wait", () => {
    expect(asked("Mon, 23 Nov 2026 17:00:30 GMT", "Mon, 23 Nov 2026 17:00:00 GMT")).toBe(30_000);
  });
});

test.each([
  [0, 0, 100],
  [0, 1, 600],
  [1, 1, 1_100],
  [4, 1, 8_100],
  [50, 1, 8_100],
  [2, 0.5, 1_100],
])("back-off before retry %d with chance %d is %d ms", (retry, chance, expected) => {
  expect(backoffMs(retry, () => chance)).toBe(expected);
});

describe("the next step", () => {
  const situation = {
    retryable: true,
    retryAfterMs: undefined,
    retries: 0,
    limit: 3,
    untilDeadline: false,
    remainingMs: 10_000,
    random: () => 0,
  };
  test.each([
    [{}, { waitMs: 100 }],
    [{ retryAfterMs: 9_999 }, { waitMs: 9_999 }],
    [{ retryAfterMs: 0 }, { waitMs: 0 }],
    [{ retryable: false, retryAfterMs: 5 }, { giveUp: "refused" }],
    [{ retries: 3 }, { giveUp: "exhausted" }],
    [{ limit: 0 }, { giveUp: "exhausted" }],
    [{ retryAfterMs: 10_000 }, { giveUp: "asked to wait too long" }],
    [{ retryAfterMs: Number.POSITIVE_INFINITY }, { giveUp: "asked to wait too long" }],
    [{ remainingMs: 100 }, { giveUp: "too late" }],
  ])("%o → %o", (change, expected) => expect(nextStep({ ...situation, ...change })).toEqual(expected));
});
