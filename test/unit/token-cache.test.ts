import { describe, expect, test } from "vitest";
import { createTokenCache, type Token } from "../../src/auth/token-cache.ts";
import { createCache, minute } from "./asked-credential.ts";
import { outcome } from "./observed-client.ts";
import { createVirtualClock, settle } from "./virtual-clock.ts";

const text = async (given: Promise<Token>) => (await given).token;

test("the credential is asked with scope, tenant, CAE and a signal, and no more than that", async () => {
  const { asked, get } = createCache();
  get("tenant-1");
  get();
  expect(asked.map(({ scope, options }) => [scope, { ...options, abortSignal: options.abortSignal instanceof AbortSignal }])).toEqual([
    ["scope/.default", { abortSignal: true, enableCae: true, tenantId: "tenant-1" }],
    ["scope/.default", { abortSignal: true, enableCae: true }],
  ]);
});

test("one request is in flight for a tenant, however many callers", async () => {
  const { asked, get, token } = createCache();
  const calls = Array.from({ length: 50 }, () => get("a"));
  get("b");
  expect(asked).toHaveLength(2);
  asked[0]?.answer(token("t"));
  await settle();
  expect(calls.every(({ value }) => value === "t")).toBe(true);
  expect(get("a")).toBeDefined();
  expect(asked).toHaveLength(2);
});

describe("the end of a token", () => {
  test("it is replaced ahead of its end, and nobody waits while the old one is good", async () => {
    const { clock, asked, get, token } = createCache();
    get();
    asked[0]?.answer(token("old"));
    await clock.advance(55 * minute - 1);
    get();
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    const [first, second] = [get(), get()];
    await settle();
    expect([first.value, second.value, asked.length]).toEqual(["old", "old", 2]);
    asked[1]?.answer(token("new"));
    await settle();
    const third = get();
    await settle();
    expect([third.value, asked.length, clock.pending]).toEqual(["new", 2, 0]);
  });

  test("the credential's own refreshAfterTimestamp wins", async () => {
    const { clock, asked, get, token } = createCache();
    get();
    asked[0]?.answer(token("old", 60 * minute, { refreshAfterTimestamp: clock.runtime.now() + minute }));
    await clock.advance(minute);
    get();
    expect(asked).toHaveLength(2);
  });

  test("a refresh that fails or hangs hurts nobody until the end, then the next caller asks", async () => {
    const { clock, asked, get, token } = createCache();
    get();
    asked[0]?.answer(token("old"));
    await clock.advance(56 * minute);
    get();
    asked[1]?.fail(new Error("down"));
    await settle();
    const during = get();
    await settle();
    expect([during.value, asked.length]).toEqual(["old", 2]);
    await clock.advance(10_000);
    get();
    expect(asked).toHaveLength(3);
    await clock.advance(20_000);
    expect(asked[2]?.options.abortSignal?.aborted).toBe(true);
    await clock.advance(4 * minute);
    const late = get();
    await settle();
    expect([late.done, asked.length]).toEqual([false, 4]);
    asked[3]?.answer(token("new"));
    await settle();
    expect(late.value).toBe("new");
  });

  test.each([
    ["missing", Number.NaN],
    ["too near", 2_000],
  ])("a token whose end is %s serves those who waited, and is not kept", async (_, lifeMs) => {
    const { asked, get, token } = createCache();
    const [first, second] = [get(), get()];
    asked[0]?.answer(token("short", lifeMs));
    await settle();
    expect([first.value, second.value]).toEqual(["short", "short"]);
    get();
    expect(asked).toHaveLength(2);
  });
});

test("a failure is not kept, and its text reaches the caller", async () => {
  const { asked, get } = createCache();
  const refused = new Error("AADSTS7000215: Invalid client secret provided.");
  const first = get();
  asked[0]?.fail(refused);
  await settle();
  expect(first.error).toMatchObject({ code: "CREDENTIAL", cause: refused, message: expect.stringContaining("AADSTS7000215") });
  get();
  expect(asked).toHaveLength(2);
});

test.each([null, undefined, "", "two words", "line\r\nbreak", "tok\ten", "tök", 5])("%j is no token", async (value) => {
  const { asked, get } = createCache();
  const call = get();
  asked[0]?.answer(value === null ? null : ({ token: value, expiresOnTimestamp: 1e15 } as never));
  await settle();
  expect(call.error?.code).toBe("CREDENTIAL");
  if (typeof value === "string" && value !== "") expect(call.error?.message).not.toContain(value);
});

test("a credential that throws is no different from one that rejects", async () => {
  const credential = {
    getToken: () => {
      throw new Error("synchronous");
    },
  };
  const cache = createTokenCache({ credential, scope: "s" }, createVirtualClock().runtime);
  await expect(cache.get({ signal: new AbortController().signal })).rejects.toMatchObject({ code: "CREDENTIAL" });
});

test("the request in flight ends with its last waiter, and the next caller starts anew", async () => {
  const { asked, get, token } = createCache();
  const [one, two] = [new AbortController(), new AbortController()];
  const [first, second] = [get(undefined, one.signal), get(undefined, two.signal)];
  one.abort(new Error("one"));
  await settle();
  expect([first.error?.message, second.done, asked[0]?.options.abortSignal?.aborted]).toEqual(["one", false, false]);
  two.abort(new Error("two"));
  await settle();
  expect([second.error?.message, asked[0]?.options.abortSignal?.aborted]).toEqual(["two", true]);
  const third = get();
  expect(asked).toHaveLength(2);
  asked[1]?.answer(token("t"));
  await settle();
  expect(third.value).toBe("t");
});

test("a challenge is answered once for all who met it; who comes later gets the new token", async () => {
  const { asked, cache, token } = createCache();
  const signal = new AbortController().signal;
  const start = outcome(text(cache.get({ signal })));
  asked[0]?.answer(token("old"));
  await settle();
  expect(start.value).toBe("old");
  const challenge = { claims: '{"a":1}', token: "old" };
  const met = [outcome(text(cache.get({ signal, challenge }))), outcome(text(cache.get({ signal, challenge })))];
  expect([asked.length, asked[1]?.options.claims]).toEqual([2, '{"a":1}']);
  asked[1]?.answer(token("new"));
  await settle();
  const late = outcome(text(cache.get({ signal, challenge })));
  await settle();
  expect([...met, late].map(({ value }) => value)).toEqual(["new", "new", "new"]);
  expect(asked).toHaveLength(2);
});

test("a token that was refused is forgotten, another is not", async () => {
  const { asked, cache, get, token } = createCache();
  get();
  asked[0]?.answer(token("t"));
  await settle();
  cache.forget("other", undefined);
  get();
  expect(asked).toHaveLength(1);
  cache.forget("t", undefined);
  get();
  expect(asked).toHaveLength(2);
});

test("a token that came near its end since it was given is stale; one that was near its end from the start is not", async () => {
  const { clock, asked, cache, token } = createCache();
  const signal = new AbortController().signal;
  const given = cache.get({ signal });
  asked[0]?.answer(token("t", 10_000));
  const { isStale } = await given;
  expect(isStale()).toBe(false);
  await clock.advance(8_000);
  expect(isStale()).toBe(true);
  const again = cache.get({ signal });
  asked[1]?.answer(token("short", 1_000));
  expect((await again).isStale()).toBe(false);
});
