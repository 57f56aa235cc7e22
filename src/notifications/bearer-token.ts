import { decodeProtectedHeader } from "jose";
import { UnverifiedError } from "../model/errors.ts";
import { given } from "../util/kind-of.ts";
import { createRedact } from "../util/redact.ts";
import { notificationToken } from "../wire.ts";

/** A token that may be worth a look at the keys, nothing of it verified. */
export type BearerToken = {
  readonly text: string;
  /** The name of the key that is said to have signed it. */
  readonly kid: string;
  /** Shows a value that came with the token, in one short line and without any piece of the token. */
  readonly show: Show;
};

export type Show = (value: unknown) => string;

/** The longest header that is looked at, in characters: a token of Graph's has about one thousand. */
const longestHeader = 16_384;
const bearer = "Graph sends one token, as: Authorization: Bearer <token>.";

/**
 * Reads what no key is needed for, so that an obvious forgery costs no request. RFC 6750 section 2.1, RFC 7515 section 4.1.
 * @throws UNVERIFIED
 */
export function readBearerToken(authorization: unknown): BearerToken {
  const text = readText(authorization);
  const show = createShow(text);
  const parts = text.split(".").length;
  if (parts === 5) throw unverified("The token is encrypted (a JWE), and Graph's are signed (JWS).");
  if (parts !== 3) throw unverified("The Authorization header holds no token: a signed JWT has three parts.");
  const header = readHeader(text);
  const { alg, kid, crit, b64 } = header;
  if (alg !== notificationToken.algorithm) {
    throw unverified(`The token says that it is signed by ${show(alg)}, and only ${notificationToken.algorithm} is accepted.`);
  }
  if (crit !== undefined) throw unverified("The token demands extensions (crit) that are not known here.");
  if (b64 !== undefined) throw unverified("The token has the header b64, which no JWT may have.");
  if (typeof kid !== "string" || kid === "") throw unverified("The token does not name the key that signed it (kid).");
  return { text, kid, show };
}

function readText(authorization: unknown): string {
  if (authorization === undefined || authorization === null || authorization === "") {
    throw unverified("The request has no Authorization header.", bearer);
  }
  if (typeof authorization !== "string") {
    throw unverified(`The Authorization header must be a string; ${given(authorization)}`, bearer);
  }
  if (authorization.length > longestHeader) {
    throw unverified(`The Authorization header has ${authorization.length} characters, and at most ${longestHeader} are read.`);
  }
  const [scheme = "", token, ...more] = authorization.trim().split(/[ \t]+/);
  if (scheme.toLowerCase() !== "bearer") throw unverified("The Authorization header is not of the scheme Bearer.", bearer);
  if (token === undefined) throw unverified("The Authorization header holds no token.", bearer);
  if (more.length > 0 || token.includes(",")) throw unverified("The Authorization header holds more than one token.", bearer);
  return token;
}

function readHeader(token: string): { readonly [name: string]: unknown } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    // Its cause quotes the header, which is a piece of the token.
    throw unverified("The token's header cannot be read: it is no JSON object in base64url.");
  }
}

function createShow(token: string): Show {
  const redact = createRedact(token);
  return (value) => {
    const text = JSON.stringify(value) ?? "nothing";
    // A claim may hold another token. What is left of control characters, and what turns the direction of a line, has no place in a log.
    const clean = text
      .slice(0, 1_000)
      .replace(/eyJ[\w.-]+/g, "[token]")
      .replace(/\p{C}|\p{Zl}|\p{Zp}/gu, "?");
    return redact(clean, 120);
  };
}

export function unverified(message: string, hint?: string): UnverifiedError {
  return new UnverifiedError(message, { hint });
}
