// One of several instances of a bot: a journal in Redis sees to it that a call is recorded by one of them at a time.
import { createClient } from "redis"; // 6 or newer, an optional peer dependency
import { createRecordingClient, type RecordingClientOptions } from "teams-recording-status";
import { createRedisJournal } from "teams-recording-status/redis";

/** Opens one of several instances. */
export async function openInstance(options: RecordingClientOptions, url: string, instanceId: string) {
  const client = createClient({ url });
  client.on("error", console.error); // it connects again by itself
  await client.connect();
  const journal = createRedisJournal({ client, instanceId, leaseMs: 40_000 });
  const graph = createRecordingClient({ ...options, journal });
  const timer = setInterval(() => graph.recoverRecordings().catch(console.error), 20_000); // the first takes one lease
  const close = async () => {
    clearInterval(timer);
    await graph.close();
    await journal.close(); // after the client; the connection stays yours
    client.destroy();
  };
  return { graph, journal, close };
}
