// What a good token is, row by row of graph-facts.md section 1.9, and what the options are.
import { createNotificationVerifier, type NotificationVerifierOptions } from "teams-recording-status/notifications";
import { expect, test } from "vitest";
import { createSigningKey, signingKey } from "../support/notification-service.ts";
import { refusalOf, thrownBy } from "../support/refusal.ts";
import { startVerifier, withTokens } from "./tokens.ts";

test("nothing is asked for before the first token, then the configuration and the keys once", async () => {
  const { service, verify } = await startVerifier();
  expect(service.requests).toEqual([]);
  for (let i = 0; i < 3; i++) await verify(service.sign());
  expect(service.requests).toEqual(["openid", "keys"]);
});

test("a token of Graph gives its tenant, and its claims as a frozen plain object", async () => {
  const { service, verify } = await startVerifier();
  const { tenantId, claims } = await verify(service.sign({ serviceurl: "https://x", deep: { list: [1] } }));
  expect(tenantId).toBe(service.tenantId);
  expect(claims).toMatchObject({ iss: service.issuer, aud: service.audience, tid: service.tenantId, deep: { list: [1] } });
  expect([Object.isFrozen(claims), Object.isFrozen(claims.deep), Object.getPrototypeOf(claims)]).toEqual([true, true, Object.prototype]);
});

test("a claim named __proto__ is left out", async () => {
  const { service, verify } = await startVerifier();
  const { claims } = await verify(service.sign(JSON.parse('{"__proto__":{"admin":true},"a":{"__proto__":1,"b":2}}')));
  expect([Object.hasOwn(claims, "__proto__"), claims.admin, claims.a]).toEqual([false, undefined, { b: 2 }]);
});

const issuers = ["https://graph.microsoft.com", "https://api.botframework.com"];

test.each([...issuers, ...issuers.map((issuer) => `${issuer}/`)])("the issuer %s is accepted by default", async (iss) => {
  const { service, verify } = await startVerifier();
  await expect(verify(service.sign({ iss }))).resolves.toBeDefined();
});

test("issuers of another cloud replace those, with and without a slash, whichever way they were given", async () => {
  const { service, verify } = await startVerifier({ issuers: ["https://api.botframework.us/"] });
  for (const iss of ["https://api.botframework.us", "https://api.botframework.us/"]) await verify(service.sign({ iss }));
  expect((await refusalOf(verify(service.sign()))).message).toContain('"https://api.botframework.com"');
});

test("a header cty: JWT over plain claims is accepted, and so is none", async () => {
  const { service, verify } = await startVerifier();
  for (const cty of ["JWT", undefined]) await verify(service.sign({}, { cty }));
});

test("a list of audiences is accepted when the bot's app id is in it", async () => {
  const { service, verify } = await startVerifier();
  await verify(service.sign({ aud: ["another", service.audience] }));
  expect((await refusalOf(verify(service.sign({ aud: ["another"] })))).message).toContain('["another"]');
});

test("one verifier may stand for several bots", async () => {
  const { service, verify } = await startVerifier({ audience: ["bot-a", "bot-b"] });
  for (const aud of ["bot-a", "bot-b"]) await verify(service.sign({ aud }));
  expect((await refusalOf(verify(service.sign()))).message).toContain("bot-a, bot-b");
});

test("the list of tenants is compared without regard to case", async () => {
  const tenant = "2432B57B-0abd-43DB-aa7b-16EADD115D34";
  const { service, verify } = await startVerifier({ tenants: [tenant] });
  for (const tid of [service.tenantId, service.tenantId.toUpperCase()]) {
    expect((await verify(service.sign({ tid }))).tenantId).toBe(tid);
  }
});

test("60 s of tolerance hold for every time in a token, and can be changed", async () => {
  const { service, verify, at } = await startVerifier();
  for (const claims of [{ exp: at() - 59 }, { nbf: at() + 60 }, { iat: at() + 60 }]) await verify(service.sign(claims));
  const strict = await startVerifier({ clockToleranceSec: 0 });
  for (const claims of [{ exp: at() }, { nbf: at() + 1 }, { iat: at() + 1 }]) {
    await refusalOf(strict.verify(strict.service.sign(claims)));
  }
});

