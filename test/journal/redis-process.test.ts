// In real time, with a process that a signal stops.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { hasRedis } from "../support/redis-server.ts";
import { recordingOf, untilSo, useRedis } from "./redis-world.ts";

describe.skipIf(!hasRedis)("an instance in a process of its own", () => {
  const redis = useRedis();
  const startChild = (leaseMs: number, what: "holds" | "forgets") => {
    const script = fileURLToPath(new URL("redis-child.ts", import.meta.url));
    const child = spawn(process.execPath, [script, redis.server.path, String(leaseMs), what], { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const lines: object[] = [];
    createInterface(child.stdout).on("line", (line) => lines.push(JSON.parse(line)));
    return { child, lines };
  };

  test("it renews; while it sleeps another takes the call; when it wakes nothing is permitted, before any timer ran", async () => {
    const leaseMs = 1_000;
    const { child, lines } = startChild(leaseMs, "holds");
    await untilSo(() => lines.length > 0, "it holds the call");
    const { journal } = await redis.instance({ instanceId: "two" });
    const isFree = async () => {
      const opened = await journal.opened(recordingOf("call")).catch(() => undefined);
      return opened !== undefined;
    };
    for (const end = Date.now() + leaseMs * 1.3; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
      expect(await isFree()).toBe(false);
    }
    child.kill("SIGSTOP");
    await untilSo(isFree, "its lease is over");
    child.kill("SIGCONT");
    await untilSo(() => lines.length >= 3, "it has looked");
    expect(lines).toEqual([{ held: true }, { lost: true }, { woke: [false, false, false] }]);
  });

  test("a journal that was forgotten does not keep it alive", async () => {
    const { child, lines } = startChild(3_600_000, "forgets");
    const [code, signal] = await once(child, "exit");
    expect([code, signal, lines]).toEqual([0, null, [{ held: true }]]);
  });
});
