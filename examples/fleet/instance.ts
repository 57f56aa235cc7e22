// One of several instances of a bot behind one address. They share a journal, and hand on what the address gave to the wrong one.
import { createClient } from "redis";
import { createRecordingClient, type RecordingClientOptions } from "teams-recording-status";
import { createNotificationHandler, type NotificationVerifier } from "teams-recording-status/notifications";
import { createRedisJournal } from "teams-recording-status/redis";
import { openHandOver } from "./hand-over.ts";

export type InstanceOptions = { instanceId: string; redisUrl: string; leaseMs: number; verifier: NotificationVerifier };

/** Opens an instance. `tell` hears what goes where. */
export async function openInstance(options: RecordingClientOptions, more: InstanceOptions, tell: (what: string) => void) {
  const { instanceId, redisUrl, leaseMs, verifier } = more;
  const redis = createClient({ url: redisUrl });
  redis.on("error", (error) => console.error(`${instanceId}: Redis: ${error.message}`)); // it connects again by itself
  await redis.connect();
  const journal = createRedisJournal({ client: redis, instanceId, leaseMs });
  const graph = createRecordingClient({ ...options, journal });

  const handOver = await openHandOver(redisUrl, instanceId, async (notifications, from) => {
    const { settled } = await graph.notifications.handle({ notifications });
    for (const { callId, status } of settled) tell(`takes what ${from} has handed on: ${callId} is ${status}`);
  });
  const receive = createNotificationHandler(graph, verifier, {
    // Nobody here waits for it, so another instance does. When Redis does not take it Graph gets a 500, and may send it again.
    onUnmatched: async (unmatched) => {
      tell("nobody here waits for that notification: hands it on");
      await handOver.handOn(unmatched);
    },
  });

  // Reports the ends of what an instance left behind that died. The first look takes one lease.
  const recover = async () => {
    for (const { callId, reason, reported } of await graph.recoverRecordings()) {
      tell(`${callId} was left behind: ${reason}, reported "${reported}"`);
    }
  };
  const timer = setInterval(() => recover().catch((error) => console.error(`${instanceId}: ${error.message}`)), leaseMs / 2);

  const close = async () => {
    clearInterval(timer);
    await graph.close();
    await journal.close(); // after the client: its last reports are written down, too
    await handOver.close();
    redis.destroy();
  };
  return { graph, journal, receive, close };
}
