// The client writes its requests itself, by the facts of the spec: they must be those that openapi-fetch, and so the generated client, would send.
import createClient from "openapi-fetch";
import { expect, test } from "vitest";
import { ConnectionFailure } from "../../src/http/answer.ts";
import { exchangeBy } from "../../src/http/exchange.ts";
import { createTransport } from "../../src/http/transport.ts";

const endpoint = { baseUrl: "http://localhost:1/v1.0", origin: "http://localhost:1", tokenScope: "s", authorityHost: "a" };
const init = { token: "t", clientRequestId: "id", signal: new AbortController().signal };
const input = { callId: "a/b c", body: { status: "recording", clientContext: "ü" } } as const;

type Sent = { url: string; method: string; headers: Record<string, string>; body: string | undefined; redirect: string };
const plain = (headers: HeadersInit | undefined) => Object.fromEntries(new Headers(headers));

async function throughTransport(): Promise<Sent[]> {
  const sent: Sent[] = [];
  const fetch = async (url: string, { method = "", headers, body, redirect = "follow" }: RequestInit) => {
    sent.push({ url, method, headers: plain(headers), body: body as string | undefined, redirect });
    return new Response("{}");
  };
  const transport = createTransport({ baseUrl: endpoint.baseUrl, exchange: exchangeBy(fetch) });
  await transport.updateRecordingStatus(input, init);
  await transport.getCallOperation({ callId: "a/b c", operationId: "o?p" }, init);
  return sent;
}

/** The same requests by openapi-fetch. */
async function throughOpenapiFetch(): Promise<Sent[]> {
  const sent: Sent[] = [];
  const client = createClient<Record<string, never>>({
    baseUrl: endpoint.baseUrl,
    fetch: async (request) => {
      const body = request.body === null ? undefined : await request.text();
      sent.push({ url: request.url, method: request.method, headers: plain(request.headers), body, redirect: request.redirect });
      return new Response("{}");
    },
  }) as unknown as { [M in "POST" | "GET"]: (path: string, init: object) => Promise<unknown> };
  const headers = { authorization: "Bearer t", accept: "application/json", "client-request-id": "id" };
  const shared = { headers, redirect: "manual" };
  await client.POST("/communications/calls/{id}/updateRecordingStatus", { ...shared, params: { path: { id: "a/b c" } }, body: input.body });
  await client.GET("/communications/calls/{id}/operations/{operationId}", {
    ...shared,
    params: { path: { id: "a/b c", operationId: "o?p" } },
  });
  return sent;
}

test("requests are the same as those of openapi-fetch", async () => {
  expect(await throughTransport()).toEqual(await throughOpenapiFetch());
});

test.each([
  ["a body", () => Response.json({ a: 1 }), '{"a":1}'],
  ["an empty body", () => new Response("", { headers: { "content-length": "0" } }), ""],
  ["no content", () => new Response(null, { status: 204 }), ""],
  ["an error with a body", () => new Response("broken", { status: 500, headers: { "content-length": "6" } }), "broken"],
  ["an error without a body", () => new Response(null, { status: 503 }), ""],
])("an answer with %s arrives whole", async (_, respond, body) => {
  const answer = await createTransport({ baseUrl: endpoint.baseUrl, exchange: exchangeBy(async () => respond()) }).updateRecordingStatus(
    input,
    init,
  );
  expect(answer).toMatchObject({ status: respond().status, ok: respond().ok, body });
  expect(answer.headers.get("content-length")).toBe(respond().headers.get("content-length"));
});

test("a fetch that throws, now or later, is a failed connection; an ended signal is its reason", async () => {
  const fail = (fetch: () => Promise<Response>, signal = init.signal) =>
    createTransport({ baseUrl: endpoint.baseUrl, exchange: exchangeBy(fetch) }).updateRecordingStatus(input, { ...init, signal });
  const why = new Error("why");
  await expect(fail(() => Promise.reject(why))).rejects.toThrow(ConnectionFailure);
  await expect(
    fail(() => {
      throw why;
    }),
  ).rejects.toMatchObject({ cause: why });
  await expect(fail(() => Promise.reject(why), AbortSignal.abort(new Error("ended")))).rejects.toThrow("ended");
});
