// One crash: a bot is killed at a random instant, and the next process cleans up while it records calls of its own.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createRecordingClient } from "teams-recording-status";
import { seededChance, startCrashGraph } from "./crash-graph.ts";
import { openCrashJournal } from "./crash-journal.ts";
import { findFaults, type Line, type Phase, phasesOf, type TrailRow } from "./crash-judge.ts";
import { startBot } from "./start-bot.ts";

export type Crash = {
  readonly seed: number;
  readonly faults: readonly string[];
  readonly phases: ReadonlyMap<Phase, number>;
  readonly reports: number;
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const recorder = { start: () => {}, stop: () => {} };
const credential = { getToken: async () => ({ token: "any", expiresOnTimestamp: Date.UTC(2100, 0, 1) }) };

export async function crash(seed: number): Promise<Crash> {
  const chance = seededChance(seed);
  const folder = mkdtempSync(join(tmpdir(), "crash-"));
  const [path, sink] = [join(folder, "recordings.db"), join(folder, "sink.txt")];
  const where = `sqlite:${path}`;
  const graph = await startCrashGraph(chance);
  try {
    const bot = await startBot("crash-bot.ts", [graph.url, where, sink, String(seed)]);
    await pause(chance() * 200);
    const killedAt = await bot.kill();
    // One recovery in four is killed as well: the one after it takes up what is left.
    if (chance() < 0.25) {
      const recoverer = await startBot("crash-recoverer.ts", [graph.url, where]);
      await pause(chance() * 30);
      await recoverer.kill();
    }
    graph.calm(true);
    const living = await recover(graph, where);
    const run = { seen: graph.seen, inEffect: graph.inEffect, lines: readLines(sink), trail: readTrail(path), killedAt, living };
    return { seed, faults: findFaults(run), phases: phasesOf(run), reports: graph.seen.length };
  } finally {
    await graph.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The next process. It records a new call, and one of those that the dead bot left behind, before it cleans up, and goes on recording both. */
async function recover({ url, inEffect }: Awaited<ReturnType<typeof startCrashGraph>>, where: string): Promise<ReadonlySet<string>> {
  const { journal, close } = await openCrashJournal(where, "next");
  const graph = createRecordingClient({ baseUrl: url, credential, journal });
  const left = [...inEffect].filter(([, status]) => status === "recording").map(([callId]) => callId);
  const living = ["new-call", ...left.slice(0, 1)];
  await Promise.all(living.map((callId) => graph.startRecording(callId, { recorder })));
  const outcomes = await graph.recoverRecordings();
  const failed = outcomes.filter(({ reported }) => reported !== "failed");
  if (failed.length > 0) throw new Error(`Recovery failed: ${JSON.stringify(failed)}`);
  if ((await graph.recoverRecordings()).length > 0) throw new Error("A second recovery found something more.");
  await close();
  return new Set(living);
}

function readLines(sink: string): readonly Line[] {
  // The last line may be cut off by the kill.
  const whole = readFileSync(sink, "utf8").split("\n").slice(0, -1);
  return whole.map((line) => {
    const [callId = "", at = ""] = line.split(" ");
    return { callId, at: Number(at) };
  });
}

function readTrail(path: string): readonly TrailRow[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare("select type, call as callId, at, body from trail order by seq").all();
  database.close();
  return rows.map(({ type, callId, at, body }) => {
    const { record } = JSON.parse(String(body)) as { record?: { clientRequestId?: string } };
    return { type: String(type), callId: String(callId), at: Number(at), clientRequestId: record?.clientRequestId };
  });
}
