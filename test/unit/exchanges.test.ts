// Two ways lead to Graph, `fetch` and Node's own HTTP client: whatever a server does, both make the same answer of it, or the same failure.
import http from "node:http";
import https from "node:https";
import zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import { type Answer, answerLimitBytes, ConnectionFailure, type Exchange } from "../../src/http/answer.ts";
import { exchangeBy } from "../../src/http/exchange.ts";
import { TimeoutError } from "../../src/model/errors.ts";
import { exchangeByNode } from "../../src/node/exchange-by-node.ts";
import { startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";

const { headOf, compressed, answer } = steps;
const text = steps.operationBody();
const gzip = (body: string | Uint8Array) => zlib.gzipSync(body);
const head = (status: number, headers = "") => `HTTP/1.1 ${status} X\r\n${headers}`;

const servers: readonly (readonly [what: string, step: steps.Step])[] = [
  ["a good answer", steps.completed()],
  ["a refusal", steps.refused(403)],
  ["a redirect, which is not followed", steps.redirect(302, "http://127.0.0.1:9/elsewhere")],
  ["no content", answer(204)],
  ["not modified", answer(304)],
  ["an empty body", answer(200, "")],
  ["a body until the connection closes", steps.garbage(`HTTP/1.0 200 OK\r\n\r\n${text}`)],
  ["chunks", steps.garbage(`${head(200, "transfer-encoding: chunked\r\n\r\n")}2\r\n{}\r\n0\r\n\r\n`)],
  ["hints before the answer", steps.garbage(`${head(103, "link: </a>\r\n\r\n")}${headOf(200, text.length)}${text}`)],
  [
    "a header that comes three times",
    steps.garbage(`${headOf(429, 0, "retry-after: 1\r\nretry-after: 2\r\nrequest-id: a\r\nRequest-Id: b\r\n")}`),
  ],
  ["a header with spaces around it", steps.garbage(headOf(429, 0, "retry-after:   7  \r\n"))],
  ["a header in Latin-1", steps.garbage(Buffer.from(headOf(403, 0, "request-id: caf\u00e9\r\n"), "latin1"))],
  ["a byte order mark", answer(200, `\ufeff${text}`)],
  ["a body that is not UTF-8", answer(200, Buffer.from([0x7b, 0xff, 0x7d]))],
  ["a refusal that is not UTF-8", answer(400, Buffer.from([0x7b, 0xff, 0x7d]))],
  ["as much as is read", answer(200, "x".repeat(answerLimitBytes))],
  ["gzip", compressed(200, "gzip", gzip(text))],
  ["gzip by its old name, in capitals", compressed(200, "X-GZIP", gzip(text))],
  ["deflate", compressed(200, "deflate", zlib.deflateSync(text))],
  ["Brotli", compressed(200, "br", zlib.brotliCompressSync(text))],
  ["Zstandard", compressed(200, "zstd", zlib.zstdCompressSync(text))],
  ["deflate without its header", compressed(200, "deflate", zlib.deflateRawSync(text))],
  ["gzip called deflate", compressed(200, "deflate", gzip(text))],
  ["deflate called gzip", compressed(200, "gzip", zlib.deflateSync(text))],
  ["gzip in gzip", compressed(200, "gzip, gzip", gzip(gzip(text)))],
  ["gzip that is cut off", compressed(403, "gzip", gzip(text).subarray(0, 60))],
  ["gzip without a body", compressed(200, "gzip", Buffer.alloc(0))],
  ["gzip of nothing", compressed(200, "gzip", gzip(""))],
  ["a coding that nobody knows", compressed(200, "x-unknown", Buffer.from(text))],
  ["no coding, by name", compressed(200, "identity", Buffer.from(text))],
  ["a refusal that breaks off", steps.closeAmidBody(403)],
  ["a refusal that is reset", steps.resetAmidBody(403)],
  ["a refusal that is no gzip", compressed(403, "gzip", Buffer.from("this is no gzip"))],
  ["a success that breaks off", steps.closeAmidBody()],
  ["a success that is no gzip", compressed(200, "gzip", Buffer.from("this is no gzip"))],
  ["a reset", steps.resetAfterRequest],
  ["a close", steps.closeAfterRequest],
  ["another protocol, not asked for", steps.garbage(head(101, "connection: upgrade\r\nupgrade: websocket\r\n\r\n"))],
  ["another protocol, without its headers", steps.garbage(`${head(101, "\r\n")}${headOf(200, text.length)}${text}`)],
  ["a status below all statuses", steps.garbage(`${head(99, "content-length: 0\r\n\r\n")}`)],
  ["garbage", steps.garbage("SSH-2.0-OpenSSH_9.9\r\n")],
];

const request = { method: "POST", headers: { "content-type": "application/json", "client-request-id": "ü-1" }, body: '{"a":"ü"}' };

function waysTo(url: string): Exchange[] {
  return [exchangeBy((at, init) => fetch(at, init)), exchangeByNode(url, { http, https, zlib })];
}

async function outcomeOf(exchange: Exchange, url: string, signal = new AbortController().signal) {
  const sent = { ...request, headers: { ...request.headers, "client-request-id": "id-1" } };
  const names = ["retry-after", "Request-Id", "location", "content-type"];
  return exchange(url, sent, signal).then(
    ({ headers, ...rest }: Answer) => ({ ...rest, headers: names.map((name) => headers.get(name)?.trim()) }),
    (error: Error) => ({ failed: error.constructor.name, message: error.message, byCause: error.cause instanceof Error }),
  );
}

describe("both make the same of", () => {
  test.concurrent.each(servers)("%s", async (_, step) => {
    await using server = await startFaultServer([step, step]);
    const [byFetch, byNode] = waysTo(server.url) as [Exchange, Exchange];
    const expected = await outcomeOf(byFetch, `${server.url}/a/b`);
    expect(await outcomeOf(byNode, `${server.url}/a/b`)).toEqual(expected);
    const [first, second] = server.requests;
    expect([second?.method, second?.url, second?.body]).toEqual([first?.method, first?.url, first?.body]);
    const sent = ["host", "content-type", "content-length", "client-request-id", "user-agent", "connection"];
    expect(sent.map((name) => second?.headers[name])).toEqual(sent.map((name) => first?.headers[name]));
  });
});

describe.each([
  ["fetch", 0],
  ["Node's client", 1],
])("by %s", (_, way) => {
  const begin = async (step: steps.Step) => {
    const server = await startFaultServer(() => step);
    const exchange = waysTo(server.url)[way] as Exchange;
    return { server, exchange: (signal: AbortSignal) => outcomeOf(exchange, `${server.url}/a`, signal) };
  };

  test("one byte more than is read is too large, and its connection is let go", async () => {
    const { server, exchange } = await begin(steps.stallAmidBody(200, "x".repeat(answerLimitBytes + 1)));
    await using _server = server;
    expect(await exchange(new AbortController().signal)).toMatchObject({ flaw: "too large", status: 200 });
    await server.requests[0]?.closed;
  });

  test.each([
    ["nothing has been answered", steps.stall],
    ["the body is under way", steps.stallAmidBody()],
    ["the body of a refusal is under way", steps.stallAmidBody(403)],
  ])("a signal that ends when %s is told at once, and the connection is closed", async (_what, step) => {
    const { server, exchange } = await begin(step);
    await using _server = server;
    const end = new AbortController();
    const answered = exchange(end.signal);
    await server.arrived(1);
    if (step !== steps.stall) await new Promise((resolve) => setImmediate(resolve));
    end.abort(new RangeError("enough"));
    expect(await answered).toMatchObject({ failed: "RangeError", message: "enough" });
    await server.requests[0]?.closed;
  });

  test("what a refusal has said counts when its attempt takes too long", async () => {
    const { server, exchange } = await begin(steps.stallAmidBody(403, '{"error":{}}'));
    await using _server = server;
    const end = new AbortController();
    const answered = exchange(end.signal);
    await server.arrived(1);
    setTimeout(() => end.abort(new TimeoutError("slow", { action: "a" } as never)), 100);
    expect(await answered).toMatchObject({ status: 403, flaw: "broken off" });
    await server.requests[0]?.closed;
  });

  test("a signal that has ended sends nothing", async () => {
    const { server, exchange } = await begin(steps.completed());
    await using _server = server;
    expect(await exchange(AbortSignal.abort(new RangeError("before")))).toMatchObject({ failed: "RangeError" });
    expect(server.sockets.total).toBe(0);
  });

  test("a header that HTTP cannot carry is a failed connection, and nothing is sent", async () => {
    const { server } = await begin(steps.completed());
    await using _server = server;
    const exchange = waysTo(server.url)[way] as Exchange;
    const sending = exchange(
      `${server.url}/a`,
      { method: "POST", headers: { authorization: "Bearer a\nb" } },
      new AbortController().signal,
    );
    await expect(sending).rejects.toThrow(ConnectionFailure);
    expect(server.requests).toEqual([]);
  });
});

test("by Node's client one connection serves one request after the other", async () => {
  await using server = await startFaultServer(() => steps.completed());
  const [, byNode] = waysTo(server.url) as [Exchange, Exchange];
  for (let count = 0; count < 5; count++) await outcomeOf(byNode, `${server.url}/a`);
  expect(server.sockets.total).toBe(1);
});
