import { fileURLToPath } from "node:url";
import { runNode } from "../tool/run-node.ts";
import type { Assignment, CaseResult } from "./assignment.ts";

const program = fileURLToPath(new URL("./child.ts", import.meta.url));
/** Longer than it ever takes on a slow machine. */
const timeLimitMs = 30_000;

/** Runs the client on examples; resolves with what became of each, or with the line that says why it does not run at all. */
export async function runClient(assignment: Assignment): Promise<readonly CaseResult[] | string> {
  const options = { input: JSON.stringify(assignment), timeoutMs: timeLimitMs };
  const { code, stdout, stderr } = await runNode([program], options);
  if (code === 0) return JSON.parse(stdout) as CaseResult[];
  return /^\w*Error\b.*$/m.exec(stderr)?.[0] ?? stderr.trim().split("\n").at(-1) ?? `it ended with ${code}`;
}
