// Every forgery is refused, for its own reason, and no piece of the token is in the error.
import { createHmac, generateKeyPairSync, sign as signBytes } from "node:crypto";
import fc from "fast-check";
import { CompactEncrypt, importJWK, type JWK } from "jose";
import { expect, test } from "vitest";
import { base64url, createSigningKey, signingKey, signJws, type TokenService } from "../support/notification-service.ts";
import { expectNoToken, startVerifier, whyRefused, withTokens } from "./tokens.ts";

withTokens();

/** How a forger makes a token from what is public. */
type Forge = (service: TokenService) => string;

const input = (header: object, token: string) => `${base64url(header)}.${token.split(".")[1]}`;

/** HS256 with a secret that everybody knows. RFC 8725 section 2.1. */
const hs256 =
  (secret: (service: TokenService) => string | Buffer): Forge =>
  (service) => {
    const signed = input({ alg: "HS256", kid: service.key.kid }, service.sign());
    return `${signed}.${createHmac("sha256", secret(service)).update(signed).digest("base64url")}`;
  };

const publicKey = (service: TokenService) => service.key.publicKey;

/** Signed by the right key, but by another algorithm than RS256. */
const byOther =
  (alg: string, hash: string, padding?: number): Forge =>
  (service) => {
    const signed = input({ alg, kid: service.key.kid }, service.sign());
    const key = { key: service.key.privateKey, ...(padding !== undefined && { padding, saltLength: 32 }) };
    return `${signed}.${signBytes(hash, Buffer.from(signed), key).toString("base64url")}`;
  };

const second = Math.floor(Date.UTC(2026, 0, 1) / 1000);
const attacker = () => signingKey(7);

