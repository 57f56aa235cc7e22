import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Starts the Graph of bench/server.ts. Ends with this process, or by `server.disconnect()`. */
export async function serve(latencyMs = 0): Promise<{ readonly origin: string; readonly server: ChildProcess }> {
  const server = fork(fileURLToPath(new URL("server.ts", import.meta.url)), { env: { ...process.env, LATENCY_MS: `${latencyMs}` } });
  const port = await new Promise((resolve) => server.once("message", resolve));
  return { origin: `http://127.0.0.1:${port}`, server };
}