test("the scheme may be in any case, with spaces around the token", async () => {
  const { service, verifier } = await startVerifier();
  for (const scheme of ["Bearer ", "bearer ", "BEARER   ", " Bearer\t"]) await verifier.verify(`${scheme}${service.sign()} `);
});

test("of two keys with the same name, the right one is found", async () => {
  const { service, verify } = await startVerifier();
  const [wrong, weak] = [signingKey(1).jwk, createSigningKey("weak", 1024).jwk];
  service.publish(...[wrong, weak, service.key.jwk].map((jwk) => ({ ...jwk, kid: service.key.kid })));
  await verify(service.sign());
  expect((await refusalOf(verify(service.sign({}, { kid: service.key.kid }, signingKey(2))))).message).toContain("signature");
  expect((await refusalOf(verify(service.sign({ aud: "x" })))).message).toContain('"x"');
});

const good = { audience: "app" };

test.each<[string, unknown, string]>([
  ["no options", undefined, "nothing was given"],
  ["no audience", {}, "audience is required"],
  ["an audience that a variable lacks", { audience: undefined }, "audience is required"],
  ["an empty audience", { audience: "" }, "audience must be a non-empty string; an empty one"],
  ["no audiences", { audience: [] }, "audience must not be empty"],
  ["an audience that is a number", { audience: 7 }, "audience must be a list of strings; 7 was given"],
  ["no issuers", { ...good, issuers: [] }, "issuers must not be empty"],
  ["an issuer alone", { ...good, issuers: "https://x" }, "issuers must be a list of strings; a string was given"],
  ["a tenant that is blank", { ...good, tenants: ["a", " "] }, "tenants[1] must be a non-empty string"],
  ["a configuration in the clear", { ...good, openIdConfigurationUrl: "http://example.com/x" }, "must be https"],
  ["a configuration in a file", { ...good, openIdConfigurationUrl: "file:///x" }, "must be https"],
  ["a relative address", { ...good, openIdConfigurationUrl: "/x" }, "is no absolute URL"],
  ["an address with a password", { ...good, openIdConfigurationUrl: "https://a:b@x/" }, "must not hold a user name"],
  ["a negative tolerance", { ...good, clockToleranceSec: -1 }, "from 0 on; -1 was given"],
  ["a tolerance without end", { ...good, clockToleranceSec: Number.POSITIVE_INFINITY }, "from 0 on"],
  ["a tolerance in text", { ...good, clockToleranceSec: "60 s" }, "from 0 on; a string was given"],
  ["a fetch that is none", { ...good, fetch: {} }, "fetch must be a function"],
  ["a typo", { ...good, issuer: "x" }, 'unknown option "issuer"; did you mean issuers?'],
])("%s is bad input at once", (_, options, message) => {
  const error = thrownBy(() => createNotificationVerifier(options as NotificationVerifierOptions));
  expect([error.code, error.message]).toEqual(["BAD_INPUT", expect.stringContaining(message)]);
});

test("a runtime that is none is bad input", () => {
  const error = thrownBy(() => createNotificationVerifier(good, { fake: true } as object));
  expect(error.message).toContain("createNotificationVerifier: the second argument is for tests");
});

test("options are read once: what is changed later changes nothing", async () => {
  const [tenants, audience] = [["nobody"], ["bot-a"]];
  const { service, verify } = await startVerifier({ tenants, audience });
  tenants.push(service.tenantId);
  audience.push("bot-b");
  expect((await refusalOf(verify(service.sign({ aud: "bot-a" })))).message).toContain("nobody");
  expect((await refusalOf(verify(service.sign({ aud: "bot-b" })))).message).toContain('"bot-b"');
});

withTokens();
