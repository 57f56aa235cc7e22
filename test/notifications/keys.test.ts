// Where the keys come from, how long they are kept, and how seldom they are asked for, whatever is sent.
import { expect, test } from "vitest";
import { type ServedAs, signingKey, signJws } from "../support/notification-service.ts";
import { asked, startVerifier, until, whyRefused, withTokens } from "./tokens.ts";

withTokens();

const twoHoursMs = 2 * 60 * 60 * 1000;
type Verifying = Awaited<ReturnType<typeof startVerifier>>;

/** Two hundred tokens with as many names of keys that do not exist, made once. */
const forgedTokens = Array.from({ length: 200 }, (_, n) => signJws({ alg: "RS256", kid: `forged-${n}` }, { tid: "x" }, signingKey(7)));

async function sendForged(one: Verifying, together: boolean) {
  const refuse = (token: string) => expect(one.verify(token)).rejects.toMatchObject({ code: "UNVERIFIED" });
  if (together) await Promise.all(forgedTokens.map(refuse));
  else for (const token of forgedTokens) await refuse(token);
}

const states: readonly (readonly [string, ServedAs])[] = [
  ["are there", "well"],
  ["are cut off", "break"],
  ["answer 500", { status: 500 }],
  ["answer with garbage", { status: 200, body: "{]" }],
  ["answer with no keys", { status: 200, body: '{"keys":[]}' }],
  ["answer with a list", { status: 200, body: "[]" }],
];

for (const together of [false, true]) {
  const how = together ? "at once" : "one after the other";
  test.each(states)(`200 forged tokens ${how} cost at most two requests for the keys, which %s`, async (_, keys) => {
    const one = await startVerifier();
    one.service.serve({ keys });
    await sendForged(one, together);
    expect(asked(one.service, "keys")).toBeGreaterThanOrEqual(1);
    expect(asked(one.service, "keys")).toBeLessThanOrEqual(2);
    expect(asked(one.service, "openid")).toBeLessThanOrEqual(2);
  });

  test.each(states.slice(1))(`nor do they ask more often ${how} for a configuration, when that and the keys %s`, async (_, openid) => {
    const one = await startVerifier();
    one.service.serve({ openid, keys: openid });
    await sendForged(one, together);
    expect(one.service.requests.length).toBeLessThanOrEqual(2);
  });

  test(`after a good token, 200 forged ones ${how} cost one request more, and good ones are accepted all the while`, async () => {
    const one = await startVerifier();
    await one.verify(one.service.sign());
    await sendForged(one, together);
    expect(asked(one.service, "keys")).toBe(2);
    await one.verify(one.service.sign());
    one.clock.pass(29_999);
    await sendForged(one, together);
    expect(asked(one.service, "keys")).toBe(2);
    one.clock.pass(1);
    await sendForged(one, together);
    expect(asked(one.service, "keys")).toBe(3);
  });
}

/** A fetch that never answers for one of the two, and is deaf to its signal too. */
function hanging(what: string) {
  const urls: string[] = [];
  const fetch = (url: string, init: RequestInit) => {
    urls.push(url);
    return url.endsWith(what) ? new Promise<Response>(() => {}) : globalThis.fetch(url, init);
  };
  return { urls, fetch };
}

const count = (urls: readonly string[], what: string) => urls.filter((url) => url.endsWith(`/${what}`)).length;

test.each(["openid", "keys"])("200 forged tokens cost at most two requests when %s hangs, and are refused after 5 s", async (what) => {
  const { urls, fetch } = hanging(what);
  const one = await startVerifier({ fetch });
  for (let round = 1; round <= 3; round++) {
    const refused = sendForged(one, true);
    await until(() => count(urls, what) === Math.min(round, 2));
    one.clock.pass(5_000);
    await refused;
  }
  expect(count(urls, what)).toBe(2);
  const token = one.service.sign();
  const error = await whyRefused(one.verify(token), token);
  expect([error.retryable, error.message]).toEqual([true, expect.stringContaining(`/${what} did not answer within 5 s;`)]);
  expect(error.message).toContain("again in 15 s");
  expect(one.clock.pending).toBe(0);
});

test("a server that hangs holds a token for 5 s, and the next one is verified once it is well", async () => {
  const { service, verify, clock } = await startVerifier();
  service.serve({ keys: "hang" });
  const token = service.sign();
  const refused = whyRefused(verify(token), token);
  await until(() => asked(service, "keys") === 1);
  clock.pass(5_000);
  expect((await refused).message).toMatch(/keys did not answer within 5 s/);
  service.serve({ keys: "well" });
  await verify(service.sign());
});

test("a token whose key is known is held up for 2 s, when the keys are old and a server that hangs is asked", async () => {
  const { service, verify, clock } = await startVerifier();
  await verify(service.sign());
  clock.pass(twoHoursMs);
  service.serve({ openid: "hang", keys: "hang" });
  const verified = verify(service.sign());
  await until(() => asked(service, "openid") === 2);
  clock.pass(2_000);
  expect((await verified).tenantId).toBe(service.tenantId);
});

