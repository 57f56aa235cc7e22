import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { rotated } from "./figures.ts";

/** How many calls are under way at once; a cold start is one call, the start of its process included. */
export const kinds = { "one after the other": 1, "64 at once": 64, "cold start": 0 } as const;
export type Kind = keyof typeof kinds;

export type Plan = {
  readonly kind: Kind;
  readonly clients: readonly string[];
  readonly rounds: number;
  readonly calls: number;
  readonly baseUrl: string;
};

/** Milliseconds of CPU for one call of each client, round by round; of a cold start for the whole process. Each figure is one process. */
export async function callFigures({ kind, clients, rounds, calls, baseUrl }: Plan): Promise<ReadonlyMap<string, readonly number[]>> {
  const figures = new Map<string, number[]>(clients.map((client) => [client, []]));
  const count = kinds[kind] === 0 ? 1 : calls;
  for (let round = 0; round < rounds; round++)
    for (const client of rotated(clients, round)) figures.get(client)?.push(await measure(client, baseUrl, count, kinds[kind] || 1));
  return figures;
}

// A path of a URL would hold "%20" for a space.
const program = fileURLToPath(new URL("client-process.ts", import.meta.url));

async function measure(client: string, baseUrl: string, count: number, atOnce: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, client, baseUrl, `${count}`, `${atOnce}`]);
  return (JSON.parse(stdout) as { cpuMs: number }).cpuMs / count;
}
