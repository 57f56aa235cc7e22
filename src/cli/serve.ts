import { exit, type Invocation, UsageError } from "./invocation.ts";

/** Waits for Ctrl-C or SIGTERM, then ends the server at once. It has done what it was for: the exit code is 0. */
export async function untilStopped({ signal }: Invocation, close: () => Promise<void>): Promise<number> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  await close();
  return exit.ok;
}

/** What `listen` failed with, in words that help. Prism rejects with the text alone. */
export function refusedPort(error: unknown, port: number): unknown {
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes("EADDRINUSE")) return new UsageError(`Port ${port} is taken: choose another by --port, or a free one by --port 0.`);
  if (text.includes("EACCES")) return new UsageError(`Port ${port} may not be used: choose one above 1023 by --port.`);
  return error;
}
