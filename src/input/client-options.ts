import type { TokenCredential } from "../auth/credential.ts";
import type { GraphFetch } from "../http/exchange.ts";
import type { RetryOptions } from "../http/retry.ts";
import type { OnAttempt } from "../model/attempt-record.ts";
import { BadInputError } from "../model/errors.ts";
import { type Bag, isBag, own } from "../util/own.ts";
import type { Cloud, GraphVersion } from "../wire.ts";
import { cloudEndpoint, customEndpoint, type Endpoint } from "./endpoint.ts";
import { readDurationMs } from "./read.ts";

type CommonOptions = {
  /** Gives the token: any Azure `TokenCredential`. */
  credential: TokenCredential;
  /** Sends the requests. @default globalThis.fetch, looked up at each request */
  fetch?: GraphFetch | undefined;
  /** Longest time for one attempt, from the moment it gets its slot to the end of its answer, in milliseconds. @default 10_000 */
  attemptTimeoutMs?: number | undefined;
  /** Longest time for a whole call, every wait included, in milliseconds. @default 50_000 */
  deadlineMs?: number | undefined;
  /** How failed attempts are repeated. */
  retry?: RetryOptions | undefined;
  /** Most requests under way at once; a call that waits is not under way. @default 128 */
  maxConcurrency?: number | undefined;
  /** Receives one record for each attempt: an audit trail without tokens. */
  onAttempt?: OnAttempt | undefined;
};

/** The versions that every cloud has: what may stand beside a cloud that is known only at run time. */
type CommonVersion = { [V in GraphVersion]: [Cloud] extends [CloudsWith<V>] ? V : never }[GraphVersion];
type CloudsWith<V> = { [C in Cloud]: V extends GraphVersion<C> ? C : never }[Cloud];

type InCloud<C, V> = {
  /** The cloud whose Graph is called: sets host and token scope. @default "global" */
  cloud?: C | undefined;
  /** The version of Graph; beta exists in the global cloud only. @default "v1.0" */
  version?: V | undefined;
  baseUrl?: undefined;
  allowUnknownHost?: undefined;
};

type CloudChoice =
  | InCloud<Cloud, CommonVersion>
  | InCloud<typeof defaults.cloud, GraphVersion<typeof defaults.cloud>>
  | { [C in Cloud]: InCloud<C, GraphVersion<C>> & { cloud: C } }[Cloud];

type CustomRoot = {
  /**
   * The complete service root, version segment included: paths are appended to it. For mocks and proxies. Loopback may be http and needs
   * nothing else; any other host that is not in the cloud table needs https and `allowUnknownHost`.
   */
  baseUrl: string;
  /** Sends the token to a host that is not known to be Microsoft Graph. @default false */
  allowUnknownHost?: boolean | undefined;
  /** Whose token scope to ask for. @default the cloud that the host belongs to, else "global" */
  cloud?: Cloud | undefined;
  version?: undefined;
};

/** Options of `createRecordingClient`. */
export type RecordingClientOptions = CommonOptions & (CloudChoice | CustomRoot);

/** Options with their defaults applied, read once. */
export type ClientSettings = {
  readonly credential: TokenCredential;
  readonly endpoint: Endpoint;
  readonly fetch: GraphFetch;
  readonly attemptTimeoutMs: number;
  readonly deadlineMs: number;
  readonly retryLimit: number;
  readonly maxConcurrency: number;
  readonly onAttempt: OnAttempt | undefined;
};

const defaults = {
  cloud: "global",
  version: "v1.0",
  attemptTimeoutMs: 10_000,
  deadlineMs: 50_000,
  retryLimit: 3,
  maxConcurrency: 128,
} as const;
const action = "createRecordingClient";

/** Reads the options once, applies the defaults, refuses what cannot work. @throws BAD_INPUT, UNSUPPORTED_CLOUD */
export function resolveClientOptions(options: unknown): ClientSettings {
  if (!isBag(options)) throw new BadInputError(`${action} needs an options object with a credential.`);
  const credential = own(options, "credential") as TokenCredential | undefined;
  if (typeof credential?.getToken !== "function") {
    throw new BadInputError(
      `${action}: credential must be a TokenCredential with a getToken function, for example new DefaultAzureCredential().`,
    );
  }
  const retry = own(options, "retry") ?? {};
  if (!isBag(retry)) throw new BadInputError(`${action}: retry must be an object such as { limit: 3 }.`);
  const fetch = own(options, "fetch") ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init));
  if (typeof fetch !== "function") throw new BadInputError(`${action}: fetch must be a function.`);
  const onAttempt = own(options, "onAttempt");
  if (onAttempt !== undefined && typeof onAttempt !== "function") throw new BadInputError(`${action}: onAttempt must be a function.`);
  return {
    credential,
    endpoint: readEndpoint(options),
    fetch: fetch as GraphFetch,
    attemptTimeoutMs: readDurationMs(options, "attemptTimeoutMs", action, 1) ?? defaults.attemptTimeoutMs,
    deadlineMs: readDurationMs(options, "deadlineMs", action) ?? defaults.deadlineMs,
    retryLimit: readCount(retry, "limit", "retry.limit", 0) ?? defaults.retryLimit,
    maxConcurrency: readCount(options, "maxConcurrency", "maxConcurrency", 1) ?? defaults.maxConcurrency,
    onAttempt: onAttempt as OnAttempt | undefined,
  };
}

function readEndpoint(options: Bag): Endpoint {
  const cloud = readString(options, "cloud");
  const version = readString(options, "version");
  const baseUrl = readString(options, "baseUrl");
  const allowUnknownHost = own(options, "allowUnknownHost") ?? false;
  if (typeof allowUnknownHost !== "boolean") throw new BadInputError(`${action}: allowUnknownHost must be true or false.`);
  if (baseUrl === undefined) return cloudEndpoint(cloud ?? defaults.cloud, version ?? defaults.version);
  if (version !== undefined) {
    throw new BadInputError(`${action}: give baseUrl or version, not both: baseUrl includes the version segment.`);
  }
  return customEndpoint(baseUrl, cloud, allowUnknownHost);
}

function readString(options: Bag, name: string): string | undefined {
  const value = own(options, name);
  if (value === undefined || typeof value === "string") return value;
  throw new BadInputError(`${action}: ${name} must be a string.`);
}

function readCount(options: Bag, name: string, shown: string, least: number): number | undefined {
  const value = own(options, name);
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= least)) return value as number | undefined;
  throw new BadInputError(`${action}: ${shown} must be a whole number of at least ${least}.`);
}
