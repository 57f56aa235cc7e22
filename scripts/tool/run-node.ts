import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** `code`: null where a signal ended the program. */
export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type NodeOptions = {
  readonly cwd?: string;
  readonly input?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
};

/** Runs a program of Node to its end; rejects where it cannot be started, and where the signal stops it. */
export async function runNode(args: readonly string[], { cwd, input = "", timeoutMs, signal, env = {} }: NodeOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd, timeout: timeoutMs, signal, stdio: "pipe", env: { ...process.env, ...env } });
  // It may end before it has read everything: its exit code tells.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}
