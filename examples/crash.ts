// The fifth part of `npm start`: a bot dies in mid-recording, and the next process cleans up.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startFakeGraph } from "teams-recording-status/testing";
import { openBot } from "./crash-safe.ts";

/** Kills a bot in mid-recording, lets the next one recover, and prints what happened and what the journal says of it. */
export async function showCrash(callId: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "crash-"));
  const path = join(folder, "recordings.db");
  const fake = await startFakeGraph();
  fake.addCall(callId);
  const shown = () => fake.history.findLast((event) => event.type === "report")?.status;
  try {
    const bot = spawn(process.execPath, [fileURLToPath(new URL("crash-bot.ts", import.meta.url)), fake.baseUrl, path, callId], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(bot.stdout, "data");
    console.log("  The first process records the call.");
    bot.kill("SIGKILL");
    await once(bot, "exit");
    console.log(`  It was killed: SIGKILL, no time for anything. The people in the call still see "${shown()}".`);
    console.log("  The next process opens the same journal and calls recoverRecordings():");
    process.stdout.write("  ");
    const { journal, close } = await openBot({ baseUrl: fake.baseUrl, credential: fake.credential }, path);
    console.log(`  The people in the call now see "${shown()}". The journal's timeline of the call:`);
    for (const line of await journal.timeline(callId)) console.log(`    ${line}`);
    await close();
  } finally {
    await fake.close();
    rmSync(folder, { recursive: true });
  }
}
