// `node bench/journal.ts`: what a journal costs a recording, beside none: starts and ends one by one, 128 at once, and 10,000 at once; and how long
// the event loop stands still for it, since a media frame waits so long. Graph answers from memory. Ratios within one run; nothing is asserted.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "redis";
import { createRecordingClient, type RecordingJournal } from "../src/index.ts";
import { createSqliteJournal } from "../src/journal/index.ts";
import { createRedisJournal } from "../src/redis/index.ts";
import { median } from "./figures.ts";

const rounds = 5;
const recorder = { start: () => {}, stop: () => {} };
const credential = { getToken: async () => ({ token: "any", expiresOnTimestamp: Date.UTC(2100, 0, 1) }) };
let operations = 0;
// The answer comes in a later turn of the event loop, as one from a network does.
const fetch = async () => {
  await new Promise((resolve) => setImmediate(resolve));
  return Response.json({ id: `${++operations}`, status: "completed" });
};
let calls = 0;

const folder = mkdtempSync(join(tmpdir(), "bench-"));

/** Recordings per second, so many of them in all, so many at once. */
async function perSecond(journal: RecordingJournal | undefined, count: number, atOnce: number): Promise<number> {
  const graph = createRecordingClient({ baseUrl: "http://localhost/v1.0", fetch, credential, journal });
  let left = count;
  const worker = async () => {
    while (left-- > 0) await (await graph.startRecording(`call-${++calls}`, { recorder })).stop();
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (count * 1_000) / (performance.now() - began);
}

/** The longest time in milliseconds for which the event loop stood still, while 128 recordings started and ended without a break. */
async function longestStop(journal: RecordingJournal | undefined): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await perSecond(journal, 1_500, 128);
  delay.disable();
  return delay.max / 1e6;
}

async function startRedis(): Promise<{ readonly path: string; stop(): void } | undefined> {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
  } catch {
    console.log("There is no redis-server here: the journal in Redis is left out.");
    return undefined;
  }
  const path = join(folder, "socket");
  const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
  const server = spawn("redis-server", ["--port", "0", "--unixsocket", path, "--dir", folder, ...durable], { stdio: "ignore" });
  await pause(500);
  return { path, stop: () => void server.kill("SIGKILL") };
}

const sqlite = await createSqliteJournal({ path: join(folder, "recordings.db") });
const server = await startRedis();
const client = server && createClient({ socket: { path: server.path, tls: false } });
await client?.connect();
const redis = client && createRedisJournal({ client, instanceId: "bench", leaseMs: 60_000 });
const journals: readonly (readonly [name: string, journal: RecordingJournal | undefined])[] = [
  ["none", undefined],
  ["sqlite", sqlite],
  ...(redis ? [["redis", redis] as const] : []),
];
const measures: readonly (readonly [what: string, measure: (journal: RecordingJournal | undefined) => Promise<number>])[] = [
  ["recordings/s, one by one", (journal) => perSecond(journal, 150, 1)],
  ["recordings/s, 128 at once", (journal) => perSecond(journal, 1_500, 128)],
  ["recordings/s, 10,000 at once", (journal) => perSecond(journal, 10_000, 10_000)],
  ["longest stop of the loop, ms", longestStop],
];
try {
  for (const [, journal] of journals) await perSecond(journal, 300, 16);
  for (const [what, measure] of measures) {
    const seen = new Map<string, number[]>();
    // Each round begins with another one.
    for (let round = 0; round < rounds; round++)
      for (let at = 0; at < journals.length; at++) {
        const [name, journal] = journals[(at + round) % journals.length] as (typeof journals)[number];
        seen.set(name, [...(seen.get(name) ?? []), await measure(journal)]);
      }
    const base = median(seen.get("none") ?? []);
    for (const [name, values] of seen) {
      const measured = median(values);
      console.log(`${what.padEnd(30)} ${name.padEnd(7)} ${measured.toFixed(1).padStart(9)}   ${(measured / base).toFixed(2)} × none`);
    }
  }
} finally {
  await sqlite.close();
  await redis?.close();
  client?.destroy();
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
