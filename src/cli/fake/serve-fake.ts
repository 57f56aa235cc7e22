import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { FakeGraph } from "../../testing/fake-graph.ts";
import { readText } from "../../testing/read-text.ts";
import { serve } from "../../testing/start-fake-graph.ts";
import { parseJson } from "../../util/json.ts";
import { isBag } from "../../util/own.ts";
import type { Control } from "./control.ts";
import { refusalOf } from "./guard.ts";
import { type Page, renderPage } from "./page.ts";
import type { Signer } from "./signer.ts";

export type Served = {
  readonly fake: FakeGraph;
  readonly control: Control;
  readonly signer: Signer | undefined;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
};

/** The longest body of a request to change something, in bytes. */
const bodyLimitBytes = 64 * 1024;

/** A server for the fake, its page and what the page asks for. `served` is known when it listens. */
export function createFakeServer(served: () => Served) {
  const page = renderPage();
  return createServer((request, response) => {
    answer(served(), page, request, response).catch(() => response.destroy());
  });
}

async function answer(served: Served, page: Page, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", headers } = request;
  const refusal = refusalOf({ method, host: headers.host, origin: headers.origin, site: headers["sec-fetch-site"]?.toString() });
  if (refusal !== undefined) return reply(response, 403, { error: refusal });
  const { pathname } = new URL(request.url ?? "/", served.url);
  const isRead = method === "GET" || method === "HEAD";
  if (pathname === "/" && isRead) return sendPage(response, page);
  if (!pathname.startsWith("/fake/")) return serve(served.fake, served.url, request, response);
  const name = pathname.slice("/fake/".length);
  if (isRead) return read(served, name, request, response);
  return act(served, name, request, response);
}

function read({ control, signer, url }: Served, name: string, request: IncomingMessage, response: ServerResponse): void {
  if (name === "state") sendState(control, request, response);
  // What a bot's verifier of notifications asks for, in place of Graph's own address.
  else if (name === "openid" && signer !== undefined) reply(response, 200, { jwks_uri: `${url}/fake/keys` });
  else if (name === "keys" && signer !== undefined) reply(response, 200, signer.keys);
  else reply(response, 404, { error: `There is no /fake/${name}.` });
}

/** The page asks twice a second: what it has already is not sent again. */
function sendState(control: Control, request: IncomingMessage, response: ServerResponse): void {
  const body = JSON.stringify(control.view());
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const isKnown = request.headers["if-none-match"] === etag;
  response.writeHead(isKnown ? 304 : 200, { "content-type": "application/json", "cache-control": "no-cache", etag });
  response.end(isKnown ? undefined : body);
}

async function act({ control }: Served, name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const action = Object.hasOwn(control.actions, name) ? control.actions[name] : undefined;
  if (action === undefined) return reply(response, 404, { error: `There is no /fake/${name}.` });
  // A form of another site can send no such type; what sends it otherwise has to ask first, and is refused.
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? ""))
    return reply(response, 415, { error: "Send application/json." });
  const body = await readText(request, bodyLimitBytes);
  if (body === undefined) return reply(response, 413, { error: `A body has at most ${bodyLimitBytes} bytes.` });
  const given = parseJson(body);
  const error = isBag(given) ? action(given) : "Send a JSON object.";
  if (error !== undefined) return reply(response, 400, { error });
  response.writeHead(204).end();
}

function sendPage(response: ServerResponse, { html, policy }: Page): void {
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
  });
  response.end(html);
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "x-content-type-options": "nosniff" }).end(JSON.stringify(body));
}
