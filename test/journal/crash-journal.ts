// The journal of a bot that is killed: in a file, or in a Redis of this machine.
import type { RecordingJournal } from "../../src/index.ts";
import { createSqliteJournal } from "../../src/journal/index.ts";

export type OpenJournal = { readonly journal: RecordingJournal; close(): Promise<void> };

/** The next process waits so long before it takes anything over; a busy machine must not pause for three quarters of it. */
const leaseMs = 3_000;

/** `where`: `sqlite:<path>`, or `redis:<path of its socket>`. */
export async function openCrashJournal(where: string, instanceId: string): Promise<OpenJournal> {
  const [kind, path = ""] = where.split(":");
  if (kind === "sqlite") {
    const journal = await createSqliteJournal({ path });
    return { journal, close: async () => journal.close() };
  }
  // Loaded by need: half of the time that a bot takes to start.
  const [{ createClient }, { createRedisJournal }] = await Promise.all([import("redis"), import("../../src/redis/index.ts")]);
  const client = createClient({ socket: { path, tls: false } });
  await client.connect();
  const journal = createRedisJournal({ client, instanceId, leaseMs });
  const close = async () => {
    await journal.close();
    client.destroy();
  };
  return { journal, close };
}
