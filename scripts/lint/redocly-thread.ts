// The thread of redocly.ts: runs Redocly's own program again and again. Its commands are no library, and a process for each would spend
// most of its time on loading them: here they are loaded once, and only the program's first file, which reads the arguments, runs anew.
import { parentPort } from "node:worker_threads";

const program = new URL("../../node_modules/@redocly/cli/lib/index.js", import.meta.url);
let runs = 0;

parentPort?.on("message", async (args: readonly string[]) => {
  const said = { output: "", errors: "" };
  process.argv = [process.execPath, "redocly", ...args];
  process.stdout.write = ((text: string | Uint8Array) => {
    said.output += `${text}`;
    return true;
  }) as typeof process.stdout.write;
  process.stderr.write = ((text: string | Uint8Array) => {
    said.errors += `${text}`;
    return true;
  }) as typeof process.stderr.write;
  const ended = endOfProgram();
  await import(`${program.href}?run=${runs++}`);
  await ended;
  parentPort?.postMessage(said);
});

/** The program ends when it asks for its exit code to be set before the process exits, or when it exits itself. The thread goes on. */
function endOfProgram(): Promise<void> {
  return new Promise((resolve) => {
    const once = process.on.bind(process);
    process.once = ((event: string, listener: (...args: unknown[]) => void) => {
      if (event !== "beforeExit") return once(event, listener);
      resolve();
      return process;
    }) as typeof process.once;
    process.exit = (() => resolve()) as unknown as typeof process.exit;
  });
}
