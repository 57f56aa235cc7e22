// One crash: a bot is killed at a random instant, and the next process cleans up while it records calls of its own.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createRecordingClient } from "teams-recording-status";
import { type CrashGraph, seededChance, startCrashGraph } from "./crash-graph.ts";
import { openCrashJournal } from "./crash-journal.ts";
import { findFaults, type Line, type Phase, phasesOf } from "./crash-judge.ts";
import { openPlace } from "./crash-place.ts";
import { startBot } from "./start-bot.ts";

export type Crash = {
  readonly seed: number;
  readonly faults: readonly string[];
  readonly phases: ReadonlyMap<Phase, number>;
  readonly reports: number;
};

const recorder = { start: () => {}, stop: () => {} };
const credential = { getToken: async () => ({ token: "any", expiresOnTimestamp: Date.UTC(2100, 0, 1) }) };

export async function crash(kind: "sqlite" | "redis", seed: number): Promise<Crash> {
  const chance = seededChance(seed);
  const folder = mkdtempSync(join(tmpdir(), "crash-"));
  const sink = join(folder, "sink.txt");
  const place = await openPlace(kind, folder);
  const graph = await startCrashGraph(chance);
  try {
    const bot = await startBot("crash-bot.ts", [graph.url, place.where, sink, String(seed)]);
    await pause(chance() * 200);
    const killedAt = await bot.kill();
    // One recovery in four is killed as well: the one after it takes up what is left.
    if (chance() < 0.25) {
      const recoverer = await startBot("crash-recoverer.ts", [graph.url, place.where]);
      await pause(chance() * (kind === "redis" ? 3_200 : 30));
      await recoverer.kill();
    }
    graph.calm(true);
    // A file has each record before anybody acts on it; to Redis it is sent.
    const recordMs = kind === "redis" ? 400 : 0;
    const { started, live, close } = await recover(graph, place.where);
    // A machine that pauses for most of a lease takes it from a process that lives: that one has ended its recording then.
    const stillLive = live();
    const living = new Set(started.filter((callId) => stillLive.has(callId)));
    // Before the journal is closed: what it kept in Redis could not go on without it.
    const inEffect = new Map(graph.inEffect);
    const run = { seen: graph.seen, inEffect, lines: readLines(sink), trail: await place.readTrail(), killedAt, living, recordMs };
    await close();
    return { seed, faults: findFaults(run), phases: phasesOf(run), reports: graph.seen.length };
  } finally {
    await Promise.all([graph.close(), place.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

type Recovered = { readonly started: readonly string[]; live(): ReadonlySet<string>; close(): Promise<void> };

/** The next process. It records a new call, and one of those that the dead bot left behind, before it cleans up, and goes on recording both. */
async function recover({ url, inEffect }: CrashGraph, where: string): Promise<Recovered> {
  const { journal, close } = await openCrashJournal(where, "next");
  const graph = createRecordingClient({ baseUrl: url, credential, journal });
  const left = [...inEffect].filter(([, status]) => status === "recording").map(([callId]) => callId);
  const calls = ["new-call"];
  await untilDone(() => graph.startRecording("new-call", { recorder }));
  // While the lease of the dead one lasts nobody else may record its call.
  for (const callId of left.slice(0, 1)) {
    const started = await graph.startRecording(callId, { recorder }).catch((error) => error.code);
    if (started !== "JOURNAL") calls.push(callId);
  }
  const outcomes = await untilDone(() => graph.recoverRecordings());
  const failed = outcomes.filter(({ reported }) => reported !== "failed");
  if (failed.length > 0) throw new Error(`Recovery failed: ${JSON.stringify(failed)}`);
  if ((await untilDone(() => graph.recoverRecordings())).length > 0) throw new Error("A second recovery found something more.");
  const live = () => new Set(graph.recordings.filter(({ state }) => state === "recording").map(({ callId }) => callId));
  return { started: calls, live, close };
}

/** As a bot's timer does it: a busy machine may not answer in time. */
async function untilDone<T>(recover: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await recover();
    } catch (error) {
      if (tries >= 5 || (error as { code?: unknown }).code !== "JOURNAL") throw error;
    }
  }
}

function readLines(sink: string): readonly Line[] {
  // The last line may be cut off by the kill.
  const whole = readFileSync(sink, "utf8").split("\n").slice(0, -1);
  return whole.map((line) => {
    const [callId = "", at = ""] = line.split(" ");
    return { callId, at: Number(at) };
  });
}
