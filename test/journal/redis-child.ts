// An instance as a process of its own: `node redis-child.ts <socket> <leaseMs> holds|forgets`. Each line that it prints is JSON.
import { randomUUID } from "node:crypto";
import { createClient } from "redis";
import { createRedisJournal } from "../../src/redis/index.ts";

const [, , path = "", leaseMs, what] = process.argv;
const client = createClient({ socket: { path, tls: false } });
await client.connect();
const journal = createRedisJournal({ client, instanceId: "child", leaseMs: Number(leaseMs) });
const say = (line: object) => console.log(JSON.stringify(line));

const open = () => journal.opened({ id: randomUUID(), callId: "call", tenantId: undefined, openedAt: Date.now() });
// On a machine that is busy, with a short lease, the first answer may come too late.
const hold = await open().catch(open).catch(open);
say({ held: true });

if (what === "forgets") client.unref();
else {
  hold.onLost(() => say({ lost: true }));
  // Its own timer is due long before those of the journal: it is the first that looks when the process wakes.
  let last = performance.now();
  setInterval(async () => {
    const [permits, mayReport] = [hold.permits(), hold.mayReport()];
    const sleptMs = performance.now() - last;
    last += sleptMs;
    if (sleptMs > Number(leaseMs) / 2) say({ woke: [permits, mayReport, await hold.confirm()] });
  }, 5);
}
