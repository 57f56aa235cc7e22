// A Redis for this example alone, in a temporary folder.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";

/** What a journal needs: an answer comes when it is on the disk. */
const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];

/** Starts a Redis on a free port; undefined where there is no `redis-server`. */
export async function startRedis(): Promise<{ readonly url: string; close(): Promise<void> } | undefined> {
  const port = String(await freePort());
  const folder = mkdtempSync(join(tmpdir(), "fleet-"));
  const server = spawn("redis-server", ["--port", port, "--bind", "127.0.0.1", "--dir", folder, ...durable], { stdio: "ignore" });
  const close = async () => {
    if (server.exitCode === null && server.kill()) await once(server, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  const isMissing = await Promise.race([once(server, "error").then(() => true), once(server, "spawn").then(() => false)]);
  if (isMissing) {
    await close();
    return undefined;
  }
  const url = `redis://127.0.0.1:${port}`;
  const client = createClient({ url, socket: { reconnectStrategy: 20 } }).on("error", () => {});
  await client.connect();
  client.destroy();
  return { url, close };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
