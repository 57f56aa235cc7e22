// Node's own client among others who use it too: what they do in between leaves no call open, breaks no process, and is no answer.
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { ConnectionFailure } from "../../src/http/answer.ts";
import { exchangeByNode } from "../../src/node/exchange-by-node.ts";
import { startFaultServer } from "../support/fault-server.ts";
import * as steps from "../support/fault-server-steps.ts";

type Meddle = (request: ClientRequest, end: AbortController) => void;

/** One exchange with a server, while somebody else has the request in hand before us. */
async function exchangeWhile(meddle: Meddle, step: steps.Step = steps.completed()) {
  await using server = await startFaultServer(() => step);
  const end = new AbortController();
  const request = (options: RequestOptions) => {
    const made = http.request(options);
    meddle(made, end);
    return made;
  };
  const exchange = exchangeByNode(server.url, { http: { ...http, request }, zlib } as never);
  const outcome = await exchange(`${server.url}/a`, { method: "POST", headers: {}, body: "{}" }, end.signal).catch((error: Error) => error);
  if (outcome instanceof Error) await server.requests[0]?.closed;
  return outcome;
}

const onResponse =
  (then: (response: IncomingMessage, end: AbortController) => void): Meddle =>
  (request, end) =>
    void request.on("response", (response) => then(response, end));
const why = new RangeError("enough");

test("a call that is ended while its request is made is told so", async () => {
  expect(await exchangeWhile((_, end) => end.abort(why))).toBe(why);
});

test("a call that is ended by who hears of the answer first is told so, and nothing is left unhandled", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  expect(
    await exchangeWhile(
      onResponse((_, end) => end.abort(why)),
      steps.stallAmidBody(),
    ),
  ).toBe(why);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});

test("who asks for text changes nothing", async () => {
  const answer = await exchangeWhile(onResponse((response) => void response.setEncoding("utf8")));
  expect(answer).toMatchObject({ status: 200, body: steps.operationBody(), flaw: undefined });
});

test("the limit holds for text as well", async () => {
  const large = steps.answer(200, "x".repeat(2_000_000));
  expect(
    await exchangeWhile(
      onResponse((response) => void response.setEncoding("utf8")),
      large,
    ),
  ).toMatchObject({ flaw: "too large" });
});

test("an answer that somebody destroys is a failed connection at once", async () => {
  expect(
    await exchangeWhile(
      onResponse((response) => void response.destroy()),
      steps.stallAmidBody(),
    ),
  ).toBeInstanceOf(ConnectionFailure);
});

test("a request that cannot be destroyed ends its call all the same", async () => {
  const meddle: Meddle = (request, end) => {
    const { destroy } = request;
    request.destroy = () => {
      Reflect.apply(destroy, request, []);
      throw new Error("no");
    };
    request.on("socket", () => end.abort(why));
  };
  expect(await exchangeWhile(meddle, steps.stall)).toBe(why);
});

test("more codings than anybody needs are none that is read", async () => {
  const gzip = (body: Uint8Array, times: number): Uint8Array => (times === 0 ? body : gzip(zlib.gzipSync(body), times - 1));
  const step = steps.compressed(200, "gzip, gzip, gzip, gzip, gzip, gzip", gzip(Buffer.from("{}"), 6));
  expect(await exchangeWhile(() => {}, step)).toBeInstanceOf(ConnectionFailure);
});
