// A day of a busy client whose credential hangs once.
import { expect, test } from "vitest";
import { simulate } from "./token-days.ts";

test("one hang in 24 hours, with a call every 20 s, fails the calls of its first 5 s, and no other", async () => {
  const day = await simulate({ hours: 24, everyMs: 20_000, hangs: (count) => count === 2 });
  expect(day).toMatchObject({ calls: 4_320, hung: 1, left: 0 });
  expect(day.failures).toEqual([expect.objectContaining({ code: "CREDENTIAL", afterHangMs: 0 })]);
});