/** Each with the words that tell it from the others. */
const forgeries: readonly (readonly [string, Forge, RegExp])[] = [
  ["alg none without a signature", (s) => `${input({ alg: "none" }, s.sign())}.`, /signed by "none", and only RS256/],
  ["alg None", (s) => `${input({ alg: "None", kid: s.key.kid }, s.sign())}.AA`, /signed by "None"/],
  ["no alg", (s) => s.sign({}, { alg: undefined }), /signed by nothing/],
  ["HS256 with the public key as PEM", hs256((s) => publicKey(s).export({ type: "spki", format: "pem" })), /signed by "HS256"/],
  ["HS256 with the public key as DER", hs256((s) => publicKey(s).export({ type: "spki", format: "der" })), /signed by "HS256"/],
  ["HS256 with the public key as JWK", hs256((s) => JSON.stringify(s.key.jwk)), /signed by "HS256"/],
  ["RS384 by the right key", byOther("RS384", "sha384"), /signed by "RS384"/],
  ["PS256 by the right key", byOther("PS256", "sha256", 6), /signed by "PS256"/],
  [
    "a wrong key under the right name",
    (s) => s.sign({}, { kid: s.key.kid }, attacker()),
    /signature is not by the key "key-0" of http.*\/keys/,
  ],
  ["an unknown key", (s) => s.sign({}, {}, attacker()), /names the key "key-7", which is not among those of http.*\/keys .*1 in all/],
  ["no name of a key", (s) => s.sign({}, { kid: undefined }), /does not name the key/],
  ["a name of a key that is a list", (s) => s.sign({}, { kid: ["key-0"] }), /does not name the key/],
  ["an expired token", (s) => s.sign({ exp: second - 61 }), /expired 61 s ago, and 60 s are tolerated/],
  ["a token that is not valid yet", (s) => s.sign({ nbf: second + 61 }), /not valid before a time 61 s ahead/],
  ["a token from the future", (s) => s.sign({ iat: second + 3600, nbf: undefined }), /was issued 3600 s ahead/],
  ["no expiry", (s) => s.sign({ exp: undefined }), /has no claim exp/],
  ["an expiry that is text", (s) => s.sign({ exp: String(second + 300) }), /claim exp must be a number/],
  ["an expiry that is null", (s) => s.sign({ exp: null }), /claim exp must be a number/],
  ["another bot's token", (s) => s.sign({ aud: "another-bot" }), /is for "another-bot", and this verifier is for 8a3f0b5e/],
  ["no audience", (s) => s.sign({ aud: undefined }), /has no claim aud/],
  ["audiences without ours", (s) => s.sign({ aud: ["a", "b"] }), /is for \["a","b"\]/],
  ["an audience in another case", (s) => s.sign({ aud: s.audience.toUpperCase() }), /is for "8A3F0B5E/],
  [
    "another issuer",
    (s) => s.sign({ iss: "https://evil.example" }),
    /issued by "https:\/\/evil\.example", and accepted are https:\/\/graph/,
  ],
  ["an issuer with two slashes", (s) => s.sign({ iss: `${s.issuer}//` }), /issued by "https:\/\/api\.botframework\.com\/\/"/],
  ["an issuer that begins like ours", (s) => s.sign({ iss: `${s.issuer}.evil.example` }), /issued by/],
  ["issuers in a list", (s) => s.sign({ iss: [s.issuer] }), /issued by \["https/],
  ["no issuer", (s) => s.sign({ iss: undefined }), /has no claim iss/],
  ["no tenant", (s) => s.sign({ tid: undefined }), /does not name a tenant/],
  ["an empty tenant", (s) => s.sign({ tid: "" }), /does not name a tenant.*it is ""/],
  ["a tenant that is a number", (s) => s.sign({ tid: 7 }), /does not name a tenant.*it is 7/],
  ["a tenant that is a list", (s) => s.sign({ tid: [s.tenantId] }), /does not name a tenant/],
  ["a token in a token", (s) => signJws({ alg: "RS256", cty: "JWT", kid: s.key.kid }, s.sign(), s.key), /no JSON object of claims/],
  ["a token in quotes in a token", (s) => signJws({ alg: "RS256", cty: "JWT", kid: s.key.kid }, `"${s.sign()}"`, s.key), /no JSON object/],
  ["claims in a list", (s) => signJws({ alg: "RS256", kid: s.key.kid }, [{ tid: "x" }], s.key), /no JSON object of claims/],
  ["an extension that is critical", (s) => s.sign({}, { crit: ["x"], x: 1 }), /extensions \(crit\)/],
  ["b64: false, critical", (s) => s.sign({}, { crit: ["b64"], b64: false }), /crit/],
  ["b64: false", (s) => s.sign({}, { b64: false }), /header b64/],
  ["an embedded key", (s) => s.sign({}, { kid: s.key.kid, jwk: attacker().jwk }, attacker()), /signature is not by/],
  ["an embedded key of a new name", (s) => s.sign({}, { jwk: attacker().jwk }, attacker()), /which is not among/],
  [
    "a certificate of its own",
    (s) => s.sign({}, { kid: s.key.kid, x5c: ["MIIB"], x5u: `${s.url}/evil` }, attacker()),
    /signature is not by/,
  ],
  ["keys at the attacker's", (s) => s.sign({}, { jku: `${s.url}/evil` }, attacker()), /which is not among/],
  ["two parts", (s) => s.sign().split(".").slice(0, 2).join("."), /three parts/],
  ["no JSON in the header", (s) => s.sign().replace(/^[^.]+/, base64url("{]")), /header cannot be read/],
];

test.each(forgeries)("%s is refused", async (_, forge, words) => {
  const { service, verify } = await startVerifier();
  const token = forge(service);
  const error = await whyRefused(verify(token), token);
  expect(error.message).toMatch(words);
  expect(error.retryable).toBe(false);
  // Nobody asks where a token says.
  expect(service.requests.filter((path) => !["openid", "keys"].includes(path))).toEqual([]);
});

test("a token of a tenant that is not on the list is refused", async () => {
  const { service, verify } = await startVerifier({ tenants: ["another-tenant"] });
  const token = service.sign();
  expect((await whyRefused(verify(token), token)).message).toMatch(/tenant "2432b57b-.*", and accepted are another-tenant/);
});

test("an encrypted token is refused", async () => {
  const { service, verify } = await startVerifier();
  const key = await importJWK(service.key.jwk as JWK, "RSA-OAEP");
  const encrypt = new CompactEncrypt(Buffer.from(service.sign())).setProtectedHeader({ alg: "RSA-OAEP", enc: "A256GCM", cty: "JWT" });
  const token = await encrypt.encrypt(key);
  expect((await whyRefused(verify(token), token)).message).toContain("encrypted");
});

test("keys of fewer than 2048 bits, and keys that are private or not RSA, are not used", async () => {
  const { service, verify } = await startVerifier();
  const weak = createSigningKey("weak", 1024);
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ec = { ...privateKey.export({ format: "jwk" }), kid: "ec" };
  service.publish(weak.jwk, { ...service.key.privateKey.export({ format: "jwk" }), kid: "private" }, ec);
  for (const token of [service.sign({}, {}, weak), service.sign({}, { kid: "private" }), service.sign({}, { kid: "ec" })]) {
    await whyRefused(verify(token), token);
  }
});

test("the issuer that the configuration names is not accepted for that", async () => {
  const { service, verify } = await startVerifier();
  const body = JSON.stringify({ issuer: "https://evil.example", jwks_uri: `${service.url}/keys` });
  service.serve({ openid: { status: 200, body } });
  const token = service.sign({ iss: "https://evil.example" });
  expect((await whyRefused(verify(token), token)).message).toContain("evil.example");
});

test("a good token with any one character changed is refused, and so is a shortened one", async () => {
  const { service, verify } = await startVerifier();
  const token = service.sign();
  await verify(token);
  const changed = fc.record({ at: fc.nat(token.length - 2), by: fc.constantFrom(..."AZaz09-_") }).map(({ at, by }) => {
    return token.slice(0, at) + by + token.slice(at + 1);
  });
  const shortened = fc.integer({ min: 1, max: 400 }).map((by) => token.slice(0, -by));
  await fc.assert(
    fc.asyncProperty(fc.oneof(changed, shortened), async (forged) => {
      if (forged !== token) await expect(verify(forged)).rejects.toMatchObject({ code: "UNVERIFIED" });
    }),
    { numRuns: 100 },
  );
});

const secret = "s3cr3tS3CR3Ts3cr3t";

test.each<[string, unknown, RegExp]>([
  ["nothing", undefined, /no Authorization header/],
  ["null", null, /no Authorization header/],
  ["an empty one", "", /no Authorization header/],
  ["another scheme", `Basic ${secret}`, /not of the scheme Bearer/],
  ["a token alone", `${secret}.${secret}.${secret}`, /not of the scheme Bearer/],
  ["no token", "Bearer", /no token/],
  ["spaces", "   ", /not of the scheme/],
  ["no JWT", `Bearer ${secret}`, /three parts/],
  ["three words", "Bearer a.b.c", /header cannot be read/],
  ["two tokens", `Bearer ${secret} ${secret}`, /more than one/],
  ["two headers", `Bearer ${secret}, Bearer ${secret}`, /more than one/],
  ["two tokens with a comma", `Bearer ${secret},${secret}`, /more than one/],
  ["100 kB", `Bearer ${secret.repeat(6000)}`, /108007 characters/],
  ["100 kB of spaces", " ".repeat(100_000), /100000 characters/],
  ["a list", [`Bearer ${secret}`], /must be a string; an array was given/],
  ["an object", { toString: () => `Bearer ${secret}` }, /must be a string; an object was given/],
  ["a number", 7, /must be a string; 7 was given/],
  ["a line break", `Bearer a\r\nx: ${secret}`, /more than one|cannot be read|no token|three parts/],
])("an Authorization header that is %s is refused without a request", async (_, header, words) => {
  const { service, verifier } = await startVerifier();
  const error = await whyRefused(verifier.verify(header as string), secret);
  expect(error.message).toMatch(words);
  expect(service.requests).toEqual([]);
});

test("whatever the header is, it is refused with UNVERIFIED and nothing else", async () => {
  const { verifier } = await startVerifier();
  const header = fc.oneof(
    fc.anything(),
    fc.string().map((text) => `Bearer ${text}`),
  );
  const refuse = async (value: unknown) => {
    await expect(verifier.verify(value as string)).rejects.toMatchObject({ code: "UNVERIFIED" });
  };
  await fc.assert(fc.asyncProperty(header, refuse), { numRuns: 200 });
});

test("a long list of tenants is shortened in the message", async () => {
  const tenants = Array.from({ length: 500 }, (_, n) => `tenant-${n}`);
  const { service, verify } = await startVerifier({ tenants });
  const token = service.sign();
  expect((await whyRefused(verify(token), token)).message.length).toBeLessThan(600);
});

test("what a token says is shown in one short line, without another token that is in it", async () => {
  const { service, verify } = await startVerifier();
  const inner = service.sign({ sub: "somebody else" }, { kid: undefined, cty: undefined });
  for (const iss of [inner, `x\r\n\u202e${"y".repeat(500)}`]) {
    const token = service.sign({ iss });
    const error = await whyRefused(verify(token), token);
    expectNoToken(error, inner);
    expect(error.message).toMatch(/^[\x20-\x7e…]{1,400}$/);
  }
});

test("a fetch that throws what it was given is shown without any token", async () => {
  const { service } = await startVerifier();
  const { verify } = await startVerifier({ fetch: async () => Promise.reject(new Error("no way")) });
  const token = service.sign();
  const error = await whyRefused(verify(token), token);
  expect([error.retryable, error.message]).toEqual([true, expect.stringContaining("could not be reached (no way)")]);
});
