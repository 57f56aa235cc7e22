// Many tenants: their tokens go when they have expired, and by count; nothing else of them stays.
import { expect, test } from "vitest";
import { createTokenCache } from "../../src/auth/token-cache.ts";
import { mostTenants } from "../../src/auth/token-store.ts";
import { heapMiB } from "../support/memory.ts";
import { whenAll } from "../support/when-all.ts";
import { createVirtualClock } from "./virtual-clock.ts";

const hour = 3_600_000;
const signal = new AbortController().signal;

/** A cache over a credential that answers at once, with tokens of an hour and of the given length. */
function createCache(length = 20) {
  const clock = createVirtualClock();
  const asked: (string | undefined)[] = [];
  const getToken = async (_: unknown, options?: { tenantId?: string }) => {
    asked.push(options?.tenantId);
    // A buffer's text is one piece of memory of its own, as a token from the network is; a repeated one would be shared.
    return { token: Buffer.alloc(length, "x").toString("latin1"), expiresOnTimestamp: clock.runtime.now() + hour };
  };
  const cache = createTokenCache({ credential: { getToken }, scope: "s" }, clock.runtime);
  const use = (tenantId: string) => cache.get({ tenantId, signal });
  return { clock, asked, cache, use };
}

whenAll(() => {
  test("30,000 tenants keep the tokens of 10,000, and nothing of them when these have expired", async () => {
    const { clock, asked, use } = createCache(1_000);
    await use("first");
    const before = heapMiB();
    for (let count = 0; count < 30_000; count++) await use(`tenant-${count}`);
    asked.length = 0;
    const kept = heapMiB() - before;
    await clock.advance(hour);
    await use("first");
    const left = heapMiB() - before;
    console.info(`tokens of 30,000 tenants: heap ${kept.toFixed(1)} MiB more; ${left.toFixed(2)} MiB when they have expired`);
    // 10,000 tokens of 1,000 bytes, and as much again for what is known of them.
    expect(kept).toBeLessThan(20);
    expect(left).toBeLessThan(1);
  });
});

test("tokens that have expired are dropped without another call of their tenant, fresh ones stay", async () => {
  const { clock, asked, use } = createCache();
  await use("old");
  await clock.advance(hour / 2);
  await use("young");
  await clock.advance(hour / 2);
  await use("young");
  expect(asked).toEqual(["old", "young"]);
  await use("old");
  expect(asked).toEqual(["old", "young", "old"]);
});

test("the least recently used token goes first, by the minute", async () => {
  const { clock, asked, use } = createCache();
  for (let count = 0; count < mostTenants; count++) await use(`${count}`);
  await clock.advance(60_000);
  await use("0");
  await use("one more");
  asked.length = 0;
  await use("0");
  await use("2");
  expect(asked).toEqual([]);
  await use("1");
  expect(asked).toEqual(["1"]);
});

test("a refusal is remembered for no longer than a request can be under way", async () => {
  const { clock, cache, use } = createCache();
  await use("tenant");
  const before = heapMiB();
  for (let count = 0; count < 10_000; count++) cache.forget(Buffer.alloc(1_000, "y").toString("latin1"), `tenant-${count}`);
  await clock.advance(60_000);
  await use("tenant");
  expect(heapMiB() - before).toBeLessThan(1);
});
