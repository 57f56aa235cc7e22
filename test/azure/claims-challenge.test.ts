// Continuous access evaluation with the real @azure/identity: Graph refuses a token and says which claims the next one must carry.
import { randomUUID } from "node:crypto";
import { ClientSecretCredential } from "@azure/identity";
import { azureCredential } from "teams-recording-status/azure";
import { expect, test } from "vitest";
import { refused, type TokenServer } from "../support/token-server.ts";
import { callId, clientId, createBench, describeWithEntra, entraOptions, stubEnvironment, tenant } from "./bench.ts";

const secret = randomUUID();
const otherTenant = "99999999-2222-4333-8444-555555555555";
const wanted = { access_token: { nbf: { essential: true, value: "1795000000" } } };
const withSecret = (entra: TokenServer) => createBench(new ClientSecretCredential(tenant, clientId, secret, entraOptions(entra)));
const bearers = ({ graph }: ReturnType<typeof createBench>) => graph.requests.map(({ authorization }) => authorization);

/** The 401 of a revoked token. @see https://learn.microsoft.com/entra/identity-platform/claims-challenge */
function challenge(claims: object = wanted): Response {
  const encoded = Buffer.from(JSON.stringify(claims)).toString("base64");
  const parameters = `realm="", authorization_uri="https://login.example/common/oauth2/authorize", error="insufficient_claims", claims="${encoded}"`;
  return Response.json(
    { error: { code: "InvalidAuthenticationToken", message: "Continuous access evaluation resulted in challenge" } },
    { status: 401, headers: { "www-authenticate": `Bearer ${parameters}` } },
  );
}

describeWithEntra("a claims challenge", (entra) => {
  test.each(["ClientSecretCredential", "azureCredential"])(
    "buys one token with the claims and repeats the report once: %s",
    async (kind) => {
      stubEnvironment(secret);
      const bench = kind === "azureCredential" ? createBench(azureCredential(entraOptions(entra()))) : withSecret(entra());
      bench.graph.script(challenge());
      expect((await bench.report()).status).toBe("completed");
      const [plain, challenged, ...more] = entra().requests.map(({ form }) => JSON.parse(form.claims ?? "{}"));
      expect(plain?.access_token).not.toHaveProperty("nbf");
      expect(challenged?.access_token).toMatchObject(wanted.access_token);
      expect(more).toEqual([]);
      expect(bearers(bench)).toEqual(["Bearer token-1", "Bearer token-2"]);
    },
  );

  test("leaves the new token for the calls that follow", async () => {
    const bench = withSecret(entra());
    bench.graph.script(challenge());
    await bench.report();
    await bench.report("another-call");
    expect(entra().requests).toHaveLength(2);
    expect(bearers(bench).at(-1)).toBe("Bearer token-2");
  });

  test("is answered for the tenant of the call", async () => {
    const bench = withSecret(entra());
    bench.graph.script(challenge());
    await bench.report(callId, { tenantId: otherTenant });
    expect(entra().requests.map((request) => request.tenant)).toEqual([otherTenant, otherTenant]);
  });

  test("of 20 calls at once buys one token", async () => {
    const bench = withSecret(entra());
    await bench.report();
    bench.graph.script(...Array.from({ length: 20 }, () => challenge()));
    await Promise.all(Array.from({ length: 20 }, (_, index) => bench.report(`call-${index}`)));
    expect(entra().requests).toHaveLength(2);
    expect(bearers(bench).slice(-20)).toEqual(Array(20).fill("Bearer token-2"));
  });

  test("that comes again ends the call with HTTP: no loop", async () => {
    const bench = withSecret(entra());
    bench.graph.script(challenge(), challenge(), challenge());
    await expect(bench.report()).rejects.toMatchObject({ code: "HTTP", status: 401 });
    expect(entra().requests).toHaveLength(2);
    expect(bench.graph.requests).toHaveLength(2);
  });

  test("that Entra does not grant ends the call with Entra's words", async () => {
    const refusal = "AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed.";
    const bench = withSecret(entra());
    await bench.report();
    entra().script(refused("invalid_grant", refusal, 400));
    bench.graph.script(challenge());
    await expect(bench.report()).rejects.toMatchObject({ code: "CREDENTIAL", message: expect.stringContaining(refusal) });
    expect(bench.graph.requests).toHaveLength(2);
  });

  test("without the error is a plain 401: no token, no repeat", async () => {
    const bench = withSecret(entra());
    bench.graph.script(new Response(null, { status: 401, headers: { "www-authenticate": 'Bearer error="invalid_token"' } }));
    await expect(bench.report()).rejects.toMatchObject({ code: "HTTP", status: 401 });
    expect(entra().requests).toHaveLength(1);
    expect(bench.graph.requests).toHaveLength(1);
  });
});
