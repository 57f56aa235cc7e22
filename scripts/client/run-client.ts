import { fileURLToPath } from "node:url";
import { BadInput } from "../tool/bad-input.ts";
import { runNode } from "../tool/run-node.ts";
import type { Assignment, ClientRun } from "./assignment.ts";

const program = fileURLToPath(new URL("./child.ts", import.meta.url));
/** Longer than it ever takes on a slow machine. */
const timeLimitMs = 30_000;

/** Runs the client on examples; resolves with what became of each, or with the line that says why it does not run at all. */
export async function runClient(assignment: Assignment): Promise<ClientRun | string> {
  const options = { input: JSON.stringify(assignment), timeoutMs: timeLimitMs };
  const { code, stdout, stderr } = await runNode([program], options);
  if (code === 0) return JSON.parse(stdout) as ClientRun;
  // Nothing that a document can do makes it so slow.
  if (code === null)
    throw new BadInput(
      `The client did not end on its examples within ${timeLimitMs / 1000} s: this says nothing of the document. Try again.`,
    );
  return /^\w*Error\b.*$/m.exec(stderr)?.[0] ?? (stderr.trim().split("\n").at(-1) || `it ended with ${code}`);
}
