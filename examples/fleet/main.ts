// `npm run fleet`: two instances of a bot behind one address that deals what comes to them in turn. Then one of them dies.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startFakeGraph } from "teams-recording-status/testing";
import { startRedis } from "./start-redis.ts";

const leaseMs = 2_000;
const [first, second] = ["call-of-one", "call-of-two"];

const redis = await startRedis();
if (redis === undefined) {
  console.log("There is no redis-server on the PATH: install it (Debian: apt-get install redis-server), then run this again.");
  process.exit(0);
}
const fake = await startFakeGraph();
const bots: ChildProcess[] = [];
try {
  const tell = (who: string, what: string) => console.log(`  ${who.padEnd(9)} ${what}`);
  const [one, two] = await Promise.all([startBot("one", redis.url), startBot("two", redis.url)]);

  // Whoever posts to the one address does not know who waits: what comes there is dealt in turn.
  let posts = 0;
  fake.onNotification(async (body) => {
    const { name, address } = posts++ % 2 === 0 ? two : one;
    tell("Graph", `posts how an operation ended; the address gives it to ${name}`);
    await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }).catch(() => {});
  });

  console.log("1. Graph answers that the operation is running. Its end is posted to one address, and reaches the wrong instance.");
  for (const [bot, callId] of [
    [one, first],
    [two, second],
  ] as const) {
    fake.addCall(callId);
    fake.script({ callId, becomes: "completed", becomesAfterMs: 100, unreadable: 403 });
    bot.ask(`record ${callId}`);
    await bot.says(`records ${callId}`);
  }

  console.log(`\n2. Instance one is killed. After its lease of ${leaseMs / 1_000} s the other reports the end of what it was recording.`);
  one.child.kill("SIGKILL");
  await once(one.child, "exit");
  tell("Graph", `still shows "${fake.statusOf(first)}" for ${first}`);
  await two.says(`${first} was left behind`);
  tell("Graph", `shows "${fake.statusOf(first)}" for ${first}, and "${fake.statusOf(second)}" for ${second}, which goes on`);

  console.log("\n3. Instance two ends its own call.");
  two.ask(`stop ${second}`);
  await two.says("has ended");
  tell("Graph", `shows "${fake.statusOf(second)}" for ${second}`);
  two.child.stdin?.end();
  await once(two.child, "exit");
} finally {
  for (const bot of bots) bot.kill("SIGKILL");
  await Promise.all([fake.close(), redis.close()]);
}

/** Starts an instance, prints what it says, and waits until its webhook has an address. */
async function startBot(name: string, redisUrl: string) {
  const script = fileURLToPath(new URL("bot.ts", import.meta.url));
  const child = spawn(process.execPath, [script, name, fake.baseUrl, redisUrl, String(leaseMs)], { stdio: ["pipe", "pipe", "inherit"] });
  bots.push(child);
  const lines = createInterface(child.stdout);
  const [address] = (await once(lines, "line")) as [string];
  const said: string[] = [];
  lines.on("line", (line) => {
    said.push(line);
    console.log(`  ${line}`);
  });
  const says = async (what: string) => {
    while (!said.some((line) => line.includes(what))) await once(lines, "line");
  };
  return { name, child, address, says, ask: (line: string) => void child.stdin.write(`${line}\n`) };
}
