// `node bench/calls.ts [--rounds 7] [--calls 4000]`: CPU of one report, of ours and of what users would pick instead, beside the global `fetch`.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { inWords, ratiosTo, rotated, spreadOf } from "./figures.ts";
import { serve } from "./serve.ts";

const clients = [
  ...["fetch", "ours", "ours-by-fetch", "undici-request", "node-http"],
  ...["azure-rest", "graph-client", "openapi-fetch", "msgraph-sdk", "ky"],
] as const;
const kinds = { "one after the other": 1, "64 at once": 64, "cold start": 0 } as const;
type Kind = keyof typeof kinds;

// A path of a URL would hold "%20" for a space.
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" }, calls: { type: "string", default: "4000" } } });
if (!existsSync(here("clients/node_modules"))) {
  console.error("The clients to compare with are not installed: npm ci --prefix bench/clients");
  process.exit(2);
}

/** Milliseconds of CPU for one call; of a cold start for the whole process. */
async function measure(client: string, kind: Kind, baseUrl: string): Promise<number> {
  const calls = kinds[kind] === 0 ? 1 : Number(values.calls);
  const { stdout } = await promisify(execFile)(process.execPath, [
    here("client-process.ts"),
    client,
    baseUrl,
    `${calls}`,
    `${kinds[kind] || 1}`,
  ]);
  return (JSON.parse(stdout) as { cpuMs: number }).cpuMs / calls;
}

function versionOf(client: string): string {
  const names: Readonly<Record<string, string>> = {
    "undici-request": "undici",
    "azure-rest": "@azure-rest/core-client",
    "graph-client": "@microsoft/microsoft-graph-client",
    "msgraph-sdk": "@microsoft/msgraph-sdk",
  };
  const path = here(`clients/node_modules/${names[client] ?? client}/package.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version : "";
}

const { origin, server } = await serve();
const baseUrl = `${origin}/v1.0`;
const load = loadavg()[0] ?? 0;
console.log(
  `Node ${process.version}, ${values.rounds} rounds of ${values.calls} calls, load ${load.toFixed(1)} at the start. CPU of one call; fetch = 1; median (min–max).\n`,
);
try {
  for (const kind of Object.keys(kinds) as Kind[]) {
    const figures = new Map<string, number[]>(clients.map((client) => [client, []]));
    for (let round = 0; round < Number(values.rounds); round++)
      for (const client of rotated(clients, round)) figures.get(client)?.push(await measure(client, kind, baseUrl));
    const reference = figures.get("fetch") ?? [];
    console.log(`${kind}${" ".repeat(24 - kind.length)}ratio               CPU in ms`);
    for (const [client, each] of figures)
      console.log(
        `  ${client.padEnd(15)} ${versionOf(client).padEnd(17)} ${inWords(ratiosTo(reference, each)).padEnd(19)} ${inWords(spreadOf(each), 3)}`,
      );
    console.log("");
  }
} finally {
  server.disconnect();
}
