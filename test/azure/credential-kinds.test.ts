// The real @azure/identity gives the client its tokens: client secret, client certificate, and the default chain of azureCredential.
import { constants, createHash, randomUUID, verify, X509Certificate } from "node:crypto";
import { type TokenCredential as AzureTokenCredential, ClientCertificateCredential, ClientSecretCredential } from "@azure/identity";
import type { Cloud } from "teams-recording-status";
import { azureCredential } from "teams-recording-status/azure";
import { expect, test, vi } from "vitest";
import { makeAppKeyPair } from "../support/token-server-certificates.ts";
import { clientId, createBench, describeWithEntra, entraOptions, stubEnvironment, tenant } from "./bench.ts";

const secret = randomUUID();

describeWithEntra("a client secret", (entra) => {
  test("buys a token that arrives at Graph as the bearer", async () => {
    const { report, graph } = createBench(new ClientSecretCredential(tenant, clientId, secret, entraOptions(entra())));
    expect((await report()).status).toBe("completed");
    expect(entra().discoveries).toEqual([tenant]);
    expect(entra().requests).toMatchObject([
      { tenant, form: { grant_type: "client_credentials", client_id: clientId, client_secret: secret } },
    ]);
    expect(graph.requests.map(({ authorization }) => authorization)).toEqual(["Bearer token-1"]);
  });

  test.each<[Cloud, string]>([
    ["global", "https://graph.microsoft.com/.default"],
    ["usGovL4", "https://graph.microsoft.us/.default"],
    ["usGovL5", "https://dod-graph.microsoft.us/.default"],
  ])("is asked for the scope of %s", async (cloud, scope) => {
    const { report } = createBench(new ClientSecretCredential(tenant, clientId, secret, entraOptions(entra())), cloud);
    await report();
    expect(entra().requests.map(({ form }) => form.scope)).toEqual([scope]);
  });

  test("asks for a token that continuous access evaluation can revoke", async () => {
    const { report } = createBench(new ClientSecretCredential(tenant, clientId, secret, entraOptions(entra())));
    await report();
    expect(JSON.parse(entra().requests[0]?.form.claims ?? "")).toMatchObject({
      access_token: { xms_cc: { values: [expect.stringMatching(/^cp1$/i)] } },
    });
  });
});

describeWithEntra("a client certificate", (entra) => {
  test("signs the request for the token; the key and a secret stay here", async () => {
    const app = await makeAppKeyPair();
    const pem = { certificate: `${app.key}\n${app.certificate}` };
    const { report, graph } = createBench(new ClientCertificateCredential(tenant, clientId, pem, entraOptions(entra())));
    await report();
    expect(graph.requests.map(({ authorization }) => authorization)).toEqual(["Bearer token-1"]);
    const [{ form } = { form: {} as never }] = entra().requests;
    expect(form).not.toHaveProperty("client_secret");
    expect(form.client_assertion_type).toBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    const assertion = readAssertion(form.client_assertion ?? "", app.certificate);
    expect(assertion).toMatchObject({ signed: true, header: { typ: "JWT", "x5t#S256": assertion.thumbprint } });
    expect(assertion.claims).toMatchObject({ aud: `${entra().url}/${tenant}/oauth2/v2.0/token`, iss: clientId, sub: clientId });
  });
});

describeWithEntra("azureCredential", (entra) => {
  test("takes the secret of the environment, asks once, and the token arrives at Graph", async () => {
    stubEnvironment(secret);
    const { report, graph } = createBench(azureCredential({ cloud: "usGovL5", ...entraOptions(entra()) }), "usGovL5");
    await report();
    await report("another-call");
    expect(entra().requests).toMatchObject([
      { tenant, form: { client_id: clientId, client_secret: secret, scope: "https://dod-graph.microsoft.us/.default" } },
    ]);
    expect(graph.requests.map(({ authorization }) => authorization)).toEqual(["Bearer token-1", "Bearer token-1"]);
  });

  test("does not read AZURE_AUTHORITY_HOST: the cloud, or what is given, decides", async () => {
    stubEnvironment(secret);
    vi.stubEnv("AZURE_AUTHORITY_HOST", "https://localhost:1");
    await createBench(azureCredential(entraOptions(entra()))).report();
    expect(entra().requests).toHaveLength(1);
  });

  test("fits where Azure's own SDKs take a credential", async () => {
    stubEnvironment(secret);
    const credential: AzureTokenCredential = azureCredential(entraOptions(entra()));
    expect(await credential.getToken(["https://vault.example/.default"])).toMatchObject({ token: "token-1" });
    expect(entra().requests[0]?.form.scope).toContain("https://vault.example/.default");
  });
});

/** A client assertion, decoded, and whether the certificate's key signed it. @see RFC 7515, RFC 7523 section 3 */
function readAssertion(jwt: string, certificate: string) {
  const [header = "", claims = "", signature = ""] = jwt.split(".");
  const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
  const { publicKey, raw } = new X509Certificate(certificate);
  const pss = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const key = decode(header).alg === "PS256" ? pss : publicKey;
  return {
    header: decode(header),
    claims: decode(claims),
    thumbprint: createHash("sha256").update(raw).digest("base64url"),
    signed: verify("sha256", Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url")),
  };
}
