// `proxy` and `mock`: what a bot sends and gets passes unchanged, and what breaks the document is told.
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { createRecordingClient } from "teams-recording-status";
import { startFakeGraph } from "teams-recording-status/testing";
import { expect, onTestFinished, test } from "vitest";
import { belowRoot, headersFor } from "../../src/cli/proxy/exchange.ts";
import { statuses } from "../support/as-it-is.ts";
import { callId, invoke, isFree, start } from "./invoke.ts";

const credential = { getToken: async () => ({ token: "any", expiresOnTimestamp: Date.now() + 3_600_000 }) };
const path = `/communications/calls/${callId}/updateRecordingStatus`;
const headers = { authorization: "Bearer any", "content-type": "application/json" };
const operation = { id: "op", status: "completed", clientContext: null, resultInfo: null };

const answered = {
  "content-type": "application/json",
  location: `https://graph.microsoft.com/v1.0/communications/calls/${callId}/operations/op`,
};

type Answer = { readonly status?: number; readonly body?: string; readonly headers?: Record<string, string | string[]> };

/** A server in Graph's place, and a proxy before it. */
async function serve(answer: Answer = {}) {
  const seen: { request: IncomingMessage; body: string }[] = [];
  const upstream = createServer(async (request, response) => {
    seen.push({ request, body: await text(request) });
    const { status = 200, body = JSON.stringify(operation), headers: more = answered } = answer;
    response.writeHead(status, more).end(body);
  });
  upstream.listen(0, "127.0.0.1");
  await once(upstream, "listening");
  onTestFinished(() => void upstream.close().closeAllConnections());
  const run = await start(`proxy --upstream http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1.0`);
  const post = (body: string, more: Record<string, string> = headers, to = path) =>
    fetch(`${run.url}${to}`, { method: "POST", headers: more, body });
  const verdict = async () => {
    run.interrupt();
    return { code: await run.code, summary: run.out.at(-1) };
  };
  return { ...run, seen, post, verdict, upstream };
}

test("a good bot before the fake: no violation, exit code 0, and the port is free", async () => {
  const fake = await startFakeGraph();
  onTestFinished(() => fake.close());
  fake.addCall(callId);
  fake.script({ status: 403, code: "8506" });
  const { url, err, out, code, interrupt } = await start(`proxy --upstream ${fake.baseUrl}`);
  const graph = createRecordingClient({ baseUrl: url, credential });
  await expect(graph.withRecording(callId, async () => {})).rejects.toMatchObject({ commsCode: 8506 });
  await graph.withRecording(callId, async () => {});
  await graph.close();
  interrupt();
  expect([await code, err, out.at(-1), await isFree(url)]).toEqual([0, [], "3 exchanges, no violation.", true]);
});

test("what a bot does wrong is told in plain words, and passes all the same", async () => {
  const { err, seen, post, verdict } = await serve();
  await post('{ "status": "Recording" }');
  await post('{"status":"failed"}', { "content-type": "application/json" });
  await post('{"status":');
  await post("status=failed", { ...headers, "content-type": "text/plain" });
  await post('{"status":"failed"}', headers, path.replace("Status", "status"));
  await expect.poll(() => err.length).toBe(5);
  expect(seen.map(({ body }) => body)).toEqual([
    '{ "status": "Recording" }',
    '{"status":"failed"}',
    '{"status":',
    "status=failed",
    '{"status":"failed"}',
  ]);
  const said = err.map((line) => line.slice(line.indexOf(": request: ") + 11));
  expect(said).toEqual([
    `Request body property status must be equal to one of the allowed values: ${statuses}.`,
    "there is no Bearer token in it.",
    "its body is no JSON, although its content-type says so.",
    "its content-type is text/plain. Supported content types: application/json.",
    "the document has no operation with this method and path.",
  ]);
  expect(err[0]).toMatch(`violation: POST ${path}, answered 200: request: `);
  expect(await verdict()).toEqual({ code: 1, summary: "5 exchanges, 5 violations in 5 of them." });
});

test("an answer that breaks the document is told, and reaches the bot byte for byte", async () => {
  const body = '{ "status" :  5 }';
  const { err, post, verdict } = await serve({ body, headers: { "content-type": "application/json", "request-id": "r-1" } });
  const answer = await post('{"status":"failed"}');
  expect([await answer.text(), answer.headers.get("request-id"), answer.status]).toEqual([body, "r-1", 200]);
  await expect.poll(() => err.length).toBeGreaterThan(0);
  for (const line of err) expect(line).toMatch(/answered 200: answer: /);
  expect(await verdict()).toMatchObject({ code: 1, summary: expect.stringMatching(/^1 exchange, \d violations? in 1 of them\.$/) });
});

