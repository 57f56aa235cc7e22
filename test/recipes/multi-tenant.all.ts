// One bot for two tenants, with the real @azure/identity: which token reached Graph for which call, by the wire.
import { join } from "node:path";
import { Readable } from "node:stream";
import { createRecordingClient } from "teams-recording-status";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTenantCredential, recordCall } from "../../examples/recipes/multi-tenant.ts";
import { startTokenServer } from "../support/token-server.ts";
import { hasOpenssl, type KeyPair, makeServerKeyPair, trust } from "../support/token-server-certificates.ts";
import { atEnd, temporaryFolder, withCleanup } from "./cleanup.ts";
import { startWire } from "./wire.ts";

const openssl = hasOpenssl();
if (!openssl) console.warn("openssl is not installed: the recipe for many tenants is SKIPPED.");
const home = "11111111-2222-4333-8444-000000000000";
const tenants = ["11111111-2222-4333-8444-000000000001", "11111111-2222-4333-8444-000000000002"];

withCleanup();

describe.skipIf(!openssl)("one credential and one client", () => {
  let keys: KeyPair;
  let distrust: (() => void) | undefined;
  beforeAll(async () => {
    keys = await makeServerKeyPair();
    distrust = trust(keys.certificate);
  });
  afterAll(() => distrust?.());

  async function startBot(allowed: string[]) {
    const entra = await startTokenServer(keys);
    const wire = await startWire(() => undefined);
    const app = { homeTenant: home, clientId: "66666666-7777-4888-8999-aaaaaaaaaaaa", secret: "secret" };
    const credential = createTenantCredential(app, allowed, { authorityHost: entra.url, disableInstanceDiscovery: true });
    const graph = createRecordingClient({ baseUrl: wire.baseUrl, credential, retry: { limit: 0 } });
    const folder = temporaryFolder();
    atEnd(() => Promise.all([entra.close(), wire.close()]));
    atEnd(() => graph.close());
    const record = (id: string, tenantId: string) =>
      recordCall(graph, { id, tenantId }, Readable.from([Buffer.from("media")]), join(folder, id));
    return { entra, wire, record };
  }

  test("every report of a call has a token of its tenant, also when calls of two tenants are recorded at once", async () => {
    const { entra, wire, record } = await startBot(["*"]);
    await Promise.all(["a", "b", "c", "d"].map((id, index) => record(id, tenants[index % 2] ?? "")));
    expect(entra.requests.map(({ tenant }) => tenant).sort()).toEqual(tenants);
    const tokens = new Map(entra.requests.map(({ tenant }, index) => [tenant, `Bearer token-${index + 1}`]));
    const wanted = (index: number) => Array(2).fill(tokens.get(tenants[index % 2] ?? ""));
    const sent = (id: string) => wire.arrivals.filter(({ callId }) => callId === id).map(({ authorization }) => authorization);
    expect(["a", "b", "c", "d"].map(sent)).toEqual([0, 1, 2, 3].map(wanted));
  });

  test("a tenant that is not allowed gets no token, and nothing is reported", async () => {
    const { wire, record } = await startBot([tenants[0] ?? ""]);
    await expect(record("a", tenants[1] ?? "")).rejects.toMatchObject({ code: "CREDENTIAL" });
    expect(wire.statuses).toEqual([]);
  });
});
