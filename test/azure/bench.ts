// What the tests of this folder share: Entra on loopback, Graph in memory, a clock, and an eye on where requests go.
import diagnostics from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import {
  type CallOptions,
  type ClientRuntime,
  type Cloud,
  createRecordingClient,
  type GraphFetch,
  type TokenCredential,
} from "teams-recording-status";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, vi } from "vitest";
import { startTokenServer, type TokenServer } from "../support/token-server.ts";
import { hasOpenssl, type KeyPair, makeServerKeyPair, trust } from "../support/token-server-certificates.ts";

export const callId = "57dab8b1-894c-409a-b240-bd8beae78896";
export const tenant = "11111111-2222-4333-8444-555555555555";
export const clientId = "66666666-7777-4888-8999-aaaaaaaaaaaa";

/** What @azure/identity needs to take the token server for Entra. */
export function entraOptions(entra: TokenServer) {
  return { authorityHost: entra.url, disableInstanceDiscovery: true, additionallyAllowedTenants: ["*"] };
}

const openssl = hasOpenssl();
if (!openssl) console.warn("openssl is not installed: the tests against a TLS token server are SKIPPED.");

/**
 * Tests with the real @azure/identity against a token server of their own, which the process trusts meanwhile. No variable of this machine
 * counts, and a request to anything but that server fails the test.
 */
export function describeWithEntra(name: string, tests: (entra: () => TokenServer) => void): void {
  describe.skipIf(!openssl)(openssl ? name : `${name} (skipped: there is no openssl)`, () => {
    let keys: KeyPair;
    let entra: TokenServer;
    let distrust: (() => void) | undefined;
    let network: { readonly origins: Set<string>; readonly stop: () => void };

    beforeAll(async () => {
      keys = await makeServerKeyPair();
      distrust = trust(keys.certificate);
    });
    afterAll(() => distrust?.());

    beforeEach(async () => {
      for (const variable of Object.keys(process.env)) {
        if (/^(AZURE_|IDENTITY_|MSI_|((HTTPS?|ALL|NO)_PROXY$))/i.test(variable)) vi.stubEnv(variable, undefined);
      }
      entra = await startTokenServer(keys);
      network = watchNetwork();
    });
    afterEach(async () => {
      network.stop();
      vi.unstubAllEnvs();
      await entra.close();
      expect([...network.origins]).toEqual([entra.url]);
    });

    tests(() => entra);
  });
}

/** Where this process sends HTTP requests, by node:http, node:https or `fetch`. */
function watchNetwork() {
  const origins = new Set<string>();
  const onNodeRequest = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    origins.add(`${request.protocol}//${request.getHeader("host")}`);
  };
  const onFetch = (message: unknown) => void origins.add((message as { request: { origin: string } }).request.origin);
  diagnostics.subscribe("http.client.request.start", onNodeRequest);
  diagnostics.subscribe("undici:request:create", onFetch);
  const stop = () => {
    diagnostics.unsubscribe("http.client.request.start", onNodeRequest);
    diagnostics.unsubscribe("undici:request:create", onFetch);
  };
  return { origins, stop };
}

/** Sets what EnvironmentCredential reads, for the time of the test. */
export function stubEnvironment(secret: string): void {
  vi.stubEnv("AZURE_TENANT_ID", tenant);
  vi.stubEnv("AZURE_CLIENT_ID", clientId);
  vi.stubEnv("AZURE_CLIENT_SECRET", secret);
}

/** Graph, in memory: it completes every report, unless it is given other answers for the next ones. */
function createGraph() {
  const requests: { readonly url: string; readonly authorization: string | null }[] = [];
  const answers: Response[] = [];
  const fetch: GraphFetch = async (url, init) => {
    requests.push({ url, authorization: new Headers(init.headers).get("authorization") });
    return answers.shift() ?? Response.json({ id: "operation", status: "completed", clientContext: null, resultInfo: null });
  };
  return { requests, fetch, script: (...more: Response[]) => void answers.push(...more) };
}

/** A clock that goes with the real one and can be put forward; timers run when it is, and only then. */
function createClock() {
  let ahead = 0;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const runtime: Partial<ClientRuntime> = {
    now: () => Date.now() + ahead,
    schedule: (callback, delayMs) => {
      const timer = { at: Date.now() + ahead + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const forward = (ms: number) => {
    ahead += ms;
    for (const timer of timers) {
      if (timer.at > Date.now() + ahead) continue;
      timers.delete(timer);
      timer.callback();
    }
  };
  return { runtime, timers, forward };
}

/** The library's client between a credential and Graph in memory; nothing of it can reach the real Graph. */
export function createBench(credential: TokenCredential, cloud?: Cloud) {
  const graph = createGraph();
  const clock = createClock();
  const client = createRecordingClient({ credential, cloud, baseUrl: "https://localhost/v1.0", fetch: graph.fetch }, clock.runtime);
  const report = (id = callId, options: CallOptions = {}) => client.updateRecordingStatus(id, { status: "recording" }, options);
  return { graph, clock, client, report };
}
