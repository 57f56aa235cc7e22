// A fleet of three instances on one Redis, behind one address that always gives notifications to a wrong one. In mid-run one instance is killed, and
// Redis loses its power and comes back soon. Where it is asked for, another instance sleeps for longer than its lease, and later Redis is gone for
// longer than that.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type RedisServer, startRedis } from "../support/redis-server.ts";
import { seededChance } from "./crash-graph.ts";
import { type FleetGraph, startFleetGraph } from "./fleet-graph.ts";
import { countsOf, type Fleet, findFaults, type Line } from "./fleet-judge.ts";

export type FleetPlan = {
  readonly seed: number;
  readonly calls: number;
  /** In which time the calls come at least, in milliseconds; everything else happens in its course. */
  readonly spreadMs: number;
  readonly leaseMs: number;
  /** Whether an instance sleeps, and Redis is gone for long. */
  readonly isHard: boolean;
};

type Bot = { readonly name: string; readonly child: ChildProcess; readonly lines: Interface; readonly calls: Set<string> };
type World = FleetPlan & { readonly graph: FleetGraph; readonly redis: RedisServer; readonly bots: Bot[]; readonly chance: () => number };

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const longestEndMs = 60_000;
const mostAtOnce = 60;

/** Runs one, and judges it. */
export async function runFleet(plan: FleetPlan) {
  const folder = mkdtempSync(join(tmpdir(), "fleet-"));
  const file = join(folder, "sink.txt");
  const sink = openSync(file, "a");
  const chance = seededChance(plan.seed);
  const [redis, graph] = await Promise.all([startRedis(), startFleetGraph(sink, chance)]);
  const bots: Bot[] = [];
  try {
    const start = (name: string, at: number) =>
      startBot(name, [graph.url, redis.path, file, String(plan.leaseMs), String(plan.seed + at)], graph);
    bots.push(...(await Promise.all(["one", "two", "three"].map(start))));
    await live({ ...plan, graph, redis, bots, chance });
    const delivered = new Set(bots.flatMap(({ calls }) => [...calls]));
    await untilEnded(graph, delivered, file);
    await Promise.all(bots.map(leave));
    const fleet: Fleet = { seen: graph.seen, lines: readLines(file), delivered };
    return { faults: findFaults(fleet), counts: { ...countsOf(fleet), misdelivered: graph.misdelivered } };
  } finally {
    for (const { child } of bots) child.kill("SIGKILL");
    await Promise.all([graph.close(), redis.close()]);
    closeSync(sink);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The calls come, no more at once than a machine that is busy can do with, and everything happens. */
async function live(world: World): Promise<void> {
  const { calls, spreadMs, bots, graph, redis, isHard, leaseMs } = world;
  const give = (callId: string, bot = bots[Math.floor(world.chance() * bots.length)]) => {
    bot?.calls.add(callId);
    bot?.child.stdin?.write(`${callId}\n`);
  };
  const loseRedis = async (forMs: number) => {
    await redis.kill();
    await pause(forMs);
    await redis.start();
  };
  const plan: [at: number, happen: () => Promise<void>][] = [
    [0.25, () => killFirst(world, give)],
    [0.35, () => loseRedis(leaseMs / 5)],
  ];
  if (isHard) plan.push([0.55, () => putToSleep(world, give)], [0.85, () => loseRedis(leaseMs * 1.2)]);
  const happenings = new Map(plan.map(([at, happen]) => [Math.floor(at * calls), happen]));
  const underWay = () => [...new Set(bots.flatMap((bot) => [...bot.calls]))].filter((callId) => !graph.hasEnded(callId)).length;
  // Where nothing comes to an end, the judge has to say so.
  const end = Date.now() + spreadMs + longestEndMs;
  const happened: (Promise<void> | undefined)[] = [];
  for (let number = 0; number < calls; number++) {
    do await pause(spreadMs / calls);
    while (underWay() >= mostAtOnce && Date.now() < end);
    const callId = `call-${world.seed}-${number}`;
    // Some come to all of them at once.
    for (const bot of number % 20 === 7 ? bots : [undefined]) give(callId, bot);
    happened.push(happenings.get(number)?.());
  }
  await Promise.all(happened);
}

/** Some of its calls come to the others at once, while its leases last; the rest is left to those who recover. */
async function killFirst({ bots, graph }: World, give: (callId: string) => void): Promise<void> {
  const first = bots.shift();
  if (first === undefined) return;
  graph.addresses.delete(first.name);
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  for (const callId of [...first.calls].slice(-3)) give(callId);
}

/** Some of its calls come to the other, too: that one may record them when the leases are over, and goes on when the sleeper wakes. */
async function putToSleep({ bots, leaseMs }: World, give: (callId: string, bot: Bot) => void): Promise<void> {
  const [sleeper, other] = bots as [Bot, Bot];
  const asleep = once(sleeper.lines, "line");
  sleeper.child.stdin?.write("sleep\n");
  await asleep;
  for (const callId of [...sleeper.calls].slice(-6)) give(callId, other);
  await pause(leaseMs * 1.5);
  sleeper.child.kill("SIGCONT");
}

async function startBot(name: string, args: readonly string[], graph: FleetGraph): Promise<Bot> {
  const program = fileURLToPath(new URL("fleet-bot.ts", import.meta.url));
  const child = spawn(process.execPath, [program, name, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout);
  const [address] = (await once(lines, "line")) as [string];
  graph.addresses.set(name, address);
  return { name, child, lines, calls: new Set() };
}

async function leave({ child }: Bot): Promise<void> {
  child.stdin?.end();
  await once(child, "exit");
}

/** Waits until every call has had its end; what has none after a long time is for the judge. */
async function untilEnded(graph: FleetGraph, delivered: ReadonlySet<string>, file: string): Promise<void> {
  const isEnded = () => {
    const recorded = new Set(readLines(file).map(({ callId }) => callId));
    return [...delivered].every((callId) => recorded.has(callId)) && graph.seen.every(({ callId }) => graph.hasEnded(callId));
  };
  for (const end = Date.now() + longestEndMs; !isEnded() && Date.now() < end; ) await pause(50);
}

function readLines(file: string): readonly Line[] {
  let at = 0;
  return readFileSync(file, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((text) => {
      const [callId = "", from = ""] = text.split(" ");
      const line = { callId, from, at };
      at += text.length + 1;
      return line;
    });
}
