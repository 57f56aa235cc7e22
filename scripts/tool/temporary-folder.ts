import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const open = new Set<string>();

/** Where files are put that other programs must read; removed at the end, also when somebody ends this program before. */
export async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  if (open.size === 0) for (const signal of signals) process.on(signal, removeAndEnd);
  // Made and noted in one go: no signal comes in between.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "recording-status-")));
  open.add(folder);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    open.delete(folder);
    if (open.size === 0) for (const signal of signals) process.off(signal, removeAndEnd);
  }
}

/** Who listens for a signal is no longer ended by it: once the folders are gone, the program ends by the same signal, if nobody else listens. */
function removeAndEnd(signal: NodeJS.Signals): void {
  // Again and again: a file may be on its way, or a program that was started may still be writing.
  for (const folder of open) rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 20 });
  for (const one of signals) process.off(one, removeAndEnd);
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
