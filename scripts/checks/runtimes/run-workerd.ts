import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { bundleFor } from "./bundle-for.ts";
import type { Result, Suite } from "./suite.ts";

const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = .worker), (name = "net", network = (allow = ["local", "private"])) ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ]
);
const worker :Workerd.Worker = (
  modules = [ (name = "worker", esModule = embed "worker-bundle.js") ], compatibilityDate = "2026-11-01", globalOutbound = "net"
);
`;
const timeLimitMs = 60_000;

/** The suite in one request, and one client at module scope in several: one after the other, two at once, and a recording that outlives its request. */
export async function runWorkerd({ folder, url }: Suite, program: string): Promise<Result[]> {
  const bundle = join(folder, "worker-bundle.js");
  await bundleFor("browser", join(folder, "worker.js"), bundle);
  writeFileSync(bundle, readFileSync(bundle, "utf8").replaceAll("http://root.invalid", url));
  writeFileSync(join(folder, "config.capnp"), config);
  const stdio = ["ignore", "inherit", "inherit", "pipe"] as const;
  const child = spawn(program, ["serve", "config.capnp", "--control-fd=3"], { cwd: folder, stdio: [...stdio], timeout: timeLimitMs });
  const closed = once(child, "close");
  try {
    const port = await portOf(child.stdio[3] as Readable);
    const ask = async (path: string) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(timeLimitMs) })).json();
    return [...((await ask("/smoke")) as Result[]), ...(await askSeveral(ask, url))];
  } finally {
    child.kill();
    await closed;
  }
}

async function portOf(control: Readable): Promise<string> {
  let seen = "";
  for await (const chunk of control) {
    seen += chunk;
    const [, port] = /"port":\s*(\d+)/.exec(seen) ?? [];
    if (port !== undefined) return port;
  }
  throw new Error("workerd ended before it listened.");
}

async function askSeveral(ask: (path: string) => Promise<unknown>, url: string): Promise<Result[]> {
  const told = (name: string, found: unknown, expected: unknown): Result => {
    const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
    return { name, said: is === should ? "" : `${is} instead of ${should}` };
  };
  // Both wait for the one token that the first has asked for.
  const first = ask("/report?call=call-1");
  await untilHeld(url);
  const second = ask("/report?call=call-2");
  await ask("/nothing").catch(() => {});
  await fetch(`${url}/release`);
  const atOnce = told("one client, two requests at once", await Promise.all([first, second]), ["completed", "completed"]);
  const after = told("one client, one request after another", await ask("/report?call=call-1"), "completed");
  const kept = told("a recording is started", await ask("/keep?call=call-3"), "recording");
  const { code, message = "" } = ((await ask("/stop")) ?? {}) as { code?: string; message?: string };
  const isClear = message.includes("in a request that is over");
  return [atOnce, after, kept, told("its end in a later request is one clear error", [code, isClear], ["OUTCOME_UNKNOWN", true])];
}

async function untilHeld(url: string): Promise<void> {
  while ((await (await fetch(`${url}/waiting`)).json()) === 0);
}
