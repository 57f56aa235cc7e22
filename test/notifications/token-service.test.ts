// The service that signs for the tests is judged by jose itself: what the verifier refuses must not be refused for a mistake of the tests.
import { createRemoteJWKSet, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { startTokenService } from "../support/notification-service.ts";

test("a token of the service is one that jose accepts by the published keys, before and after a rotation", async () => {
  const service = await startTokenService();
  try {
    for (const rotated of [false, true]) {
      if (rotated) service.rotate();
      const document = (await (await fetch(service.openIdConfigurationUrl)).json()) as { jwks_uri: string };
      const keys = createRemoteJWKSet(new URL(document.jwks_uri));
      const { payload } = await jwtVerify(service.sign(), keys, { issuer: service.issuer, audience: service.audience });
      expect(payload.tid).toBe(service.tenantId);
    }
    expect(service.requests).toEqual(["openid", "keys", "openid", "keys"]);
  } finally {
    await service.close();
  }
});
