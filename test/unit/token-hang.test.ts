// A credential that hangs: its request has a bound of its own, and holds nobody who comes later.
import { expect, test } from "vitest";
import { createTokenCache } from "../../src/auth/token-cache.ts";
import { createEnding } from "../../src/waiting/ending.ts";
import { createCache } from "./asked-credential.ts";
import { outcome } from "./observed-client.ts";
import { createVirtualClock, settle } from "./virtual-clock.ts";

const signal = new AbortController().signal;

test("a request without an answer ends after 20 s: its signal is aborted, and its waiters are told what to check", async () => {
  const { clock, asked, get } = createCache();
  const call = get();
  await clock.advance(19_999);
  expect([call.done, asked[0]?.options.abortSignal?.aborted]).toEqual([false, false]);
  await clock.advance(1);
  expect([call.error?.code, asked[0]?.options.abortSignal?.aborted, clock.pending]).toEqual(["CREDENTIAL", true, 0]);
  expect(call.error?.message).toMatch(/did not answer within 20 000 ms\. Check .*network/);
});

test("a request is joined for 5 s; who comes later starts another", async () => {
  const { clock, asked, get } = createCache();
  get();
  await clock.advance(5_000);
  get();
  expect(asked).toHaveLength(1);
  await clock.advance(1);
  get();
  get();
  expect(asked).toHaveLength(2);
});

test("an answer serves all who wait for it, those of an older request too, whose request is aborted then", async () => {
  const { clock, asked, get, token } = createCache();
  const old = get();
  await clock.advance(5_001);
  const young = get();
  asked[1]?.answer(token("t"));
  await settle();
  expect([old.value, young.value]).toEqual(["t", "t"]);
  expect(asked[0]?.options.abortSignal?.aborted).toBe(true);
  expect(clock.pending).toBe(0);
});

test("a failure is told to those of its own request only", async () => {
  const { clock, asked, get } = createCache();
  const old = get();
  await clock.advance(5_001);
  const young = get();
  asked[1]?.fail(new Error("refused"));
  await settle();
  expect([old.done, young.error?.code]).toEqual([false, "CREDENTIAL"]);
});

test("a steady load on a credential that never answers keeps at most four requests under way", async () => {
  const { clock, asked, get, underWay } = createCache();
  const calls = [];
  let most = 0;
  for (let second = 0; second < 120; second++) {
    calls.push(get());
    most = Math.max(most, underWay());
    await clock.advance(1_000);
  }
  expect(most).toBe(4);
  expect(asked).toHaveLength(20);
  expect(new Set(calls.filter(({ done }) => done).map(({ error }) => error?.code))).toEqual(new Set(["CREDENTIAL"]));
  await clock.advance(20_000);
  expect([calls.every(({ done }) => done), underWay(), clock.pending]).toEqual([true, 0, 0]);
});

test("refreshes in the background that hang keep at most two requests under way", async () => {
  const { clock, asked, get, token, underWay } = createCache();
  get();
  asked[0]?.answer(token("t", 3_600_000, { refreshAfterTimestamp: 0 }));
  await settle();
  let most = 0;
  for (let second = 0; second < 120; second++) {
    get();
    most = Math.max(most, underWay() - 1);
    await clock.advance(1_000);
  }
  expect(most).toBe(2);
});

test("of an answer that comes after 20 s the next caller has the good", async () => {
  const { clock, asked, get, token } = createCache();
  const first = get();
  await clock.advance(20_000);
  asked[0]?.answer(token("slow"));
  await settle();
  const second = get();
  await settle();
  expect([first.error?.code, second.value, asked.length]).toEqual(["CREDENTIAL", "slow", 1]);
});

test("a late answer serves those who wait for a newer request", async () => {
  const { clock, asked, get, token } = createCache();
  get();
  await clock.advance(15_000);
  const second = get();
  await clock.advance(10_000);
  asked[0]?.answer(token("slow"));
  await settle();
  expect(second.value).toBe("slow");
});

test("a late answer does not overwrite a newer token", async () => {
  const { clock, asked, get, token } = createCache();
  get();
  await clock.advance(20_000);
  get();
  asked[1]?.answer(token("new"));
  await settle();
  asked[0]?.answer(token("late"));
  await settle();
  const next = get();
  await settle();
  expect([next.value, asked.length]).toEqual(["new", 2]);
});

test("an older refresh in the background that answers late does not overwrite the newer token", async () => {
  const { clock, asked, get, token } = createCache();
  get();
  asked[0]?.answer(token("first", 3_600_000, { refreshAfterTimestamp: 0 }));
  await clock.advance(10_000);
  get();
  await clock.advance(10_000);
  get();
  expect(asked).toHaveLength(3);
  asked[2]?.answer(token("newest"));
  await settle();
  asked[1]?.answer(token("late"));
  await settle();
  const next = get();
  await settle();
  expect(next.value).toBe("newest");
});

test("a credential that asks the cache again from within waits no longer than its own bound", async () => {
  const clock = createVirtualClock();
  const cache = createTokenCache(
    { credential: { getToken: async () => (await cache.get({ signal })) as never }, scope: "s" },
    clock.runtime,
  );
  const call = outcome(cache.get({ signal }));
  await clock.advance(20_000);
  expect(call.error?.code).toBe("CREDENTIAL");
});

test("after the client's end nothing is asked in the background, what was is aborted, and who waits still gets an answer", async () => {
  const clock = createVirtualClock();
  const clientEnd = createEnding();
  const asked: (AbortSignal | undefined)[] = [];
  const hanging = Promise.withResolvers<never>();
  const getToken = async (_: unknown, options?: { abortSignal?: AbortSignal }) => {
    asked.push(options?.abortSignal);
    if (asked.length === 2) return hanging.promise;
    return { token: `t${asked.length}`, expiresOnTimestamp: clock.runtime.now() + 60_000, refreshAfterTimestamp: 0 };
  };
  const cache = createTokenCache({ credential: { getToken }, scope: "s", clientEnd }, clock.runtime);
  await cache.get({ signal });
  await clock.advance(10_000);
  await cache.get({ signal });
  expect([asked.length, clock.pending]).toEqual([2, 1]);
  clientEnd.bringAbout();
  expect([asked[1]?.aborted, clock.pending]).toEqual([true, 0]);
  await clock.advance(10_000);
  expect([(await cache.get({ signal })).token, asked.length]).toEqual(["t1", 2]);
  await clock.advance(60_000);
  expect((await cache.get({ signal })).token).toBe("t3");
});
