import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Assignment, CaseResult } from "./assignment.ts";

const program = fileURLToPath(new URL("./child.ts", import.meta.url));
/** Longer than it ever takes on a slow machine. */
const timeLimitMs = 30_000;

/** Runs the client on examples; resolves with what became of each, or with the line that says why it does not run at all. */
export async function runClient(assignment: Assignment): Promise<readonly CaseResult[] | string> {
  const child = spawn(process.execPath, [program], { stdio: ["pipe", "pipe", "pipe"], timeout: timeLimitMs });
  // It may end before it has read everything: its exit code tells.
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(assignment));
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [code, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code === 0) return JSON.parse(output) as CaseResult[];
  return /^\w*Error\b.*$/m.exec(errors)?.[0] ?? errors.trim().split("\n").at(-1) ?? `it ended with ${code}`;
}
