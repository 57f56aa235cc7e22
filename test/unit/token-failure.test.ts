// A credential that fails, in whatever way: each who waited gets CREDENTIAL, an error of its own.
import { expect, test } from "vitest";
import { createTokenCache } from "../../src/auth/token-cache.ts";
import { createCache } from "./asked-credential.ts";
import { createVirtualClock, settle } from "./virtual-clock.ts";

const signal = new AbortController().signal;

test("each who waited gets an error of its own, with the same message, hint and cause", async () => {
  const { asked, get } = createCache();
  const calls = [get(), get(), get()];
  const cause = new Error("AADSTS7000215: Invalid client secret provided.");
  asked[0]?.fail(cause);
  await settle();
  const errors = calls.map(({ error }) => error as Error & { hint?: string });
  expect(new Set(errors).size).toBe(3);
  expect(new Set(errors.map(({ message }) => message)).size).toBe(1);
  expect(errors.map((error) => [error.cause, error.hint])).toEqual(Array(3).fill([cause, errors[0]?.hint]));
  expect(errors[0]?.hint).toBeDefined();
});

test("the time-out, too, is an error of its own for each", async () => {
  const { clock, get } = createCache();
  const calls = [get(), get(), get("a")];
  await clock.advance(20_000);
  expect(new Set(calls.map(({ error }) => error)).size).toBe(3);
});

test.each([
  ["an object without a prototype", Object.create(null)],
  ["an error whose message cannot be read", Object.defineProperty(new Error("x"), "message", { get: () => Object.create(null) })],
  ["nothing", undefined],
])("a credential that throws %s at once is CREDENTIAL", async (_, thrown) => {
  const getToken = () => {
    throw thrown;
  };
  const cache = createTokenCache({ credential: { getToken }, scope: "s" }, createVirtualClock().runtime);
  await expect(cache.get({ signal })).rejects.toMatchObject({ code: "CREDENTIAL" });
});

test("an answer that cannot be read is CREDENTIAL, and each member is read once", async () => {
  let reads = 0;
  const hostile = {
    get token() {
      return ++reads === 1 ? "a-token" : "another\r\nheader";
    },
    get expiresOnTimestamp(): number {
      throw new Error("no end today");
    },
  };
  const cache = createTokenCache({ credential: { getToken: async () => hostile }, scope: "s" }, createVirtualClock().runtime);
  await expect(cache.get({ signal })).rejects.toMatchObject({ code: "CREDENTIAL", message: expect.stringContaining("no end today") });
  expect(reads).toBe(1);
});
