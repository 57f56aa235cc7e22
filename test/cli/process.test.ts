// The command as a process: a server that Ctrl-C ends, and a command at which nobody sits.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { callId, isFree } from "./invoke.ts";

const program = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

function run(...args: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

test("who reads its first line alone, and hangs up, changes neither what it does nor its exit code", async () => {
  const proxy = run("proxy", "--port", "0", "--upstream", "http://127.0.0.1:9");
  const [greeting] = (await once(proxy.stdout, "data")) as [Buffer];
  proxy.stdout.destroy();
  proxy.stderr.destroy();
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(`${greeting}`)?.[0] ?? "";
  const report = () => fetch(`${url}/communications/calls/${callId}/updateRecordingStatus`, { method: "POST", body: "{}" });
  expect([(await report()).status, (await report()).status]).toEqual([502, 502]);
  proxy.kill("SIGTERM");
  // Violations: 0 would say that there was none.
  expect(await once(proxy, "close")).toEqual([1, null]);
});

test("a server says where it is, another command reaches it, and SIGINT ends it: exit code 0, the port is free", async () => {
  const fake = run("fake", "--port", "0", "--call", callId);
  const [greeting] = (await once(fake.stdout, "data")) as [Buffer];
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(`${greeting}`)?.[0] ?? "";
  const set = run("set", "--call", callId, "--status", "failed", "--base-url", `${url}/v1.0`);
  const [said, [code]] = await Promise.all([text(set.stderr), once(set, "close")]);
  // Nobody sits at the terminal of this test.
  expect([code, said]).toEqual([2, expect.stringContaining("there is no terminal to ask at: say --yes. Nothing was sent.")]);
  const stderr = text(fake.stderr);
  fake.kill("SIGINT");
  const [ended] = await once(fake, "close");
  expect([ended, await stderr, await isFree(url)]).toEqual([0, "", true]);
});
