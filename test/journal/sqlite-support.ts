import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSqliteJournal } from "teams-recording-status/journal";
import { onTestFinished } from "vitest";

/** A folder that goes when the test does. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A journal in a folder of its own, closed at the end of the test. */
export async function openJournal(path = join(temporaryFolder(), "recordings.db")) {
  const journal = await createSqliteJournal({ path });
  onTestFinished(() => journal.close());
  return { journal, path };
}

export const entry = (id: string, callId = `call-${id}`) => ({ id, callId, tenantId: undefined, openedAt: Date.UTC(2026, 0, 1) });

/** Another process that runs one of the programs beside this file; `line` resolves with the next that it prints. */
export function startProgram(program: string, args: readonly string[], nodeOptions: readonly string[] = []) {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [...nodeOptions, file, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  const ended = once(child, "exit");
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  const line = async (): Promise<string> => {
    while (!text.includes("\n")) {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}, and said nothing more.`);
      await Promise.race([once(child.stdout as NonNullable<ChildProcess["stdout"]>, "data"), ended]);
    }
    const [first, ...rest] = text.split("\n");
    text = rest.join("\n");
    return first as string;
  };
  return { child, line, ended, kill };
}
