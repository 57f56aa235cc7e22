import type { TokenCredential } from "../auth/credential.ts";
import type { GraphFetch } from "../http/exchange.ts";
import type { RetryOptions } from "../http/retry.ts";
import type { OnAttempt } from "../model/attempt-record.ts";
import type { RecordingJournal } from "../model/journal.ts";
import { given, isClass } from "../util/kind-of.ts";
import { own } from "../util/own.ts";
import type { Cloud, GraphVersion } from "../wire.ts";
import { cloudEndpoint, customEndpoint, type Endpoint } from "./endpoint.ts";
import {
  asBoolean,
  asCount,
  asDurationMs,
  asFunction,
  asString,
  type Read,
  type Readers,
  readObject,
  readOptions,
  refuseFor,
} from "./read.ts";
import { asJournal } from "./read-journal.ts";

type CommonOptions = {
  /** Gives the token: an instance of any Azure `TokenCredential`, or an object with its `getToken`. Required. */
  credential: TokenCredential;
  /** Sends the requests. @default globalThis.fetch, looked up at each request */
  fetch?: GraphFetch | undefined;
  /** Longest time for one attempt, from the moment it gets its slot to the end of its answer, in milliseconds. @default 10_000 */
  attemptTimeoutMs?: number | undefined;
  /** Longest time for a whole call, every wait included, in milliseconds. @default 50_000 */
  deadlineMs?: number | undefined;
  /** How failed attempts are repeated. @default { limit: 3 } */
  retry?: RetryOptions | undefined;
  /** Most requests under way at once; a call that waits is not under way. @default 128 */
  maxConcurrency?: number | undefined;
  /** Receives one record for each attempt: an audit trail without tokens. @default none */
  onAttempt?: OnAttempt | undefined;
  /**
   * Knows who may be shown as recording, so that `recoverRecordings` can report the ends that a crash left open: `createSqliteJournal` of
   * `./journal`, `createRedisJournal` of `./redis`, or one of your own. Whatever it does gets `attemptTimeoutMs`. @default none
   */
  journal?: RecordingJournal | undefined;
};

/** The versions that every cloud has: what may stand beside a cloud that is known only at run time. */
type CommonVersion = { [V in GraphVersion]: [Cloud] extends [CloudsWith<V>] ? V : never }[GraphVersion];
type CloudsWith<V> = { [C in Cloud]: V extends GraphVersion<C> ? C : never }[Cloud];

type InCloud<C, V> = {
  /** The cloud whose Graph is called: sets host and token scope. @default "global" */
  cloud?: C | undefined;
  /** The version of Graph; beta exists in the global cloud only. @default "v1.0" */
  version?: V | undefined;
  /** Takes the place of `version`. */
  baseUrl?: undefined;
  /** Goes with `baseUrl`. */
  allowUnknownHost?: undefined;
};

type CloudChoice =
  | InCloud<Cloud, CommonVersion>
  | InCloud<typeof defaults.cloud, GraphVersion<typeof defaults.cloud>>
  | {
      [C in Cloud]: InCloud<C, GraphVersion<C>> & {
        /** The cloud whose Graph is called: sets host and token scope. */
        cloud: C;
      };
    }[Cloud];

type CustomRoot = {
  /**
   * The complete service root, version segment included: paths are appended to it. For mocks and proxies. Loopback may be http and needs
   * nothing else; any other host that is not in the cloud table needs https and `allowUnknownHost`.
   */
  baseUrl: string;
  /** Sends the token to a host that is not known to be Microsoft Graph. @default false */
  allowUnknownHost?: boolean | undefined;
  /** With `baseUrl`: whose token scope to ask for. @default the cloud that the host belongs to, else "global" */
  cloud?: Cloud | undefined;
  /** With `baseUrl`: left out, for it holds the version. */
  version?: undefined;
};

/**
 * Options of `createRecordingClient`. A plain object with any other name is refused with `BAD_INPUT`; an instance of a class may carry more.
 */
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
  readonly journal: RecordingJournal | undefined;
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

const refuse = refuseFor(action);

const asCredential: Read<TokenCredential> = (value, name) => {
  if (typeof (value as TokenCredential | null | undefined)?.getToken === "function") return value as TokenCredential;
  if (isClass(value)) throw refuse(`${name} must be an instance, not the class itself: new ${value.name}().`);
  const example = "for example new DefaultAzureCredential()";
  throw refuse(`${name} must be a TokenCredential with a getToken function, ${example}; ${given(value)}`);
};
const retryReaders = { limit: asCount(0) } satisfies Readers<RetryOptions>;
const asRetry: Read<{ readonly limit: number }> = (value = {}, name) => {
  const { limit = defaults.retryLimit } = readOptions(
    readObject(value, `${name} must be an object such as { limit: 3 }`, refuse),
    retryReaders,
    refuse,
    `${name}.`,
  );
  return { limit };
};
const readers = {
  credential: asCredential,
  cloud: asString,
  version: asString,
  baseUrl: asString,
  allowUnknownHost: asBoolean,
  fetch: asFunction<GraphFetch>(),
  attemptTimeoutMs: asDurationMs(1),
  deadlineMs: asDurationMs(0),
  retry: asRetry,
  maxConcurrency: asCount(1),
  onAttempt: asFunction<OnAttempt>(),
  journal: asJournal,
} satisfies Readers<RecordingClientOptions>;

/** Reads the options once, applies the defaults, refuses what cannot work. @throws BAD_INPUT, UNSUPPORTED_CLOUD */
export function resolveClientOptions(options: unknown): ClientSettings {
  const bag = readObject(options, "the options must be an object such as { credential: new DefaultAzureCredential() }", refuse);
  if (typeof own(bag, "getToken") === "function" && own(bag, "credential") === undefined)
    throw refuse(`the credential goes into an options object: ${action}({ credential }).`);
  const read = readOptions(bag, readers, refuse);
  return {
    credential: read.credential,
    endpoint: endpointOf(read),
    fetch: read.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    attemptTimeoutMs: read.attemptTimeoutMs ?? defaults.attemptTimeoutMs,
    deadlineMs: read.deadlineMs ?? defaults.deadlineMs,
    retryLimit: read.retry.limit,
    maxConcurrency: read.maxConcurrency ?? defaults.maxConcurrency,
    onAttempt: read.onAttempt,
    journal: read.journal,
  };
}

type Where = { readonly [N in "cloud" | "version" | "baseUrl"]: string | undefined } & { readonly allowUnknownHost: boolean | undefined };

function endpointOf({ cloud, version, baseUrl, allowUnknownHost = false }: Where): Endpoint {
  if (baseUrl === undefined) return cloudEndpoint(cloud ?? defaults.cloud, version ?? defaults.version);
  if (version !== undefined) throw refuse("give baseUrl or version, not both: baseUrl includes the version segment.");
  return customEndpoint(baseUrl, cloud, allowUnknownHost);
}