test("a new key is found at once, another one after 30 s, and what is published no more is refused", async () => {
  const { service, verify, clock } = await startVerifier();
  const old = service.sign();
  await verify(old);
  service.rotate();
  await verify(service.sign());
  expect((await whyRefused(verify(old), old)).message).toContain("which is not among");
  service.rotate();
  const error = await whyRefused(verify(service.sign()), service.sign());
  expect([error.retryable, error.message]).toEqual([true, expect.stringContaining("again in 30 s")]);
  clock.pass(30_000);
  await verify(service.sign());
  expect(asked(service, "keys")).toBe(3);
});

test("during a change of keys both are accepted", async () => {
  const { service, verify } = await startVerifier();
  const old = service.sign();
  service.rotate({ keepOld: true });
  for (const token of [old, service.sign(), old]) await verify(token);
  expect(service.requests).toEqual(["openid", "keys"]);
});

test("keys are kept for two hours and then asked for anew", async () => {
  const { service, verify, clock } = await startVerifier();
  await verify(service.sign());
  clock.pass(twoHoursMs - 1);
  await verify(service.sign());
  expect(service.requests).toEqual(["openid", "keys"]);
  clock.pass(1);
  for (let i = 0; i < 3; i++) await verify(service.sign());
  expect(service.requests).toEqual(["openid", "keys", "openid", "keys"]);
});

test("a step of the wall clock makes no key old", async () => {
  const { service, verify, clock } = await startVerifier();
  await verify(service.sign());
  clock.step(10 * twoHoursMs);
  await verify(service.sign());
  expect(service.requests).toEqual(["openid", "keys"]);
});

test("old keys are used while newer ones cannot be had, and are asked for twice and then once in 30 s", async () => {
  const { service, verify, clock } = await startVerifier();
  await verify(service.sign());
  clock.pass(twoHoursMs);
  service.serve({ openid: { status: 503 }, keys: { status: 503 } });
  for (let i = 0; i < 5; i++) await verify(service.sign());
  expect(asked(service, "keys")).toBe(3);
  service.serve({ openid: "well", keys: "well" });
  clock.pass(30_000);
  service.rotate();
  await verify(service.sign());
});

test("a configuration that cannot be read does not hide a new key: the address from before is asked", async () => {
  const { service, verify } = await startVerifier();
  await verify(service.sign());
  service.serve({ openid: { status: 500 } });
  service.rotate();
  await verify(service.sign());
});

test("tokens that come at once share one request", async () => {
  const { service, verify } = await startVerifier();
  await Promise.all(Array.from({ length: 50 }, () => verify(service.sign())));
  expect(service.requests).toEqual(["openid", "keys"]);
});

test("a failure is not kept: the next token asks again", async () => {
  const { service, verify } = await startVerifier();
  service.serve({ openid: "break" });
  const token = service.sign();
  expect((await whyRefused(verify(token), token)).retryable).toBe(true);
  service.serve({ openid: "well" });
  await verify(token);
});

const at = (uri: unknown): ServedAs => ({ status: 200, body: JSON.stringify({ jwks_uri: uri }) });
const redirect: ServedAs = { status: 302, headers: { location: "/elsewhere" } };

test.each<[string, { openid?: ServedAs; keys?: ServedAs }, RegExp]>([
  ["a configuration that redirects", { openid: redirect }, /openid redirects, which is not followed/],
  ["keys that redirect", { keys: redirect }, /keys redirects, which is not followed/],
  ["a configuration that is missing", { openid: { status: 404 } }, /openid answered 404/],
  ["a configuration without keys", { openid: at(undefined) }, /names no jwks_uri/],
  ["keys in the clear", { openid: at("http://example.com/keys") }, /jwks_uri that http.* must be https/],
  ["keys in a file", { openid: at("file:///etc/keys") }, /must be https/],
  ["keys at no address", { openid: at("keys") }, /is no absolute URL/],
  ["keys in a list of addresses", { openid: at(["https://x"]) }, /names no jwks_uri/],
  ["a configuration of 2 MiB", { openid: { status: 200, body: `"${"x".repeat(2 ** 21)}"` } }, /body that is too large/],
  ["keys that are no objects", { keys: { status: 200, body: '{"keys":[1]}' } }, /answered with no keys/],
  ["no keys", { keys: { status: 200, body: '{"keys":[]}' } }, /answered with no keys/],
  ["keys without a body", { keys: { status: 204 } }, /keys answered 204/],
])("%s cannot be used, and the error says so", async (_, how, words) => {
  const { service, verify } = await startVerifier();
  service.serve(how);
  const token = service.sign();
  const error = await whyRefused(verify(token), token);
  expect([error.retryable, error.message]).toEqual([true, expect.stringMatching(words)]);
  expect(error.message).toContain(service.url);
  expect(service.requests).not.toContain("/elsewhere");
});

test("keys with members that nobody knows are used, and broken ones beside a good one are passed by", async () => {
  const { service, verify } = await startVerifier();
  const known = { ...service.key.jwk, endorsements: ["msteams"], x5t: "x", x5c: ["MIIB"] };
  service.publish({ kty: "RSA", kid: "broken" }, { kid: 7 }, {}, { kty: "EC", kid: service.key.kid }, known);
  await verify(service.sign());
  const token = service.sign({}, { kid: "broken" });
  expect((await whyRefused(verify(token), token)).message).toContain('the key "broken"');
});
