// One instance of a bot: `node fleet-bot.ts <name> <Graph> <socket of Redis> <file> <leaseMs> <seed>`. It records the calls that stand on its standard
// input, and falls asleep when it reads `sleep`. What it persists are lines `<call> <name> <number>` in a file that all instances append to; nothing is written without a permit.
import { openSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { createClient } from "redis";
import { createRecordingClient, type Recording } from "../../src/index.ts";
import { createRedisJournal } from "../../src/redis/index.ts";
import { seededChance } from "./crash-graph.ts";

const [name = "", baseUrl = "", path = "", file = "", leaseMs = "", seed = ""] = process.argv.slice(2);
const chance = seededChance(Number(seed));
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const sink = openSync(file, "a");
const stream = "unmatched";

const connect = async (disableOfflineQueue: boolean) => {
  const client = createClient({ disableOfflineQueue, socket: { path, tls: false, reconnectStrategy: 20 } });
  await client.on("error", () => {}).connect();
  return client;
};
// What cannot be handed on at once is refused, so that Graph posts it again.
const [redis, writer, reader] = await Promise.all([connect(false), connect(true), connect(false)]);
const journal = createRedisJournal({ client: redis, instanceId: name, leaseMs: Number(leaseMs) });
const credential = { getToken: async () => ({ token: `token-of-${name}`, expiresOnTimestamp: Date.UTC(2100, 0, 1) }) };
let underWay = 0;
const graph = createRecordingClient({
  baseUrl,
  credential,
  journal,
  deadlineMs: 20_000,
  fetch: (url, init) => {
    underWay++;
    return fetch(url, init).finally(() => underWay--);
  },
});

let isOpen = true;
const forever = async (work: () => Promise<unknown>, pauseMs: number) => {
  while (isOpen) {
    await work().catch(tell);
    await pause(pauseMs);
  }
};

let cursor = "0-0";
const readStream = async () => {
  const [read] = (await reader.xRead({ key: stream, id: cursor }, { BLOCK: 200, COUNT: 100 })) ?? [];
  for (const { id, message } of read?.messages ?? []) {
    cursor = id;
    await graph.notifications.handle({ notifications: JSON.parse(message.notifications) });
  }
};

const webhook = createServer(async (request, response) => {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  try {
    const { unmatched } = await graph.notifications.handle(JSON.parse(text));
    if (unmatched.length > 0) await writer.xAdd(stream, "*", { notifications: JSON.stringify(unmatched) });
    response.writeHead(202).end();
  } catch {
    response.writeHead(500).end();
  }
});
webhook.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(webhook.address() as AddressInfo).port}`));

const numbers = new Map<string, number>();
const write = (callId: string) => {
  const number = (numbers.get(callId) ?? 0) + 1;
  numbers.set(callId, number);
  writeSync(sink, `${callId} ${name} ${number}\n`);
};

/** What goes wrong is expected here; with FLEET_TELL=1 it is printed. */
const tell = (error: unknown) => {
  if (process.env.FLEET_TELL === "1") console.error(`${name} ${(error as Error).message}`);
};

/** One in ten lasts longer than a lease. */
const lineCount = () => (chance() < 0.1 ? (Number(leaseMs) * 1.3) / 10 : 5 + chance() * 40);

/** Writes for a while, in one of three ways; ends when the permit does. */
const ways: readonly ((recording: Recording) => Promise<unknown>)[] = [
  async (recording) => {
    for (let lines = lineCount(); lines > 0; lines--) {
      recording.assertRecording();
      write(recording.callId);
      await pause(10);
    }
  },
  async (recording) => {
    for (let lines = lineCount(); lines > 0; lines--) {
      await recording.persist(() => write(recording.callId));
      await pause(10);
    }
  },
  async (recording) => {
    async function* speak() {
      for (let lines = lineCount(); lines > 0; lines--) {
        yield "line";
        await pause(10);
      }
    }
    await recording.pipe(speak(), new WritableStream({ write: () => write(recording.callId) }));
  },
];

/** Records a call, if this instance has not done that before. */
async function record(callId: string): Promise<void> {
  const recorder = { start: () => pause(chance() * 5), stop: () => pause(chance() * 5) };
  while (!numbers.has(callId)) {
    // Another instance may have the call, or Redis may be down: later it is another matter.
    const recording = await graph.startRecording(callId, { recorder }).catch(tell);
    if (recording !== undefined) {
      await ways[Math.floor(chance() * ways.length)]?.(recording).catch(tell);
      await recording.stop().catch(tell);
    }
    // One that was lost before its first line is tried again, too.
    await pause(100 + chance() * 300);
  }
}

/**
 * Sleeps until somebody wakes it. A report that is on its way meanwhile would arrive late, however good a lease is: so this happens between two
 * reports, at an instant like any other for everything else.
 */
async function sleep(): Promise<void> {
  while (underWay > 0) await pause(1);
  console.log("asleep");
  process.kill(process.pid, "SIGSTOP");
}

forever(readStream, 1);
forever(() => graph.recoverRecordings(), Number(leaseMs) / 4);
const calls = createInterface(process.stdin);
calls.on("line", (line) => (line === "sleep" ? sleep() : record(line)));
calls.on("close", async () => {
  // The last ends are confirmed over the stream, too.
  await graph.close();
  isOpen = false;
  await journal.close();
  process.exit(0);
});
