// Entra on loopback, as far as @azure/identity needs it: the OpenID configuration and the token endpoint of any tenant, over TLS.
import { EventEmitter, once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { KeyPair } from "./token-server-certificates.ts";

/** A request that reached the token endpoint. */
export type TokenRequest = { readonly tenant: string; readonly form: { readonly [field: string]: string } };

type Reply = { readonly status: number; readonly body: object };

/** What the token endpoint answers; `hang` says nothing until the server closes. */
export type TokenAnswer = Reply | "hang";

export type TokenServer = {
  /** The authority host, for example `https://localhost:40123`. */
  readonly url: string;
  /** What reached the token endpoint, in order. */
  readonly requests: readonly TokenRequest[];
  /** The tenants whose OpenID configuration was read, in order. */
  readonly discoveries: readonly string[];
  /** The answers to the next requests, in order. After them every request is granted `token-1`, `token-2`, … by its number. */
  script(...answers: TokenAnswer[]): void;
  /** Resolves when so many requests have reached the token endpoint. */
  received(count: number): Promise<void>;
  /** Refuses the requests that hang, so that whoever still waits for them goes on, and stops. */
  close(): Promise<void>;
};

/** A token as Entra gives it. @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export function granted(token: string, expiresInSec = 3600): Reply {
  return { status: 200, body: { token_type: "Bearer", expires_in: expiresInSec, ext_expires_in: expiresInSec, access_token: token } };
}

/** A refusal as Entra words it. @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export function refused(error: string, description: string, status = 401): Reply {
  const ids = { trace_id: "00000000-0000-4000-8000-000000000001", correlation_id: "00000000-0000-4000-8000-000000000002" };
  return { status, body: { error, error_description: description, ...ids } };
}

/** Starts Entra on a free port. */
export async function startTokenServer({ key, certificate }: KeyPair): Promise<TokenServer> {
  const { answer: answerTokenRequest, refuseHeld, ...endpoint } = createTokenEndpoint();
  const discoveries: string[] = [];

  const server = createServer({ key, cert: certificate }, (request, response) => {
    const [, tenant = "", ...rest] = new URL(request.url ?? "/", url).pathname.split("/");
    const asked = `${request.method} ${rest.join("/")}`;
    if (asked === "GET v2.0/.well-known/openid-configuration") {
      discoveries.push(tenant);
      send(response, { status: 200, body: openIdConfiguration(`${url}/${tenant}`) });
    } else if (asked === "POST oauth2/v2.0/token") answerTokenRequest(tenant, request, response).catch((error) => response.destroy(error));
    else send(response, { status: 404, body: { error: "not_found", error_description: asked } });
  });

  server.listen(0, "localhost");
  await once(server, "listening");
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;

  const close = async () => {
    refuseHeld();
    server.close();
    server.closeIdleConnections();
    await once(server, "close");
  };
  return { url, discoveries, close, ...endpoint };
}

function createTokenEndpoint() {
  const requests: TokenRequest[] = [];
  const answers: TokenAnswer[] = [];
  const held = new Set<ServerResponse>();
  const arrivals = new EventEmitter();
  return {
    requests,
    script: (...more: TokenAnswer[]) => void answers.push(...more),
    async received(count: number) {
      while (requests.length < count) await once(arrivals, "request");
    },
    async answer(tenant: string, request: IncomingMessage, response: ServerResponse) {
      requests.push({ tenant, form: Object.fromEntries(new URLSearchParams(await text(request))) });
      const answer = answers.shift() ?? granted(`token-${requests.length}`);
      if (answer === "hang") held.add(response);
      else send(response, answer);
      arrivals.emit("request");
    },
    refuseHeld() {
      for (const response of held) send(response, refused("invalid_request", "The test has ended.", 400));
    },
  };
}

function openIdConfiguration(issuer: string) {
  const endpoints = { authorization_endpoint: `${issuer}/oauth2/v2.0/authorize`, token_endpoint: `${issuer}/oauth2/v2.0/token` };
  return { issuer: `${issuer}/v2.0`, jwks_uri: `${issuer}/discovery/v2.0/keys`, ...endpoints };
}

function send(response: ServerResponse, { status, body }: Reply): void {
  // No keep-alive: a server that closes has nobody to wait for.
  response.writeHead(status, { "content-type": "application/json", connection: "close" }).end(JSON.stringify(body));
}
