// One measurement of memory or of an end, in a process of its own: `node --expose-gc bench/memory-process.ts <what> <client> <origin> <count>`.
// Prints one line of JSON.
import { setTimeout as pause } from "node:timers/promises";
import { createRecordingClient } from "teams-recording-status";
import { type Open, token } from "./clients/client.ts";

const [, , what = "", client = "", origin = "", counted = "0"] = process.argv;
const count = Number(counted);
const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 86_400_000 }) };
const recorder = { start: () => {}, stop: () => {} };

/** What is alive, in bytes: the heap, and what it holds outside. */
async function alive(): Promise<number> {
  for (let turn = 0; turn < 4; turn++) {
    await pause(20);
    globalThis.gc?.();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function atOnce(limit: number, total: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < total) await work(next++);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

async function openClient(root: string) {
  if (client === "ours-at-once") {
    const graph = createRecordingClient({
      baseUrl: `${root}/v1.0`,
      credential,
      maxConcurrency: count,
      attemptTimeoutMs: 600_000,
      deadlineMs: 900_000,
    });
    return (callId: string) => graph.updateRecordingStatus(callId, { status: "recording" });
  }
  const { open } = (await import(client === "ours" ? "./ours.ts" : `./clients/${client}.ts`)) as { open: Open };
  return open(`${root}/v1.0`);
}

/** Bytes for each of so many calls that wait for their answer. */
async function inFlight(): Promise<number> {
  const warm = await openClient(origin);
  await atOnce(16, 200, (index) => warm(`warm-${index}`));
  const report = await openClient(`${origin}/held`);
  const before = await alive();
  for (let index = 0; index < count; index++) report(`call-${index}`).catch(() => {});
  // Those that wait for a slot have not left; by default 128 have.
  const expected = client === "ours" ? Math.min(count, 128) : count;
  for (let turn = 0; turn < 600; turn++) {
    const held = Number(await (await fetch(origin)).text());
    if (held >= expected) return ((await alive()) - before) / count;
    await pause(100);
  }
  throw new Error("Not all calls have arrived.");
}

/** Bytes that so many calls leave behind, each. */
async function growthOfCalls(): Promise<number> {
  const report = await openClient(origin);
  await atOnce(64, 30_000, (index) => report(`warm-${index}`));
  const before = await alive();
  await atOnce(64, count, (index) => report(`call-${index}`));
  return ((await alive()) - before) / count;
}

async function growthOfRecordings(): Promise<number> {
  const graph = createRecordingClient({ baseUrl: `${origin}/v1.0`, credential });
  const record = async (index: number) => (await graph.startRecording(`call-${index}`, { recorder })).stop();
  await atOnce(64, 10_000, record);
  const before = await alive();
  await atOnce(64, count, (index) => record(10_000 + index));
  return ((await alive()) - before) / count;
}

/** Milliseconds until so many live recordings are closed and reported. */
async function closing(): Promise<number> {
  const graph = createRecordingClient({ baseUrl: `${origin}/v1.0`, credential });
  await atOnce(count, count, (index) => graph.startRecording(`call-${index}`, { recorder, stopTimeoutMs: 60_000 }));
  const began = performance.now();
  const outcomes = await graph.close();
  const ms = performance.now() - began;
  const reported = outcomes.filter((outcome) => outcome.reported).length;
  if (reported !== count) throw new Error(`Only ${reported} of ${count} were reported.`);
  return ms;
}

const kinds: Readonly<Record<string, () => Promise<number>>> = { inFlight, growthOfCalls, growthOfRecordings, closing };
console.log(JSON.stringify({ value: await kinds[what]?.() }));
process.exit();
