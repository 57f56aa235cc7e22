// Instances of a bot on one real Redis, as far as their journals go.
import { randomUUID } from "node:crypto";
import { createClient } from "redis";
import { afterAll, beforeAll, beforeEach, onTestFinished } from "vitest";
import type { RecordingOutcome } from "../../src/model/outcome.ts";
import { createRedisJournal, type JournalEntry, type RedisJournal, type RedisJournalOptions } from "../../src/redis/index.ts";
import { outcome } from "../support/outcome.ts";
import type { createHandClock } from "../support/redis-clock.ts";
import { hasRedis, type RedisServer, startRedis } from "../support/redis-server.ts";

type Runtime = NonNullable<Parameters<typeof createRedisJournal>[1]>;
type HandClock = ReturnType<typeof createHandClock>;
export type TestClient = ReturnType<typeof createClient>;

export type Instance = { readonly journal: RedisJournal; readonly client: TestClient };

export type InstanceOptions = Partial<Omit<RedisJournalOptions, "client">> & {
  readonly runtime?: Runtime;
  /** The socket to connect to. @default that of the server itself */
  readonly path?: string;
  readonly resp?: 2 | 3;
};

/** A server for all tests of a file, empty at the beginning of each. */
export function useRedis() {
  let server: RedisServer | undefined;
  let admin: TestClient | undefined;
  beforeAll(async () => {
    if (!hasRedis) return;
    server = await startRedis();
    admin = await connectTo(server.path);
  });
  beforeEach(async () => void (await admin?.flushAll()));
  afterAll(async () => {
    admin?.destroy();
    await server?.close();
  });
  return {
    get server(): RedisServer {
      if (server === undefined) throw new Error("There is no Redis.");
      return server;
    },
    /** A client for looking at what is in Redis. */
    get admin(): TestClient {
      if (admin === undefined) throw new Error("There is no Redis.");
      return admin;
    },
    /** An instance of the bot, which is gone when the test is. */
    async instance({ runtime, path = server?.path ?? "", resp, ...options }: InstanceOptions = {}): Promise<Instance> {
      const client = await connectTo(path, resp);
      const journal = createRedisJournal({ client, instanceId: "one", leaseMs: 60_000, ...options }, runtime);
      onTestFinished(async () => {
        const closing = outcome(journal.close());
        const isClosed = () => {
          if (runtime !== undefined && "advance" in runtime) (runtime as HandClock).advance(50);
          return closing.done;
        };
        await untilSo(isClosed, "the journal is closed");
        client.destroy();
      });
      return { journal, client };
    },
  };
}

export async function connectTo(path: string, resp: 2 | 3 = 3): Promise<TestClient> {
  const client = createClient({ RESP: resp, socket: { path, tls: false, reconnectStrategy: 5 } });
  client.on("error", () => {});
  await client.connect();
  return client as TestClient;
}

/** How long the journal waits, at a lease of 60 s, until what others left behind may be claimed. */
export const claimMs = 63_000;

export const call = "57dab8b1-894c-409a-b240-bd8beae78896";

/** A recording of a call that is about to be reported. */
export function recordingOf(callId: string = call): JournalEntry {
  return { id: randomUUID(), callId, tenantId: "tenant", openedAt: 1_790_000_000_000 };
}

/** How recordings end. */
export const stopped: RecordingOutcome = { callId: call, reason: "stopped", reported: "notRecording", error: undefined };
export const refused: RecordingOutcome = { callId: call, reason: "startFailed", reported: undefined, error: new Error("Graph said no.") };
export const callEnded: RecordingOutcome = { callId: call, reason: "callEnded", reported: undefined, error: undefined };

/** Waits until the client has had the answers to all that it was asked so far. */
export async function answered(client: TestClient): Promise<void> {
  await client.ping();
  for (const _ of "123") await new Promise((resolve) => setImmediate(resolve));
}

/** Asks again and again until it is so, not longer than eight seconds. */
export async function untilSo(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (const end = Date.now() + 8_000; !(await isSo()); await new Promise((resolve) => setTimeout(resolve, 5))) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}.`);
  }
}