test("the request reaches the upstream as it was, version and all, and a redirect is the bot's matter", async () => {
  const { seen, post, url, verdict, err } = await serve({ status: 302, body: "", headers: { location: "http://127.0.0.1:9/" } });
  const answer = await fetch(`${url}/v1.0/communications/calls?x=1`, { method: "POST", headers, body: "{}", redirect: "manual" });
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "http://127.0.0.1:9/"]);
  await post('{"status":"failed"}', { ...headers, "client-request-id": "c-1" }, `/v1.0${path}`).catch(() => {});
  expect(seen.map(({ request }) => request.url)).toEqual(["/v1.0/communications/calls?x=1", `/v1.0${path}`].slice(0, seen.length));
  expect(seen[0]?.request.headers.authorization).toBe("Bearer any");
  expect(err.filter((line) => line.includes("calls?x=1"))).toEqual([]);
  expect((await verdict()).summary).toContain("1 request to what the document does not describe passed unjudged.");
});

test("an upstream that is not there is told; a run in which nothing was judged is none that went well", async () => {
  const { err, post, verdict, upstream } = await serve();
  await new Promise((resolve) => upstream.close(resolve).closeAllConnections());
  const answer = await post('{"status":"failed"}');
  expect([answer.status, err]).toEqual([502, [expect.stringMatching(/^no answer: POST .*ECONNREFUSED/)]]);
  expect(await verdict()).toEqual({
    code: 1,
    summary: "No exchange of the document was seen: nothing is known of the bot. 1 request got no answer from the upstream.",
  });
});

test("each cookie of an answer reaches the bot, and what its Connection header names is of its connection alone", async () => {
  const cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"];
  const { post, seen } = await serve({ headers: { ...answered, "set-cookie": cookies } });
  expect((await post('{"status":"failed"}')).headers.getSetCookie()).toEqual(cookies);
  expect(seen).toHaveLength(1);
  expect(headersFor("upstream", { connection: "close, X-Hop", "x-hop": "1", "x-kept": "2" })).toEqual({
    "accept-encoding": "identity",
    "x-kept": "2",
  });
});

test("a request that breaks the document is a violation, also when the upstream dies over it", async () => {
  const { err, post, verdict, upstream } = await serve();
  await post('{"status":"failed"}');
  upstream.removeAllListeners("request").on("request", (request: IncomingMessage) => request.destroy());
  await post('{"status":"Recording"}');
  expect(await verdict()).toEqual({
    code: 1,
    summary: "2 exchanges, 1 violation in 1 of them. 1 request got no answer from the upstream.",
  });
  expect(err).toEqual([expect.stringMatching(/^no answer: /), expect.stringMatching(/^violation: .*, without an answer: request: /)]);
});

test("a request that is under way when the proxy is stopped is judged before the verdict", async () => {
  const { err, post, verdict, upstream } = await serve();
  await post('{"status":"failed"}');
  const arrived = new Promise((resolve) => upstream.removeAllListeners("request").once("request", resolve));
  const sent = post('{"status":"Recording"}').catch(() => {});
  await arrived;
  expect((await verdict()).code).toBe(1);
  await sent;
  expect(err.at(-1)).toMatch(/^violation: .*without an answer/);
});

test.each([
  ["/communications/calls", "http://h/v1.0", "/communications/calls"],
  ["/v1.0/communications/calls", "http://h/v1.0", "/communications/calls"],
  ["/v1.0/communications/calls", "http://h", "/communications/calls"],
  ["/beta/communications/calls", "http://h/beta", "/communications/calls"],
  ["/beta/communications/calls", "http://h/v1.0", "/beta/communications/calls"],
  ["/v2/communications", "http://h", "/v2/communications"],
])("a bot's path %s, with the root %s, is %s below it", (given, root, below) => {
  expect(belowRoot(given, root, ["v1.0", "beta"])).toBe(below);
});

test("what is of one connection does not pass on, and nothing is compressed on the way", () => {
  const given = {
    host: "h",
    connection: "close",
    "content-length": "3",
    "accept-encoding": "gzip",
    "content-encoding": "gzip",
    authorization: "a",
  };
  expect(headersFor("upstream", given)).toEqual({ authorization: "a", "accept-encoding": "identity" });
  expect(headersFor("bot", { "transfer-encoding": "chunked", "content-type": "t" })).toEqual({ "content-type": "t" });
});

test("the mock answers with the document's examples, and says when its port is taken", async () => {
  const { url, out } = await start("mock");
  expect(out[0]).toContain(`listens on ${url} (the service root: no version segment)`);
  const graph = createRecordingClient({ baseUrl: url, credential });
  expect((await graph.updateRecordingStatus(callId, { status: "recording" })).status).toBe("completed");
  await graph.close();
  const port = new URL(url).port;
  for (const command of ["mock", "fake", "proxy --upstream http://127.0.0.1:9"]) {
    const { code, err } = await invoke(`${command} --port ${port}`);
    expect([code, err]).toEqual([2, [`Port ${port} is taken: choose another by --port, or a free one by --port 0.`]]);
  }
});
