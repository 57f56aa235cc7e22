// A real Redis in a temporary folder, at a socket there: stopped, started again on the same data, or paused, as a test says.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export type RedisServer = {
  /** The path of its socket. */
  readonly path: string;
  /** It dies at once, as if the machine had lost its power: what it confirmed is on disk. */
  kill(): Promise<void>;
  /** Starts it again on what is on disk; does nothing while it runs. */
  start(): Promise<void>;
  /** It hangs: connections stay, nothing is answered. */
  hang(): void;
  /** It goes on, with all that has arrived meanwhile. */
  goOn(): void;
  /** Ends it, and leaves nothing behind. */
  close(): Promise<void>;
};

/** Whether there is a Redis here. Where there is none, the tests that need one are skipped, and a notice says so. */
export const hasRedis = (() => {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn("There is no redis-server here: the tests of the journal in Redis are skipped. Debian has it in its packages.");
    return false;
  }
})();

/** Starts one. It confirms nothing that is not on disk. */
export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  const path = join(folder, "socket");
  let child: ChildProcess | undefined;
  const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
  const abandon = () => child?.kill("SIGKILL");
  process.once("exit", abandon);
  const server: RedisServer = {
    path,
    async kill() {
      const gone = child;
      child = undefined;
      if (gone === undefined || gone.exitCode !== null || gone.signalCode !== null) return;
      gone.kill("SIGKILL");
      await once(gone, "exit");
    },
    async start() {
      if (child !== undefined) return;
      child = spawn("redis-server", ["--port", "0", "--unixsocket", path, "--dir", folder, ...durable], { stdio: "ignore" });
      for (const end = Date.now() + 5_000; !(await answers(path)); await pause(5)) {
        if (Date.now() > end || child.exitCode !== null) throw new Error("redis-server does not start.");
      }
    },
    hang: () => void child?.kill("SIGSTOP"),
    goOn: () => void child?.kill("SIGCONT"),
    async close() {
      await server.kill();
      process.off("exit", abandon);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** Whether it answers a PING: while it still reads its data it says so instead. */
async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    return await new Promise<boolean>((resolve) => {
      socket.on("error", () => resolve(false));
      socket.on("close", () => resolve(false));
      socket.on("data", (data) => resolve(String(data).startsWith("+PONG")));
      socket.write("PING\r\n");
    });
  } finally {
    socket.destroy();
  }
}
