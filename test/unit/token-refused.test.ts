// After a 401 a token is forgotten: the next caller has a newer one, or the credential is really asked.
import { expect, test } from "vitest";
import { createCache, minute } from "./asked-credential.ts";
import { settle } from "./virtual-clock.ts";

test("a request from before the refusal is not joined by who forgot the token", async () => {
  const { clock, asked, cache, get, token } = createCache();
  get();
  asked[0]?.answer(token("t", 10_000));
  await clock.advance(8_000);
  const before = get();
  expect(asked).toHaveLength(2);
  cache.forget("t", undefined);
  const after = get();
  expect(asked).toHaveLength(3);
  asked[1]?.answer(token("t"));
  await settle();
  expect([before.value, after.done]).toEqual(["t", false]);
  asked[2]?.answer(token("new"));
  await settle();
  expect(after.value).toBe("new");
  const next = get();
  await settle();
  expect([next.value, asked.length]).toEqual(["new", 3]);
});

test("the same, for a token that was never kept", async () => {
  const { asked, cache, get, token } = createCache();
  get();
  asked[0]?.answer(token("once", Number.NaN));
  await settle();
  get();
  cache.forget("once", undefined);
  get();
  expect(asked).toHaveLength(3);
});

test("an answer from before the refusal does not bring the refused token back", async () => {
  const { clock, asked, cache, get, token } = createCache();
  get();
  asked[0]?.answer(token("t"));
  await clock.advance(55 * minute);
  get();
  expect(asked).toHaveLength(2);
  cache.forget("t", undefined);
  asked[1]?.answer(token("t"));
  await settle();
  get();
  expect(asked).toHaveLength(3);
});

test("an equal answer counts as new when the credential was asked after the refusal", async () => {
  const { asked, cache, get, token } = createCache();
  get();
  asked[0]?.answer(token("t"));
  await settle();
  cache.forget("t", undefined);
  const second = get();
  asked[1]?.answer(token("t"));
  await settle();
  const third = get();
  await settle();
  expect([second.value, third.value, asked.length]).toEqual(["t", "t", 2]);
  cache.forget("t", undefined);
  get();
  expect(asked).toHaveLength(3);
});

test("a hundred calls that met the same refusal share one request", async () => {
  const { asked, cache, get, token } = createCache();
  get();
  asked[0]?.answer(token("t"));
  await settle();
  const calls = Array.from({ length: 100 }, () => {
    cache.forget("t", undefined);
    return get();
  });
  expect(asked).toHaveLength(2);
  asked[1]?.answer(token("new"));
  await settle();
  cache.forget("t", undefined);
  const late = get();
  await settle();
  expect([...calls, late].every(({ value }) => value === "new")).toBe(true);
  expect(asked).toHaveLength(2);
});

test("the refusal of one tenant's token is nothing to another's", async () => {
  const { asked, cache, get, token } = createCache();
  get("a");
  get("b");
  for (const request of asked) request.answer(token("t"));
  await settle();
  cache.forget("t", "a");
  get("b");
  get("b");
  expect(asked).toHaveLength(2);
  get("a");
  expect(asked).toHaveLength(3);
});

test("a token that was refused while its call waited for a slot is stale", async () => {
  const { asked, cache, token } = createCache();
  const given = cache.get({ signal: new AbortController().signal });
  asked[0]?.answer(token("t"));
  const { isStale } = await given;
  expect(isStale()).toBe(false);
  cache.forget("t", undefined);
  expect(isStale()).toBe(true);
});

test("a challenge is asked after the refusal too", async () => {
  const { asked, cache, ask, token } = createCache();
  const challenge = { claims: '{"a":1}', token: "t" };
  ask();
  asked[0]?.answer(token("t"));
  await settle();
  cache.forget("t", undefined);
  ask({ challenge });
  cache.forget("t", undefined);
  ask({ challenge });
  expect(asked.map(({ options }) => options.claims)).toEqual([undefined, '{"a":1}']);
});
