import { spawn } from "node:child_process";
import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

/** Whoever was started here ends with the process that started it, whatever becomes of that. */
export function endWithParent(): void {
  process.stdin.on("end", () => process.exit()).resume();
}

/** Called when all is loaded: whoever is killed cannot write down, as others do at their end, what Node compiled. `npm test` has a place for it. */
export function keepCompiledCode(): void {
  flushCompileCache();
}

/** Starts one of the programs beside this file in a process of its own, and waits until it says something. */
export async function startBot(name: "crash-bot.ts" | "crash-recoverer.ts", args: readonly string[]) {
  const program = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const said = await Promise.race([once(child.stdout, "data"), ended.then(() => undefined)]);
  if (said === undefined) throw new Error(`${name} ended before it said anything.`);
  return {
    child,
    /** Kills it, and resolves with when it was dead: milliseconds since the epoch. */
    async kill(): Promise<number> {
      const at = Date.now();
      child.kill("SIGKILL");
      await ended;
      return at;
    },
  };
}
