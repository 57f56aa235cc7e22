// One client in a process of its own: `node bench/client-process.ts <client> <base URL> <calls> <at once>`. Prints one line of JSON.
import type { Open, Report } from "./clients/client.ts";

const [, , client = "", baseUrl = "", calls = "0", atOnce = "1"] = process.argv;

/** Makes the calls, `atOnce` at a time, and looks at each answer: who answers faster by not reading is no client. */
async function run(report: Report, count: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) {
      const { id, status } = await report(`call-${left}`);
      if (typeof id !== "string" || status !== "completed") throw new Error(`${client} gave ${JSON.stringify({ id, status })}.`);
    }
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, worker));
}

const { open } = (await import(client === "ours" ? "./ours.ts" : `./clients/${client}.ts`)) as { open: Open };
const report = await open(baseUrl);
const count = Number(calls);
// What a process does once (loading, compiling) is the cold start, which one call measures.
if (count > 1) await run(report, count / 2);
const before = count > 1 ? process.cpuUsage() : undefined;
const began = performance.now();
await run(report, count);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpuMs: (user + system) / 1_000, wallMs: performance.now() - began }));
process.exit();
