// The worker of the recipe, under the rules of such a runtime: nothing that waits is made when the module is loaded, nor shared by two requests.
import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { atEnd, withCleanup } from "./cleanup.ts";
import { startWire, type WireStep } from "./wire.ts";

withCleanup();

/** Loads the worker where making a timer or an AbortController throws outside of a request, and aborting one of another request, too. */
async function loadWorker() {
  const running = new AsyncLocalStorage<string>();
  const inRequest = (what: string) => {
    const name = running.getStore();
    if (name === undefined) throw new Error(`${what} was made outside of a request.`);
    return name;
  };
  const { AbortController: Original, setTimeout: set } = globalThis;
  class Watched extends Original {
    readonly #owner = inRequest("An AbortController");
    override abort(reason?: unknown) {
      if (running.getStore() !== this.#owner) throw new Error(`An AbortController of ${this.#owner} was used elsewhere.`);
      super.abort(reason);
    }
  }
  vi.stubGlobal("AbortController", Watched);
  vi.stubGlobal("setTimeout", (...timer: Parameters<typeof set>) => {
    inRequest("A timer");
    return set(...timer);
  });
  atEnd(() => vi.unstubAllGlobals());
  vi.resetModules();
  const { default: worker, CallRecorder } = await import("../../examples/recipes/edge-worker.ts");
  return { worker, CallRecorder, as: <T>(name: string, act: () => T) => running.run(name, act) };
}

/** Entra and Graph. */
async function startWorld(...steps: WireStep[]) {
  const wire = await startWire(() => undefined, ...steps);
  const forms: Record<string, string>[] = [];
  const entra = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    forms.push({ path: request.url ?? "", ...Object.fromEntries(new URLSearchParams(text)) });
    const body = { token_type: "Bearer", expires_in: 3600, access_token: `token-${forms.length}` };
    response.writeHead(200, { "content-type": "application/json", connection: "close" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(entra, "listening");
  atEnd(() => wire.close());
  atEnd(() => entra.close());
  const LOGIN_URL = `http://127.0.0.1:${(entra.address() as AddressInfo).port}`;
  return { wire, forms, env: { TENANT_ID: "t", CLIENT_ID: "c", CLIENT_SECRET: "s", GRAPH_URL: wire.baseUrl, LOGIN_URL } };
}

const ask = (body: object) => new Request("http://worker/", { method: "POST", body: JSON.stringify(body) });

test("two requests at once report by a client of their own each", async () => {
  const { worker, as } = await loadWorker();
  const { wire, forms, env } = await startWorld();
  const report = (callId: string) => as(callId, () => worker.fetch(ask({ callId, status: "failed" }), env));
  const answers = await Promise.all([report("call-1"), report("call-2")]);
  expect(await Promise.all(answers.map((response) => response.json()))).toEqual([{ result: "completed" }, { result: "completed" }]);
  expect(wire.arrivals.map(({ callId, status }) => `${callId} ${status}`).sort()).toEqual(["call-1 failed", "call-2 failed"]);
  const scope = "https://graph.microsoft.com/.default";
  const form = { path: "/t/oauth2/v2.0/token", grant_type: "client_credentials", client_id: "c", client_secret: "s", scope };
  expect(forms).toEqual([form, form]);
});

test("a recording that one request starts and another stops lives in its Durable Object", async () => {
  const { CallRecorder, as } = await loadWorker();
  const { wire, env } = await startWorld();
  const object = as("object", () => new CallRecorder({}, env));
  const tell = async (action: string) => (await as("object", () => object.fetch(ask({ callId: "my-call", action })))).json();
  expect([await tell("start"), await tell("stop")]).toEqual([{ result: "recording" }, { result: "notRecording" }]);
  expect(wire.statuses).toEqual(["recording", "notRecording"]);
});

test("a stop that comes while the start is under way ends it", async () => {
  const { CallRecorder, as } = await loadWorker();
  const { wire, env } = await startWorld({ http: 503, headers: { "retry-after": "0.1" } });
  const object = as("object", () => new CallRecorder({}, env));
  const tell = async (action: string) => (await as("object", () => object.fetch(ask({ callId: "my-call", action })))).json();
  const started = tell("start");
  await as("test", async () => await expect.poll(() => wire.arrivals.length, { interval: 2, timeout: 5_000 }).toBe(1));
  expect(await tell("stop")).toEqual({ result: "notRecording" });
  await started;
  expect(wire.statuses.at(-1)).toBe("notRecording");
});

test("what Graph refuses is an answer with its code, and no crash", async () => {
  const { worker, as } = await loadWorker();
  const { env } = await startWorld();
  const refused = { ...env, GRAPH_URL: `${env.LOGIN_URL}/v1.0` }; // answers 200, but with no operation
  const response = await as("one", () => worker.fetch(ask({ callId: "my-call", status: "failed" }), refused));
  expect([response.status, await response.json()]).toMatchObject([502, { error: "BAD_ANSWER" }]);
});
