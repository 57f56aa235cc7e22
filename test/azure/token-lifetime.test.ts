// Tokens of the real @azure/identity over time: kept, replaced, shared, and waited for no longer than the call lasts.
import { randomUUID } from "node:crypto";
import { ClientSecretCredential } from "@azure/identity";
import { azureCredential } from "teams-recording-status/azure";
import { expect, test, vi } from "vitest";
import { granted, type TokenServer } from "../support/token-server.ts";
import { callId, clientId, createBench, describeWithEntra, entraOptions, stubEnvironment, tenant } from "./bench.ts";

const secret = randomUUID();
const otherTenant = "99999999-2222-4333-8444-555555555555";
const withSecret = (entra: TokenServer) => createBench(new ClientSecretCredential(tenant, clientId, secret, entraOptions(entra)));
const bearers = ({ graph }: ReturnType<typeof createBench>) => graph.requests.map(({ authorization }) => authorization);
// Below 300 s @azure/identity keeps no token of its own, so that every request of the library reaches the server.
const shortLifeSec = 200;

describeWithEntra("a token", (entra) => {
  test("is used until shortly before its end; then the next call waits for a new one", async () => {
    entra().script(granted("first", shortLifeSec));
    const bench = withSecret(entra());
    await bench.report();
    bench.clock.forward(90_000);
    await bench.report();
    expect(entra().requests).toHaveLength(1);
    bench.clock.forward(109_000);
    await bench.report();
    expect(entra().requests).toHaveLength(2);
    expect(bearers(bench)).toEqual(["Bearer first", "Bearer first", "Bearer token-2"]);
  });

  test("is replaced ahead of its end while calls go on with the old one", async () => {
    entra().script(granted("first", shortLifeSec), "hang");
    const bench = withSecret(entra());
    await bench.report();
    bench.clock.forward(150_000);
    await bench.report();
    await entra().received(2);
    await bench.report();
    expect(entra().requests).toHaveLength(2);
    expect(bearers(bench)).toEqual(["Bearer first", "Bearer first", "Bearer first"]);
  });

  test("that came ahead of time is used from then on", async () => {
    entra().script(granted("first", shortLifeSec));
    const bench = withSecret(entra());
    await bench.report();
    bench.clock.forward(150_000);
    await vi.waitUntil(async () => (await bench.report()) && bearers(bench).at(-1) === "Bearer token-2", { interval: 1 });
    expect(entra().requests).toHaveLength(2);
  });

  test("is asked for once by 50 first calls at once", async () => {
    const bench = withSecret(entra());
    await Promise.all(Array.from({ length: 50 }, (_, index) => bench.report(`call-${index}`)));
    expect(entra().requests).toHaveLength(1);
    expect(bearers(bench)).toEqual(Array(50).fill("Bearer token-1"));
  });

  test("is asked for once by 50 first calls at once, also by the default chain", async () => {
    stubEnvironment(secret);
    const bench = createBench(azureCredential(entraOptions(entra())));
    await Promise.all(Array.from({ length: 50 }, (_, index) => bench.report(`call-${index}`)));
    expect(entra().requests).toHaveLength(1);
    expect(bearers(bench)).toEqual(Array(50).fill("Bearer token-1"));
  });

  test.each(["ClientSecretCredential", "azureCredential"])(
    "of another tenant is asked of that tenant, and kept apart: %s",
    async (kind) => {
      stubEnvironment(secret);
      const bench = kind === "azureCredential" ? createBench(azureCredential(entraOptions(entra()))) : withSecret(entra());
      for (const tenantId of [undefined, otherTenant, undefined, otherTenant]) await bench.report(callId, { tenantId });
      expect(entra().requests.map((request) => request.tenant)).toEqual([tenant, otherTenant]);
      expect(bearers(bench)).toEqual(["Bearer token-1", "Bearer token-2", "Bearer token-1", "Bearer token-2"]);
    },
  );
});

describeWithEntra("a token server that says nothing", (entra) => {
  test.each(["ClientSecretCredential", "azureCredential"])("holds a call until its deadline and no longer: %s", async (kind) => {
    stubEnvironment(secret);
    entra().script("hang");
    const bench = kind === "azureCredential" ? createBench(azureCredential(entraOptions(entra()))) : withSecret(entra());
    let settled = false;
    const rejected = expect(bench.report(callId, { deadlineMs: 15_000 })).rejects.toMatchObject({ code: "DEADLINE" });
    rejected.finally(() => {
      settled = true;
    });
    await entra().received(1);
    bench.clock.forward(14_000);
    await new Promise(setImmediate);
    expect(settled).toBe(false);
    bench.clock.forward(1_000);
    await rejected;
    expect(bench.graph.requests).toEqual([]);
    expect(bench.clock.timers.size).toBe(0);
  });

  test.each(["ClientSecretCredential", "azureCredential"])(
    "holds a call no longer than 20 s, and nobody who comes later: %s",
    async (kind) => {
      stubEnvironment(secret);
      entra().script("hang");
      const bench = kind === "azureCredential" ? createBench(azureCredential(entraOptions(entra()))) : withSecret(entra());
      const rejected = expect(bench.report()).rejects.toMatchObject({ code: "CREDENTIAL", message: expect.stringContaining("20 000 ms") });
      await entra().received(1);
      bench.clock.forward(20_000);
      await rejected;
      await bench.report();
      expect(bearers(bench)).toEqual(["Bearer token-2"]);
      expect(bench.clock.timers.size).toBe(0);
    },
  );

  test("to one request does not hold the calls that come 5 s later, and their token serves those who wait", async () => {
    entra().script("hang");
    const bench = withSecret(entra());
    const first = bench.report();
    await entra().received(1);
    bench.clock.forward(5_100);
    await Promise.all([first, bench.report("another-call")]);
    expect(bearers(bench)).toEqual(["Bearer token-2", "Bearer token-2"]);
  });

  test("holds nobody whose signal is aborted, and the next call asks again", async () => {
    entra().script("hang");
    const bench = withSecret(entra());
    const abort = new AbortController();
    const rejected = expect(bench.report(callId, { signal: abort.signal })).rejects.toMatchObject({
      code: "ABORTED",
      cause: "the call ended",
    });
    await entra().received(1);
    abort.abort("the call ended");
    await rejected;
    expect(bench.graph.requests).toEqual([]);
    await bench.report();
    expect(bearers(bench)).toEqual(["Bearer token-2"]);
  });

  test("holds close() no longer than the calls", async () => {
    entra().script("hang");
    const bench = withSecret(entra());
    const rejected = expect(bench.report()).rejects.toMatchObject({ code: "CLOSED" });
    await entra().received(1);
    await bench.client.close();
    await rejected;
    expect(bench.clock.timers.size).toBe(0);
  });
});
