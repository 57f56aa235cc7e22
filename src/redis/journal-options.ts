import { type Read, type Readers, readObject, readOptions, refuseFor } from "../input/read.ts";
import { given } from "../util/kind-of.ts";

/** What the journal asks of a command, besides its arguments. */
export type RedisCommandOptions = {
  /** Takes the command back, if it was not written yet. */
  readonly abortSignal?: AbortSignal;
  /** 0: the client's own limit is off, because the journal has one. */
  readonly timeout?: number;
};

/** What the journal needs of a client of the package `redis`: what its `createClient` makes has all of it. */
export type RedisJournalClient = {
  /** Whether commands are written at once. */
  readonly isReady: boolean;
  /** Sends one command. */
  sendCommand(args: readonly string[], options?: RedisCommandOptions): Promise<unknown>;
  /** Listens to `ready` and `error`. */
  on(event: string, listener: () => void): unknown;
  /** Stops listening. */
  off(event: string, listener: () => void): unknown;
};

/** Options of `createRedisJournal`. */
export type RedisJournalOptions = {
  /** A client of the package `redis`, of one server: `createClient(…)`. It may connect later, and stays yours: the journal never closes it. Required. */
  client: RedisJournalClient;
  /**
   * Names this instance in messages and trails, for example its host name. Two processes with one name are two instances all the same.
   * It stands in every event of a trail: at most 200 characters. Required.
   */
  instanceId: string;
  /**
   * How long an entry is this instance's without a sign of life, in milliseconds, from 100 to 3 600 000; the same in all instances. It is renewed
   * four times as often. After three quarters without a renewal the recording ends, so those must be longer than a process ever pauses, and than
   * the client takes to connect again; the last quarter must be as long as an end may take (`stopTimeoutMs`, 10 s by default). `recoverRecordings`
   * waits so long when a process starts: it needs a longer deadline (`deadlineMs`, 50 s by default). @default 40_000
   */
  leaseMs?: number | undefined;
};

/** The options of a journal, read and completed. */
export type JournalSettings = {
  readonly client: RedisJournalClient;
  readonly instanceId: string;
  readonly leaseMs: number;
};

const defaultLeaseMs = 40_000;
const leastLeaseMs = 100;
const mostLeaseMs = 3_600_000;

const asClient: Read<RedisJournalClient> = (value, name, refuse) => {
  const wanted = `${name} must be a client of the package redis, as its createClient makes it`;
  if (!isClient(value)) throw refuse(`${wanted}; ${given(value)}`);
  // Those of a cluster and of a sentinel take the key or the kind of the command first.
  if (value.sendCommand.length > 2) throw refuse(`${wanted}; that of a cluster or a sentinel is not supported.`);
  return value;
};

function isClient(value: unknown): value is RedisJournalClient {
  if (typeof value !== "object" || value === null) return false;
  const { isReady, sendCommand, on, off } = value as Partial<RedisJournalClient>;
  return typeof isReady === "boolean" && [sendCommand, on, off].every((method) => typeof method === "function");
}

const longestInstanceId = 200;

const asInstanceId: Read<string> = (value, name, refuse) => {
  if (typeof value === "string" && value.length > longestInstanceId)
    throw refuse(`${name} must have at most ${longestInstanceId} characters; ${value.length} were given.`);
  if (typeof value === "string" && value.trim() !== "") return value;
  throw refuse(`${name} must be a non-empty string; ${typeof value === "string" ? "an empty one was given." : given(value)}`);
};

const asLeaseMs: Read<number | undefined> = (value, name, refuse) => {
  if (value === undefined || (Number.isSafeInteger(value) && leastLeaseMs <= Number(value) && Number(value) <= mostLeaseMs)) {
    return value as number | undefined;
  }
  throw refuse(`${name} must be a whole number of milliseconds from ${leastLeaseMs} to ${mostLeaseMs}; ${given(value)}`);
};

const readers = {
  client: asClient,
  instanceId: asInstanceId,
  leaseMs: asLeaseMs,
} satisfies Readers<RedisJournalOptions>;

/** Reads the options of `createRedisJournal`, each once. @throws BAD_INPUT */
export function readJournalOptions(options: unknown): JournalSettings {
  const refuse = refuseFor("createRedisJournal");
  const bag = readObject(options, "the options must be an object with client and instanceId", refuse);
  const { leaseMs = defaultLeaseMs, ...read } = readOptions(bag, readers, refuse);
  return { ...read, leaseMs };
}
