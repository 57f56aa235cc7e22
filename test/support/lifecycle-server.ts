// A fake Graph behind a real port: what a client, or Prism's proxy, reaches over HTTP.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { FakeGraph } from "teams-recording-status/testing";

export type FakeServer = {
  readonly url: string;
  /** Changes a body on its way to the fake, so that what a proxy would not let through can be sent. */
  alterBody: (body: string) => string;
  /** Stops it and breaks all its connections. */
  close(): Promise<void>;
};

/** Serves the fake on a free port of 127.0.0.1. Its answers come as they are; the fake's own time does not pass by itself. */
export async function serveFake(fake: FakeGraph): Promise<FakeServer> {
  const server = createServer((request, response) => {
    answer(fake, request, response, served.alterBody).catch((error) => response.destroy(error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const served: FakeServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    alterBody: (body) => body,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return served;
}

async function answer(fake: FakeGraph, request: IncomingMessage, response: ServerResponse, alterBody: (body: string) => string) {
  const { method = "GET", url = "/", headers } = request;
  const body = alterBody(await textOf(request));
  const answered = await fake.fetch(fake.baseUrl + url, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one])),
    ...(method === "GET" ? {} : { body }),
  });
  response.writeHead(answered.status, { ...Object.fromEntries(answered.headers), connection: "close" });
  response.end(await answered.text());
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) text += chunk;
  return text;
}
