// `node bench/memory.ts [--rounds 3]`: what calls hold while they wait, what they leave behind, and how long 10,000 recordings take to close.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { inWords, spreadOf } from "./figures.ts";
import { serve } from "./serve.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
const program = fileURLToPath(new URL("memory-process.ts", import.meta.url));

async function measure(what: string, client: string, origin: string, count: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, what, client, origin, `${count}`]);
  return (JSON.parse(stdout) as { value: number }).value;
}

async function show(title: string, unit: string, digits: number, take: () => Promise<number>): Promise<void> {
  const figures: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) figures.push(await take());
  console.log(`${title.padEnd(72)} ${inWords(spreadOf(figures), digits)} ${unit}`);
}

const fast = await serve();
const slow = await serve(50);
console.log(`Node ${process.version}, ${values.rounds} rounds; median (min–max).\n`);
try {
  for (const [client, words] of [
    ["fetch", "fetch, 10,000 connections"],
    ["ours-at-once", "ours, maxConcurrency 10,000: as many connections"],
    ["ours", "ours, default: 128 connections, the others wait for a slot"],
  ] as const)
    await show(
      `live heap of one of 10,000 calls in flight: ${words}`,
      "kB",
      2,
      async () => (await measure("inFlight", client, fast.origin, 10_000)) / 1_000,
    );
  await show("left behind by one of 100,000 calls", "bytes", 1, () => measure("growthOfCalls", "ours", fast.origin, 100_000));
  await show("left behind by one of 10,000 recordings", "bytes", 1, () => measure("growthOfRecordings", "ours", fast.origin, 10_000));
  await show(
    "10,000 recordings closed and reported, 50 ms latency",
    "s",
    2,
    async () => (await measure("closing", "ours", slow.origin, 10_000)) / 1_000,
  );
} finally {
  fast.server.disconnect();
  slow.server.disconnect();
}
