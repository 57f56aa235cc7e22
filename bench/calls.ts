// `node bench/calls.ts [--rounds 7] [--calls 20000]`: CPU of one report, of ours and of what users would pick instead, beside the global `fetch`.
import { existsSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { callFigures, type Kind, kinds } from "./call-figures.ts";
import { inWords, ratiosTo, spreadOf } from "./figures.ts";
import { serve } from "./serve.ts";

const clients = [
  ...["fetch", "ours", "undici-request", "node-http"],
  ...["azure-rest", "graph-client", "openapi-fetch", "msgraph-sdk", "ky"],
] as const;
const packages: Readonly<Record<string, string>> = {
  "undici-request": "undici",
  "azure-rest": "@azure-rest/core-client",
  "graph-client": "@microsoft/microsoft-graph-client",
  "msgraph-sdk": "@microsoft/msgraph-sdk",
};
const installed = fileURLToPath(new URL("clients/node_modules/", import.meta.url));

const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" }, calls: { type: "string", default: "20000" } } });
const [rounds, calls] = [Number(values.rounds), Number(values.calls)];
if (!existsSync(installed)) {
  console.error("The clients to compare with are not installed: npm ci --prefix bench/clients");
  process.exit(2);
}

function versionOf(client: string): string {
  const path = `${installed}${packages[client] ?? client}/package.json`;
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version : "";
}

const load = loadavg()[0] ?? 0;
console.log(
  `Node ${process.version}, ${rounds} rounds of ${calls} calls, load ${load.toFixed(1)} at the start. CPU of one call; fetch = 1; median (min–max).\n`,
);
const { origin, server } = await serve();
try {
  for (const kind of Object.keys(kinds) as Kind[]) {
    const figures = await callFigures({ kind, clients, rounds, calls, baseUrl: `${origin}/v1.0` });
    const reference = figures.get("fetch") ?? [];
    console.log(`${kind}${" ".repeat(36 - kind.length)}ratio               CPU in ms`);
    for (const [client, each] of figures) {
      const [ratio, cpu] = [inWords(ratiosTo(reference, each)), inWords(spreadOf(each), 3)];
      console.log(`  ${client.padEnd(15)} ${versionOf(client).padEnd(17)} ${ratio.padEnd(19)} ${cpu}`);
    }
    console.log("");
  }
} finally {
  server.disconnect();
}
