// Who signs Graph's notifications, on loopback: an OpenID configuration, its keys, and tokens signed by them. Signed by node:crypto and not by
// jose, so that what is tested does not judge itself.
import { generateKeyPairSync, type KeyObject, sign as signBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How one of the two documents is served: as it should be, never, broken off, or so. */
export type ServedAs =
  | "well"
  | "hang"
  | "break"
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

/** A pair of RSA keys, and the name that it is published by. */
export type SigningKey = { readonly kid: string; readonly privateKey: KeyObject; readonly publicKey: KeyObject; readonly jwk: Fields };

export type Fields = { readonly [name: string]: unknown };

export type TokenServiceOptions = {
  /** Milliseconds since the epoch: `iat`, `nbf` and `exp` count from it. @default Date.now */
  readonly now?: () => number;
};

export type TokenService = {
  /** Its root, `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly openIdConfigurationUrl: string;
  /** One of the issuers that a verifier accepts by default. */
  readonly issuer: string;
  /** The app id of the bot that the tokens are for. */
  readonly audience: string;
  readonly tenantId: string;
  /** The key that `sign` uses now. */
  readonly key: SigningKey;
  /** What was asked for, in order: `openid`, `keys`, or the path of anything else. */
  readonly requests: readonly string[];
  /**
   * A token as Graph sends it: RS256, five minutes of life, `cty: JWT` over plain claims. What is given is merged over claims and header; what is
   * given as undefined is left out.
   */
  sign(claims?: Fields, header?: Fields, key?: SigningKey): string;
  /** Makes a new key, which signs and is published from now on; the older ones are published no more, unless `keepOld`. */
  rotate(options?: { keepOld?: boolean }): SigningKey;
  /** Publishes exactly these keys. */
  publish(...keys: readonly Fields[]): void;
  /** How the documents are served from now on. */
  serve(how: { openid?: ServedAs; keys?: ServedAs }): void;
  close(): Promise<void>;
};

/** Keys are slow to make: the n-th key of each service of a process is the same. */
const pool: SigningKey[] = [];

/** The n-th key of this process, made at the first use. */
export function signingKey(n: number): SigningKey {
  pool[n] ??= createSigningKey(`key-${n}`);
  return pool[n];
}

/** Makes a pair of RSA keys. */
export function createSigningKey(kid: string, modulusLength = 2048): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
  return { kid, privateKey, publicKey, jwk };
}

export function base64url(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
}

/** A token with any header and payload, signed by RS256 whatever the header says. RFC 7515 section 7.1. */
export function signJws(header: Fields, payload: unknown, { privateKey }: SigningKey): string {
  const input = `${base64url(header)}.${base64url(payload)}`;
  return `${input}.${signBytes("sha256", Buffer.from(input), privateKey).toString("base64url")}`;
}

const bot = {
  issuer: "https://api.botframework.com",
  audience: "8a3f0b5e-6d0c-4c1e-9f3a-2b7d4e5f6a70",
  tenantId: "2432b57b-0abd-43db-aa7b-16eadd115d34",
} as const;

/** Starts the service on a free port of 127.0.0.1. */
export async function startTokenService({ now = Date.now }: TokenServiceOptions = {}): Promise<TokenService> {
  let current = signingKey(0);
  let published: readonly unknown[] = [current.jwk];
  let made = 0;
  let how: { readonly openid: ServedAs; readonly keys: ServedAs } = { openid: "well", keys: "well" };
  const requests: string[] = [];
  let closed: Promise<void> | undefined;

  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const asked = path === "/openid" || path === "/keys" ? (path.slice(1) as "openid" | "keys") : undefined;
    requests.push(asked ?? path);
    if (asked === undefined) reply(response, { status: 404 });
    else answer(response, how[asked], asked === "keys" ? { keys: published } : { issuer: bot.issuer, jwks_uri: `${url}/keys` });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    openIdConfigurationUrl: `${url}/openid`,
    ...bot,
    get key() {
      return current;
    },
    requests,
    sign(claims, header, key = current) {
      const second = Math.floor(now() / 1000);
      const times = { iat: second, nbf: second, exp: second + 300 };
      const standard = { iss: bot.issuer, aud: bot.audience, tid: bot.tenantId, ...times };
      return signJws({ alg: "RS256", typ: "JWT", cty: "JWT", kid: key.kid, ...header }, { ...standard, ...claims }, key);
    },
    rotate({ keepOld = false } = {}) {
      current = signingKey(++made);
      published = keepOld ? [...published, current.jwk] : [current.jwk];
      return current;
    },
    publish(...keys) {
      published = keys;
    },
    serve(changed) {
      how = { ...how, ...changed };
    },
    async close() {
      closed ??= new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await closed;
    },
  };
}

function answer(response: ServerResponse, how: ServedAs, document: object): void {
  if (how === "well") reply(response, { status: 200, body: JSON.stringify(document) });
  else if (how === "break") response.destroy();
  else if (how !== "hang") reply(response, how);
}

function reply(response: ServerResponse, { status, headers, body }: Exclude<ServedAs, string>): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close", ...headers }).end(body);
}
