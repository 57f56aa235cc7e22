import { parseJson } from "../util/json.ts";
import { type Bag, isBag } from "../util/own.ts";

/** The claims of a token, unverified: to look at, never to trust. Undefined when it is no JWT that can be read. */
export function readClaims(token: string): Bag | undefined {
  const [, payload = "", signature] = token.split(".");
  if (signature === undefined) return undefined;
  const claims = parseJson(Buffer.from(payload, "base64url").toString("utf8"));
  return isBag(claims) ? claims : undefined;
}
