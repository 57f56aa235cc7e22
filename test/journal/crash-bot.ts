// A bot that records many short calls at once, until it is killed. What it persists is a line in a file: call and time, written at once.
import { openSync, writeSync } from "node:fs";
import { createRecordingClient, type RecordingPermit } from "../../src/index.ts";
import { seededChance } from "./crash-graph.ts";
import { openCrashJournal } from "./crash-journal.ts";
import { endWithParent, keepCompiledCode } from "./start-bot.ts";

endWithParent();
const [url = "", where = "", sinkPath = "", seed = "1"] = process.argv.slice(2);
const chance = seededChance(Number(seed));
const sink = openSync(sinkPath, "a");
const { journal } = await openCrashJournal(where, `bot-${seed}`);
keepCompiledCode();
const credential = { getToken: async () => ({ token: "any", expiresOnTimestamp: Date.UTC(2100, 0, 1) }) };
const graph = createRecordingClient({ baseUrl: url, credential, journal, retry: { limit: 1 } });
const pause = (longestMs: number) => new Promise<void>((resolve) => setTimeout(resolve, chance() * longestMs));
const recorder = { start: () => pause(3), stop: () => pause(3) };

async function persist(permit: RecordingPermit, callId: string): Promise<void> {
  for (let lines = Math.ceil(chance() * 6); lines > 0; lines--) {
    permit.assertRecording();
    writeSync(sink, `${callId} ${Date.now()}\n`);
    await pause(4);
  }
}

const ways: readonly ((callId: string) => Promise<unknown>)[] = [
  async (callId) => {
    const recording = await graph.startRecording(callId, { recorder });
    await persist(recording, callId).catch(() => {});
    await (chance() < 0.7 ? recording.stop() : recording.fail());
  },
  (callId) => graph.withRecording(callId, { recorder }, (permit) => persist(permit, callId)),
  async (callId) => {
    const abort = new AbortController();
    const recorded = graph.withRecording(callId, { recorder, signal: abort.signal }, (permit) => persist(permit, callId));
    await Promise.all([recorded, pause(30).then(() => abort.abort())]);
  },
  async (callId) => {
    await graph.updateRecordingStatus(callId, { status: "recording" });
    await pause(6);
    await graph.updateRecordingStatus(callId, { status: chance() < 0.5 ? "notRecording" : "failed" });
  },
];

async function work(worker: number): Promise<void> {
  for (let call = 0; ; call++) {
    const callId = `bot${seed}-${worker}-${call >> 1}`;
    await ways[Math.floor(chance() * ways.length)]?.(callId).catch(() => {});
    await pause(2);
  }
}

// The first request takes long: most bots are killed when they are warm.
if (chance() < 0.9) await graph.updateRecordingStatus("warm", { status: "notRecording" }).catch(() => {});
console.log("recording");
await Promise.all(Array.from({ length: 12 }, (_, worker) => work(worker)));
