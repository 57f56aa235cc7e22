import { parseJson } from "../util/json.ts";
import { isBag } from "../util/own.ts";
import type { AnswerHeaders } from "./answer.ts";

/**
 * The claims that a 401 asks the next token to carry, decoded; undefined for any other challenge.
 * @see https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function readClaimsChallenge(headers: AnswerHeaders): string | undefined {
  const challenge = headers.get("www-authenticate");
  if (challenge === null || !/\berror\s*=\s*"?insufficient_claims"?/i.test(challenge)) return undefined;
  const encoded = /\bclaims\s*=\s*"?([A-Za-z0-9+/_-]+={0,2})"?/i.exec(challenge)?.[1];
  if (encoded === undefined) return undefined;
  const claims = decodeBase64(encoded);
  return isBag(parseJson(claims ?? "")) ? claims : undefined;
}

/** Base64 or base64url, of UTF-8; undefined when it is neither. */
function decodeBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
