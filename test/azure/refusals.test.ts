// When Entra refuses or fails, the caller reads Entra's own words, nothing reaches Graph, and no secret is told.
import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { ClientCertificateCredential, ClientSecretCredential } from "@azure/identity";
import type { CredentialError, TokenCredential } from "teams-recording-status";
import { azureCredential } from "teams-recording-status/azure";
import { expect, test } from "vitest";
import { granted, refused, type TokenServer } from "../support/token-server.ts";
import { type KeyPair, makeAppKeyPair } from "../support/token-server-certificates.ts";
import { callId, clientId, createBench, describeWithEntra, entraOptions, stubEnvironment, tenant } from "./bench.ts";

const secret = randomUUID();
const wrongSecret = "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the client secret value, not its id.";
const unknownApp = `AADSTS700016: Application with identifier '${clientId}' was not found in the directory.`;

let app: Promise<KeyPair> | undefined;
const credentials: readonly (readonly [string, (entra: TokenServer) => Promise<TokenCredential>])[] = [
  ["a client secret", async (entra) => new ClientSecretCredential(tenant, clientId, secret, entraOptions(entra))],
  [
    "a client certificate",
    async (entra) => {
      app ??= makeAppKeyPair();
      const { key, certificate } = await app;
      return new ClientCertificateCredential(tenant, clientId, { certificate: key + certificate }, entraOptions(entra));
    },
  ],
  [
    "azureCredential",
    async (entra) => {
      stubEnvironment(secret);
      return azureCredential(entraOptions(entra));
    },
  ],
];

async function rejectionOf(promise: Promise<unknown>): Promise<CredentialError> {
  return promise.then(
    () => expect.fail("the call succeeded"),
    (error) => error,
  );
}

describeWithEntra("a refusal", (entra) => {
  test.each(credentials)("reaches the caller of %s in Entra's own words, once, and nothing reaches Graph", async (_, make) => {
    entra().script(refused("invalid_client", wrongSecret));
    const bench = createBench(await make(entra()));
    const error = await rejectionOf(bench.report());
    expect(error).toMatchObject({ code: "CREDENTIAL", retryable: false });
    expect(error.message).toContain(wrongSecret);
    expect(error.cause).toBeInstanceOf(Error);
    expect((error.cause as Error).message).toContain("AADSTS7000215");
    expect(entra().requests).toHaveLength(1);
    expect(bench.graph.requests).toEqual([]);
  });

  test.each(credentials)("tells no secret of %s", async (_, make) => {
    entra().script(refused("invalid_client", wrongSecret));
    const error = await rejectionOf(createBench(await make(entra())).report());
    const told = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);
    const { client_secret: sent, client_assertion: assertion } = entra().requests[0]?.form ?? {};
    expect(sent ?? assertion).toMatch(/.{36}/);
    expect(told).not.toContain(sent ?? assertion);
    expect(told).not.toContain("PRIVATE KEY");
  });

  test("is not kept: the next call asks again and goes on", async () => {
    entra().script(refused("unauthorized_client", unknownApp, 400), granted("granted-later"));
    const bench = createBench(new ClientSecretCredential(tenant, clientId, secret, entraOptions(entra())));
    expect((await rejectionOf(bench.report())).message).toContain(unknownApp);
    await bench.report();
    expect(bench.graph.requests.map(({ authorization }) => authorization)).toEqual(["Bearer granted-later"]);
  });

  test("of one call is told to all that wait for the same token", async () => {
    entra().script(refused("invalid_client", wrongSecret));
    const bench = createBench(new ClientSecretCredential(tenant, clientId, secret, entraOptions(entra())));
    const errors = await Promise.all([1, 2, 3].map((index) => rejectionOf(bench.report(`call-${index}`))));
    for (const error of errors) expect(error.message).toContain(wrongSecret);
    expect(entra().requests).toHaveLength(1);
  });

  test("of a tenant that the credential does not allow comes without any request for a token", async () => {
    const narrow = { ...entraOptions(entra()), additionallyAllowedTenants: [] };
    const bench = createBench(new ClientSecretCredential(tenant, clientId, secret, narrow));
    await bench.report();
    const error = await rejectionOf(bench.report(callId, { tenantId: "99999999-2222-4333-8444-555555555555" }));
    expect(error.code).toBe("CREDENTIAL");
    expect(error.message).toMatch(/not configured to acquire tokens for tenant/);
    expect(entra().requests).toHaveLength(1);
    expect(bench.graph.requests).toHaveLength(1);
  });
});

describeWithEntra("a token server that fails", (entra) => {
  const failure = { status: 500, body: { error: "server_error", error_description: "AADSTS90033: A transient error has occurred." } };

  test("once is asked again by @azure/identity, and the call goes on", async () => {
    entra().script(failure);
    const retryOptions = { retryDelayInMs: 1, maxRetryDelayInMs: 1 };
    const bench = createBench(new ClientSecretCredential(tenant, clientId, secret, { ...entraOptions(entra()), retryOptions }));
    await bench.report();
    expect(bench.graph.requests.map(({ authorization }) => authorization)).toEqual(["Bearer token-2"]);
  });

  test("for good ends the call with CREDENTIAL", async () => {
    entra().script(failure, failure, failure, failure, failure, failure);
    const retryOptions = { maxRetries: 0 };
    const bench = createBench(new ClientSecretCredential(tenant, clientId, secret, { ...entraOptions(entra()), retryOptions }));
    const error = await rejectionOf(bench.report());
    expect(error.code).toBe("CREDENTIAL");
    expect(error.message).toContain("AADSTS90033");
    expect(bench.graph.requests).toEqual([]);
  });

  test.each([
    ["without a token", { token_type: "Bearer", expires_in: 3600 }],
    ["with an empty token", { token_type: "Bearer", expires_in: 3600, access_token: "" }],
    ["with a token that breaks the header", { token_type: "Bearer", expires_in: 3600, access_token: "broken\r\nevil: yes" }],
  ])("by an answer %s ends the call with CREDENTIAL", async (_, body) => {
    entra().script({ status: 200, body });
    const bench = createBench(new ClientSecretCredential(tenant, clientId, secret, entraOptions(entra())));
    const error = await rejectionOf(bench.report());
    expect(error.code).toBe("CREDENTIAL");
    expect(error.message).not.toContain("evil");
    expect(bench.graph.requests).toEqual([]);
  });
});
