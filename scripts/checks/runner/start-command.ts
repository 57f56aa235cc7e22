import { type ChildProcess, spawn } from "node:child_process";

export type Ended = { readonly code: number; readonly output: string };
export type Command = { readonly finished: Promise<Ended>; end(): void };

/** A process that does not end when it is asked to is killed after this time. */
const defaultGraceMs = 3_000;
const posix = process.platform !== "win32";

/** Starts a command in a group of processes of its own, so that all it starts ends with it; keeps its output, both streams in one. */
export function startCommand(
  command: readonly [string, ...string[]],
  cwd: string,
  env: NodeJS.ProcessEnv,
  graceMs = defaultGraceMs,
): Command {
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: posix, shell: !posix });
  const output: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => output.push(data));
  child.stderr.on("data", (data: Buffer) => output.push(data));
  let grace: NodeJS.Timeout | undefined;
  const { promise, resolve } = Promise.withResolvers<Ended>();
  child.on("error", (error) => resolve({ code: 1, output: `${program} cannot be started: ${error.message}` }));
  // What outlives its parent is nobody's: it would hold the output open, and the machine busy.
  child.on("exit", () => kill(child, "SIGKILL"));
  child.on("close", (code) => {
    clearTimeout(grace);
    resolve({ code: code ?? 1, output: Buffer.concat(output).toString() });
  });
  return {
    finished: promise,
    end: () => {
      kill(child, "SIGTERM");
      grace ??= setTimeout(() => kill(child, "SIGKILL"), graceMs);
    },
  };
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (posix) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // ESRCH: nobody is left in the group.
  }
}
