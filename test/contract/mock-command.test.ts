// `npm run mock`: Prism's command line on the spec. The other tests run Prism in process; this one holds the command to the same answer.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { send } from "../support/raw-request.ts";
import { mainOperation, pathOf } from "../support/spec.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readyLimitMs = 8_000;
const stopLimitMs = 3_000;

// Windows has neither process groups nor signals that can be passed on.
test.skipIf(process.platform === "win32")(
  "npm run mock answers the documented request, and leaves no process behind when it is stopped",
  async () => {
    const port = await freePort();
    const command = startMockCommand(port);
    await untilReady(command);

    const url = `http://127.0.0.1:${port}`;
    const request = { method: mainOperation.method, path: pathOf(mainOperation), body: '{"status":"recording"}' };
    expect(await send(url, request)).toMatchObject({ status: 200, violations: [], text: expect.stringContaining('"completed"') });

    // To the script alone: it must pass it on. "close" comes when nobody holds the output any more, so the script and Prism are both gone.
    const closed = once(command, "close", { signal: AbortSignal.timeout(stopLimitMs) });
    command.kill("SIGTERM");
    await closed;
    expect(isRunning(command)).toBe(false);
    await expect(send(url, request)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  },
);

/** In a process group of its own, so that whatever happens the whole group can be ended, Prism included. */
function startMockCommand(port: number): ChildProcess {
  const command = spawn(process.execPath, ["scripts/mock/main.ts", "--port", String(port)], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    // As npm does it: the commands of the installed packages come first.
    env: { ...process.env, PATH: `${root}node_modules/.bin${delimiter}${process.env.PATH}` },
  });
  const endGroup = () => {
    if (isRunning(command)) process.kill(-Number(command.pid), "SIGKILL");
  };
  process.once("exit", endGroup);
  onTestFinished(() => {
    process.off("exit", endGroup);
    endGroup();
  });
  return command;
}

/** Whether anyone of the command's process group is alive. */
function isRunning({ pid }: ChildProcess): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

function untilReady({ stdout, stderr, pid }: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const fail = (why: string) => reject(new Error(`npm run mock (${pid}) ${why}. It said:\n${output}`));
    const timer = setTimeout(() => fail(`was not ready within ${readyLimitMs} ms`), readyLimitMs);
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes("Prism is listening")) return;
      clearTimeout(timer);
      resolve();
    };
    stdout?.on("data", listen);
    stderr?.on("data", listen);
    stdout?.on("end", () => {
      clearTimeout(timer);
      fail("ended");
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
