// What the suite talks to: a fake Graph over HTTP, and who signs its notifications. Node runs it; it says where it is as a line of JSON, and ends with
// its standard input.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { createFakeGraph } from "teams-recording-status/testing";

const audience = "8a3f0b5e-6d0c-4c1e-9f3a-2b7d4e5f6a70";
const fake = createFakeGraph();
const callId = "57dab8b1-894c-409a-b240-bd8beae78896";
for (const id of [callId, "call-1", "call-2", "call-3"]) fake.addCall(id);
const [keys, others] = [await generateKeyPair("RS256"), await generateKeyPair("RS256")];
const jwk = { ...(await exportJWK(keys.publicKey)), kid: "key-1", alg: "RS256", use: "sig" };
const sign = (/** @type {CryptoKey} */ key) =>
  new SignJWT({ tid: "2432b57b-0abd-43db-aa7b-16eadd115d34" })
    .setProtectedHeader({ alg: "RS256", kid: "key-1" })
    .setIssuer("https://api.botframework.com")
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(key);
const params = {
  token: (await fake.credential.getToken([]))?.token,
  signed: await sign(keys.privateKey),
  forged: await sign(others.privateKey),
  audience,
};

/** Answers that are held until somebody asks for /release. @type {(() => void)[]} */
const held = [];
const json = (/** @type {unknown} */ body) => Response.json(body);
/** @type {Readonly<Record<string, () => Response | Promise<Response>>>} */
const pages = {
  "/params": () => json(params),
  "/openid": () => json({ jwks_uri: `${url}/keys` }),
  "/keys": () => json({ keys: [jwk] }),
  "/held": () => new Promise((resolve) => held.push(() => resolve(json(params)))),
  "/waiting": () => json(held.length),
  "/release": () => json(held.splice(0).map((release) => release()).length),
  "/": () => new Response("<!doctype html><title>smoke</title>", { headers: { "content-type": "text/html" } }),
  "/bundle.js": () => new Response(readFileSync("page-bundle.js"), { headers: { "content-type": "text/javascript" } }),
};

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", url);
  const page = pages[pathname];
  const headers = Object.entries(request.headers).map(([name, value]) => /** @type {[string, string]} */ ([name, String(value)]));
  const body = await text(request);
  const { method = "GET" } = request;
  const answer = page ? await page() : await fake.fetch(`${url}${pathname}`, { method, headers, ...(body && { body }) });
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const address = server.address();
const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
console.log(JSON.stringify({ url }));
process.stdin.resume().on("end", () => process.exit());
