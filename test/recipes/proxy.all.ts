// What takes longer about proxies: a tunnel, with a certificate made for it, and a process whose environment names the proxy.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openClient } from "../../examples/recipes/proxy.ts";
import { hasOpenssl, makeServerKeyPair, trust } from "../support/token-server-certificates.ts";
import { atEnd, withCleanup } from "./cleanup.ts";
import { startProxied } from "./forward-proxy.ts";
import { credential } from "./wire.ts";

withCleanup();

const openssl = hasOpenssl();
if (!openssl) console.warn("openssl is not installed: the recipe for proxies over https is SKIPPED.");

test.skipIf(!openssl)("over https the proxy learns the host, and cannot read the token", async () => {
  const { key, certificate } = await makeServerKeyPair();
  atEnd(trust(certificate));
  const authorizations: unknown[] = [];
  const server = createServer({ key, cert: certificate }, (request, response) => {
    authorizations.push(request.headers.authorization);
    response.writeHead(200, { "content-type": "application/json" }).end('{"id":"1","status":"completed"}');
  }).listen(0, "localhost");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { proxy } = await startProxied();
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
  const { proxy, wire } = await startProxied();
  const script = fileURLToPath(new URL("proxy-child.ts", import.meta.url));
  const env = { ...process.env, NODE_USE_ENV_PROXY: "1", http_proxy: proxy.url, HTTP_PROXY: proxy.url, no_proxy: "", NO_PROXY: "" };
  const child = spawn(process.execPath, [script, wire.baseUrl], { env, stdio: ["ignore", "pipe", "inherit"] });
  expect((await text(child.stdout)).trim()).toBe("completed");
  expect([proxy.asked.length, wire.statuses]).toEqual([1, ["notRecording"]]);
});
