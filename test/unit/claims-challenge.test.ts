import { describe, expect, test } from "vitest";
import { readClaimsChallenge } from "../../src/http/claims-challenge.ts";

describe("a claims challenge", () => {
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"ü"}}}';
  const encoded = Buffer.from(claims).toString("base64");
  const read = (header: string) => readClaimsChallenge(new Headers({ "www-authenticate": header }));

  test.each([
    ["base64", `Bearer realm="", error="insufficient_claims", claims="${encoded}"`],
    ["base64url", `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString("base64url")}"`],
    ["another order and case", `BEARER Claims="${encoded}", authorization_uri="https://x/y", ERROR="insufficient_claims"`],
    ["with spaces", `Bearer error = "insufficient_claims", claims = "${encoded}"`],
    ["without quotes", `Bearer error=insufficient_claims,claims=${encoded}`],
    ["among others", `Basic realm="x", Bearer error="insufficient_claims", claims="${encoded}"`],
  ])("is read from %s", (_, header) => expect(read(header)).toBe(claims));

  test.each([
    ["plain", 'Bearer realm="", authorization_uri="https://x/y"'],
    ["another error", `Bearer error="invalid_token", claims="${encoded}"`],
    ["without claims", 'Bearer error="insufficient_claims"'],
    ["no base64", 'Bearer error="insufficient_claims", claims="a"'],
    ["no JSON", `Bearer error="insufficient_claims", claims="${btoa("no")}"`],
    ["no JSON object", `Bearer error="insufficient_claims", claims="${btoa("[1]")}"`],
    ["no UTF-8", `Bearer error="insufficient_claims", claims="${btoa('{"a":"\xff"}')}"`],
  ])("%s is none", (_, header) => expect(read(header)).toBeUndefined());

  test("no header is none", () => expect(readClaimsChallenge(new Headers())).toBeUndefined());
});
