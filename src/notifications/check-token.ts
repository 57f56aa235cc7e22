import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from "jose";
import { UnverifiedError } from "../model/errors.ts";
import { parseJson } from "../util/json.ts";
import { isBag } from "../util/own.ts";
import { cut } from "../util/redact.ts";
import { notificationToken } from "../wire.ts";
import { type BearerToken, unverified } from "./bearer-token.ts";
import type { Found } from "./key-ring.ts";
import type { TokenRules } from "./verifier-options.ts";

/** What a verified token says. */
export type VerifiedToken = {
  /** The tenant whose call the notification is about, as the token spells it. */
  readonly tenantId: string;
  /** All claims of the token, frozen. RFC 7519 section 4. */
  readonly claims: { readonly [name: string]: unknown };
};

/** A token, the keys for it, what it must be, and the time in milliseconds since the epoch. */
type Case = { readonly token: BearerToken; readonly found: Found; readonly rules: TokenRules; readonly now: number };

/** Checks signature and claims. RFC 7519 section 7.2, RFC 8725 section 3. @throws UNVERIFIED */
export async function checkToken(one: Case): Promise<VerifiedToken> {
  const { token, found, rules, now } = one;
  const options: JWTVerifyOptions = {
    algorithms: [notificationToken.algorithm],
    issuer: [...rules.acceptedIssuers],
    audience: [...rules.audiences],
    clockTolerance: rules.clockToleranceSec,
    currentDate: new Date(now),
    requiredClaims: ["exp", notificationToken.tenantClaim],
  };
  const { payload } = await verifyWithAny(token.text, found, options).catch((error) => {
    throw refusalOf(error, one);
  });
  const seconds = Math.floor(now / 1000);
  if (payload.iat !== undefined && payload.iat > seconds + rules.clockToleranceSec) throw tooEarly("was issued", payload.iat, one);
  const tenantId = readTenant(payload, one);
  return { tenantId, claims: freeze(parseJson(JSON.stringify(payload))) as VerifiedToken["claims"] };
}

/** Two keys may have the same name, for a while: each is tried. */
async function verifyWithAny(token: string, { keys }: Found, options: JWTVerifyOptions): Promise<{ payload: JWTPayload }> {
  try {
    return await jwtVerify(token, keys.find, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      const result = await jwtVerify(token, key, options).catch((failure: unknown) => {
        if (isAboutClaims(failure)) throw failure;
      });
      if (result !== undefined) return result;
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

/** jose looks at the claims only when the signature is right. */
function isAboutClaims(error: unknown): boolean {
  return isClaimError(error) || error instanceof errors.JWTInvalid;
}

function isClaimError(error: unknown): error is errors.JWTClaimValidationFailed | errors.JWTExpired {
  return error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired;
}

/** What jose says, in words for who reads the log. Its own errors hold the claims, so only their codes are kept. */
function refusalOf(error: unknown, one: Case): UnverifiedError {
  if (isClaimError(error)) return claimRefusal(error, one);
  if (error instanceof errors.JWKSNoMatchingKey) return unknownKey(one);
  const { kid, show } = one.token;
  const key = `the key ${show(kid)} of ${one.found.keys.url}`;
  if (error instanceof errors.JWTInvalid)
    return unverified("The token is signed, but holds no JSON object of claims: a token in a token is refused.");
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return unverified(`The token's signature is not by ${key}: it is forged or was changed.`);
  if (error instanceof errors.JWSInvalid) return unverified("The token cannot be read: one of its parts is no base64url.");
  const hint = "A key must be RSA with 2048 bits or more.";
  return new UnverifiedError(`The token cannot be checked: ${key} cannot be used.`, { hint, cause: plain(error) });
}

function plain(error: unknown): Error {
  const { name, code } = error instanceof errors.JOSEError ? error : { name: error instanceof Error ? error.name : typeof error, code: "" };
  return new Error(`${name} ${code}`.trim());
}

function unknownKey({ token, found }: Case): UnverifiedError {
  const { keys, ageMs, problem } = found;
  const where = `${keys.url} (asked ${Math.round(ageMs / 1000)} s ago, ${keys.count} in all)`;
  const more = problem === undefined ? "" : ` They could not be asked for anew: ${problem.words}.`;
  const hint = "In a government cloud, set openIdConfigurationUrl to the one of that cloud.";
  const message = `The token names the key ${token.show(token.kid)}, which is not among those of ${where}.${more}`;
  return new UnverifiedError(message, { hint, cause: problem?.cause, retryable: problem !== undefined });
}

function claimRefusal({ claim, reason, payload }: errors.JWTClaimValidationFailed | errors.JWTExpired, one: Case): UnverifiedError {
  const { rules, now, token } = one;
  if (reason === "missing")
    return claim === notificationToken.tenantClaim ? noTenant("none") : unverified(`The token has no claim ${claim}.`);
  const value = payload[claim];
  if (claim === "iss") {
    const hint = "If this is who issues the tokens of your cloud, add it to issuers.";
    return unverified(`The token was issued by ${token.show(value)}, and accepted are ${list(rules.issuers)}.`, hint);
  }
  if (claim === "aud") {
    const hint = "The audience is the app id (client id) of the bot.";
    return unverified(`The token is for ${token.show(value)}, and this verifier is for ${list(rules.audiences)}.`, hint);
  }
  if (typeof value !== "number") return unverified(`The token's claim ${claim} must be a number; it is ${token.show(value)}.`);
  if (claim !== "exp") return tooEarly("is not valid before a time", value, one);
  const ago = Math.floor(now / 1000) - value;
  return unverified(`The token expired ${ago} s ago, and ${rules.clockToleranceSec} s are tolerated.`, clockHint);
}

const clockHint = "If Graph sent it just now, the clock of this machine is wrong.";

function tooEarly(what: string, time: number, { rules, now }: Case): UnverifiedError {
  const ahead = time - Math.floor(now / 1000);
  return unverified(`The token ${what} ${ahead} s ahead, and ${rules.clockToleranceSec} s are tolerated.`, clockHint);
}

function readTenant(payload: JWTPayload, { rules, token }: Case): string {
  const tenant = payload[notificationToken.tenantClaim];
  if (typeof tenant !== "string" || tenant.trim() === "") throw noTenant(token.show(tenant));
  if (rules.tenants === undefined || rules.tenants.includes(tenant.toLowerCase())) return tenant;
  const hint = "If the bot records this tenant, add it to tenants.";
  throw unverified(`The token is for a call of tenant ${token.show(tenant)}, and accepted are ${list(rules.tenants)}.`, hint);
}

function noTenant(found: string): UnverifiedError {
  return unverified(
    `The token does not name a tenant: its claim ${notificationToken.tenantClaim} must be a non-empty string; it is ${found}.`,
  );
}

/** What would be accepted: a fleet may have hundreds of tenants. */
function list(accepted: readonly string[]): string {
  return cut(accepted.join(", "), 300);
}

function freeze(value: unknown): unknown {
  if (isBag(value) || Array.isArray(value)) for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
