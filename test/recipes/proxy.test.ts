// Through a real proxy on loopback: who was asked for what, and what the proxy could read.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { openClient } from "../../examples/recipes/proxy.ts";
import { hasOpenssl, makeServerKeyPair, trust } from "../support/token-server-certificates.ts";
import { atEnd, withCleanup } from "./cleanup.ts";
import { startForwardProxy } from "./forward-proxy.ts";
import { credential, startWire } from "./wire.ts";

withCleanup();

async function startWorld() {
  const proxy = await startForwardProxy();
  const wire = await startWire(() => undefined);
  atEnd(() => wire.close());
  atEnd(() => proxy.close());
  return { proxy, wire, host: new URL(wire.url).host };
}

test("the proxy of the option is asked, and every report goes through it", async () => {
  const { proxy, wire, host } = await startWorld();
  const { graph, close } = openClient({ baseUrl: wire.baseUrl, credential }, proxy.url);
  await graph.withRecording("my-call", () => {});
  await close();
  expect(wire.statuses).toEqual(["recording", "notRecording"]);
  expect(new Set(proxy.asked.map((line) => line.replace(/^\S+ /, "")))).toEqual(new Set([host]));
});

test("the last report of a recording that close ends goes through it, too", async () => {
  const { proxy, wire } = await startWorld();
  const { graph, close } = openClient({ baseUrl: wire.baseUrl, credential }, proxy.url);
  await graph.startRecording("my-call", { recorder: { start: () => {}, stop: () => {} } });
  await close();
  expect(wire.statuses).toEqual(["recording", "notRecording"]);
});

test("the proxies of the environment are asked, but not for what NO_PROXY names", async () => {
  const { proxy, wire, host } = await startWorld();
  for (const name of ["http_proxy", "HTTP_PROXY"]) vi.stubEnv(name, proxy.url);
  for (const name of ["no_proxy", "NO_PROXY"]) vi.stubEnv(name, "localhost");
  atEnd(() => vi.unstubAllEnvs());
  const { graph, close } = openClient({ baseUrl: wire.baseUrl, credential });
  atEnd(close);
  await graph.updateRecordingStatus("my-call", { status: "notRecording" });
  expect([proxy.asked.length, proxy.asked[0]]).toEqual([1, expect.stringContaining(host)]);

  vi.stubEnv("no_proxy", "127.0.0.1");
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  await graph.updateRecordingStatus("my-call", { status: "notRecording" });
  expect([proxy.asked.length, wire.statuses.length]).toEqual([1, 2]);
});

test("a proxy that is not there is an error, and nothing goes past it", async () => {
  const { proxy, wire } = await startWorld();
  await proxy.close();
  const { graph, close } = openClient({ baseUrl: wire.baseUrl, credential, retry: { limit: 0 } }, proxy.url);
  await expect(graph.updateRecordingStatus("my-call", { status: "notRecording" })).rejects.toMatchObject({ code: "NETWORK" });
  await close();
  expect(wire.statuses).toEqual([]);
});

test.skipIf(!hasOpenssl())("over https the proxy learns the host, and cannot read the token", async () => {
  const { key, certificate } = await makeServerKeyPair();
  atEnd(trust(certificate));
  const authorizations: unknown[] = [];
  const server = createServer({ key, cert: certificate }, (request, response) => {
    authorizations.push(request.headers.authorization);
    response.writeHead(200, { "content-type": "application/json" }).end('{"id":"1","status":"completed"}');
  }).listen(0, "localhost");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { proxy } = await startWorld();
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  const { graph, close } = openClient({ baseUrl: `https://localhost:${port}/v1.0`, credential }, proxy.url);
  await graph.updateRecordingStatus("my-call", { status: "notRecording" });
  await close();
  expect([proxy.asked, authorizations]).toEqual([[`CONNECT localhost:${port}`], ["Bearer token-of-the-recipe"]]);
  expect([proxy.tunnelled.length > 0, proxy.tunnelled.includes("token-of-the-recipe")]).toEqual([true, false]);
});

test("with NODE_USE_ENV_PROXY the whole process goes through it, without a line of code", async () => {
  const { proxy, wire } = await startWorld();
  const script = fileURLToPath(new URL("proxy-child.ts", import.meta.url));
  const env = { ...process.env, NODE_USE_ENV_PROXY: "1", http_proxy: proxy.url, HTTP_PROXY: proxy.url, no_proxy: "", NO_PROXY: "" };
  const child = spawn(process.execPath, [script, wire.baseUrl], { env, stdio: ["ignore", "pipe", "inherit"] });
  expect((await text(child.stdout)).trim()).toBe("completed");
  expect([proxy.asked.length, wire.statuses]).toEqual([1, ["notRecording"]]);
});
