// A process of its own: what it does to `fetch` lasts. Prints, for each thing done, the way by which the client's next report left, as the
// server saw it: `fetch` says how it fetches ("sec-fetch-mode"), Node's client does not. With an argument: as the process was started, and no more.
import { channel } from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Dispatcher, MockAgent, setGlobalDispatcher, Agent as UndiciAgent } from "undici";
import { createTransport } from "../../src/http/transport.ts";
import type { GraphFetch } from "../../src/index.ts";
import { createDefaultExchange } from "../../src/node/default-exchange.ts";

const operation = { id: "op-1", status: "completed", clientContext: null, resultInfo: null };
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(request.headers["sec-fetch-mode"] === undefined ? "node" : "fetch");
  request.resume().on("end", () => response.setHeader("content-type", "application/json").end(JSON.stringify(operation)));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const baseUrl = `${origin}/v1.0`;
const transport = createTransport({ baseUrl, exchange: createDefaultExchange(baseUrl) });
const ways: Record<string, string> = {};

async function see(what: string): Promise<void> {
  seen.length = 0;
  const attempt = { token: "a-token", clientRequestId: "id-1", signal: new AbortController().signal };
  await transport.updateRecordingStatus({ callId: "call-1", body: { status: "recording" } }, attempt).catch(() => {});
  ways[what] = seen.join(", ") || "nothing came";
}

await see("as it is");
if (process.argv[2] === undefined) {
  await (await fetch(origin)).text();
  await see("after a fetch by somebody else");

  const { fetch: original } = globalThis;
  let stubbed = 0;
  const stub: GraphFetch = (url, init) => {
    stubbed++;
    return original(url, init);
  };
  globalThis.fetch = stub as typeof fetch;
  await see("fetch replaced");
  ways["fetch replaced"] += `, ${stubbed} by the stub`;
  globalThis.fetch = original;
  await see("fetch put back");

  globalThis.fetch = Object.assign(async () => Response.json(operation), { toString: () => `${original}` }) as typeof fetch;
  await see("a stub with the text of fetch");
  globalThis.fetch = undefined as never;
  await see("fetch taken away");
  globalThis.fetch = original;

  const listener = () => {};
  for (const name of ["undici:request:create", "undici:request:headers", "undici:client:sendHeaders"]) {
    channel(name).subscribe(listener);
    await see(`somebody listens to ${name}`);
    channel(name).unsubscribe(listener);
  }
  await see("nobody listens any more");

  const globals = globalThis as unknown as Record<symbol, { dispatch: (...given: unknown[]) => unknown }>;
  const name = [Symbol.for("undici.globalDispatcher.2"), Symbol.for("undici.globalDispatcher.1")].find((one) => globals[one] !== undefined);
  const made = globals[name as symbol] as (typeof globals)[symbol];
  made.dispatch = (...given) => Reflect.apply(Object.getPrototypeOf(made).dispatch, made, given);
  await see("Node's own dispatcher patched");
  Reflect.deleteProperty(made, "dispatch");
  await see("the patch taken away");
  globals[name as symbol] = new Proxy(made, {});
  await see("a proxy around Node's own dispatcher");
  globals[name as symbol] = made;

  setGlobalDispatcher(new UndiciAgent());
  await see("an agent of the package undici");
  setGlobalDispatcher(
    new (class Agent extends Dispatcher {
      override dispatch(options: object, handler: object): boolean {
        if (options === undefined) throw new Error("It was called without being asked for.");
        return new UndiciAgent().dispatch(options as never, handler as never);
      }
    })(),
  );
  await see("another class by the name of Agent");
  const mock = new MockAgent();
  mock.disableNetConnect();
  setGlobalDispatcher(mock);
  mock
    .get(origin)
    .intercept({ path: () => true, method: "POST" })
    .reply(200, operation, { headers: { "content-type": "application/json" } });
  await see("a mock of the package undici");
  ways["a mock of the package undici"] += `, ${mock.pendingInterceptors().length} left in the mock`;
}
console.log(JSON.stringify(ways));
server.closeAllConnections();
server.close();
