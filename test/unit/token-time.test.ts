// The life of a token is measured by the monotonic clock from the moment it was received.
import { describe, expect, test } from "vitest";
import { createCache, minute } from "./asked-credential.ts";
import { settle } from "./virtual-clock.ts";

const hour = 60 * minute;
const steps = [2 * minute, -2 * minute, hour, -hour, 24 * hour, -24 * hour];

describe.each(steps)("a step of the wall clock by %i ms", (stepMs) => {
  test("neither ends nor lengthens the life of a token", async () => {
    const { clock, asked, get, ask, token, stepWallClock } = createCache();
    get();
    asked[0]?.answer(token("t", 100_000, { refreshAfterTimestamp: clock.runtime.now() + 200_000 }));
    await settle();
    stepWallClock(stepMs);
    await clock.advance(97_999);
    const last = get();
    await settle();
    expect([last.value, asked.length]).toEqual(["t", 1]);
    await clock.advance(1);
    ask();
    expect(asked).toHaveLength(2);
  });

  test("neither hastens nor delays its replacement", async () => {
    const { clock, asked, get, token, stepWallClock } = createCache();
    get();
    asked[0]?.answer(token("t", hour, { refreshAfterTimestamp: clock.runtime.now() + 30 * minute }));
    await settle();
    stepWallClock(stepMs);
    await clock.advance(30 * minute - 1);
    get();
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    get();
    expect(asked).toHaveLength(2);
  });

  test("while a request is under way changes nothing of its bounds", async () => {
    const { clock, asked, get, stepWallClock } = createCache();
    const call = get();
    stepWallClock(stepMs);
    await clock.advance(5_000);
    get();
    expect(asked).toHaveLength(1);
    await clock.advance(15_000);
    expect(call.error?.code).toBe("CREDENTIAL");
  });

  test("does not make a token stale that waits for its slot", async () => {
    const { cache, asked, token, stepWallClock } = createCache();
    const given = cache.get({ signal: new AbortController().signal });
    asked[0]?.answer(token("t"));
    const { isStale } = await given;
    stepWallClock(stepMs);
    expect(isStale()).toBe(false);
  });
});

describe("a token that has ended already", () => {
  const received = async (expiresOnTimestamp: unknown) => {
    const { asked, get } = createCache();
    const calls = [get(), get()];
    asked[0]?.answer({ token: "secret-token-of-the-bot", expiresOnTimestamp } as never);
    await settle();
    get();
    return { calls, error: calls[0]?.error, asked: asked.length };
  };
  const now = Date.UTC(2026, 10, 26);

  test.each([0, -1, 1, now - 1, now, now - hour])("at %d is CREDENTIAL for all who wait, and not kept", async (end) => {
    const { calls, error, asked } = await received(end);
    expect(calls.map((call) => [call.value, call.error?.code])).toEqual(Array(2).fill([undefined, "CREDENTIAL"]));
    expect(error?.message).toMatch(/whose expiresOnTimestamp, -?\d+, is in the past; the token was not sent\./);
    expect(error?.message).toContain("milliseconds since the epoch");
    expect(error?.message).toContain("the clock of this machine is ahead: it says 2026-11-26T00:00:00.000Z");
    expect(error?.message).not.toContain("secret-token");
    expect(asked).toBe(2);
  });

  test.each([(now + hour) / 1_000, Math.floor(now / 1_000), 1e9])("at %d, which looks like seconds, says so", async (end) => {
    const { error } = await received(end);
    expect(error).toMatchObject({
      code: "CREDENTIAL",
      message: expect.stringMatching(/milliseconds since the epoch.*looks like seconds: multiply/),
    });
  });

  test.each([undefined, null, Number.NaN, "1795651200000", {}])("is none with the end %j: it is used once", async (end) => {
    const { calls, asked } = await received(end);
    expect([calls.map(({ value }) => value), asked]).toEqual([["secret-token-of-the-bot", "secret-token-of-the-bot"], 2]);
  });

  test("does not displace a good one, when a refresh in the background brings it", async () => {
    const { clock, asked, get, token } = createCache();
    get();
    asked[0]?.answer(token("good"));
    await clock.advance(55 * minute);
    get();
    asked[1]?.answer(token("ended", -1));
    await settle();
    const next = get();
    await settle();
    expect([next.value, asked.length]).toEqual(["good", 2]);
  });
});
