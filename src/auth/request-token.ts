import { CredentialError } from "../model/errors.ts";
import type { TokenCredential, TokenRequestOptions } from "./credential.ts";

/** A token that can be sent, with times that count from the moment in which it was received. */
export type ReceivedToken = {
  readonly token: string;
  /** Milliseconds until its end; 0 when the credential named no end. */
  readonly lifeMs: number;
  /** Milliseconds until the credential wants to be asked for the next one, if it says so. */
  readonly refreshInMs: number | undefined;
};

/** Why there is no token. Each call makes an error of its own from it. */
export type TokenFailure = { readonly error: (callId: string | undefined) => CredentialError };

/** What is asked for, and the wall clock, in milliseconds since the epoch. */
export type TokenQuestion = {
  readonly credential: TokenCredential;
  readonly scope: string;
  readonly options: TokenRequestOptions;
  readonly now: () => number;
};

/** Enough for every complaint of a credential, in characters. */
const longestText = 1_000;

/** Makes the failure. It never says that nothing was sent: an earlier attempt of the same call may have arrived. */
export function tokenFailure(message: string, details: { readonly cause?: unknown; readonly hint: string }): TokenFailure {
  return { error: (callId) => new CredentialError(message, { ...details, callId }) };
}

/** Asks the credential. Never rejects: one that throws, or whose answer cannot be read, is no different from one that rejects. */
export async function requestToken({ credential, scope, options, now }: TokenQuestion): Promise<ReceivedToken | TokenFailure> {
  try {
    // Each member is read once: what is checked is what is used.
    const { token, expiresOnTimestamp, refreshAfterTimestamp } = (await credential.getToken(scope, options)) ?? {};
    const receivedAt = now();
    if (!isToken(token)) return unusable(token, scope);
    const expiresOn = isTime(expiresOnTimestamp) ? expiresOnTimestamp : undefined;
    if (expiresOn !== undefined && expiresOn <= receivedAt) return ended(expiresOn, receivedAt, scope);
    const lifeMs = expiresOn === undefined ? 0 : expiresOn - receivedAt;
    return { token, lifeMs, refreshInMs: isTime(refreshAfterTimestamp) ? refreshAfterTimestamp - receivedAt : undefined };
  } catch (error) {
    return tokenFailure(`The credential gave no token for ${scope}: ${textOf(error).replace(/[.\s]*$/, ".")}`, {
      cause: error,
      hint: "The credential's own message above says what to mend.",
    });
  }
}

/** Visible ASCII: what can stand in a header (RFC 9110 §5.5), without the spaces and line breaks that could end it. */
export function isToken(token: unknown): token is string {
  return typeof token === "string" && /^[\x21-\x7e]+$/.test(token);
}

function isTime(time: unknown): time is number {
  return Number.isFinite(time);
}

function unusable(token: unknown, scope: string): TokenFailure {
  const kind = typeof token !== "string" || token === "" ? "no token" : "a token with characters that no token has, which was not sent,";
  return tokenFailure(`The credential answered with ${kind} for ${scope}.`, {
    hint: "Check which credential is in use and how it is configured.",
  });
}

/** From 2001 to 5138 when counted in seconds, from 12 January 1970 to 3 March 1973 when counted in milliseconds. */
const [leastSeconds, mostSeconds] = [1e9, 1e11];

function ended(expiresOnTimestamp: number, now: number, scope: string): TokenFailure {
  const inSeconds = expiresOnTimestamp >= leastSeconds && expiresOnTimestamp < mostSeconds;
  const why = inSeconds
    ? "and this value looks like seconds: multiply it by 1000."
    : `so check what the credential makes it from; or the clock of this machine is ahead: it says ${new Date(now).toISOString()}.`;
  return tokenFailure(
    `The credential answered with a token for ${scope} whose expiresOnTimestamp, ${expiresOnTimestamp}, is in the past; the token was not sent.`,
    { hint: `expiresOnTimestamp counts milliseconds since the epoch, ${why}` },
  );
}

/** What was thrown, in words: it may be anything. */
function textOf(thrown: unknown): string {
  try {
    return (thrown instanceof Error ? String(thrown.message) : String(thrown)).slice(0, longestText);
  } catch {
    return "what it threw cannot be read";
  }
}
