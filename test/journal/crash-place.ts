// Where a bot that is killed keeps its journal, and how the trail in it is read without the library.
import { DatabaseSync } from "node:sqlite";
import { createClient } from "redis";
import { startRedis } from "../support/redis-server.ts";
import type { TrailRow } from "./crash-judge.ts";

export type Place = {
  /** As the bots take it. */
  readonly where: string;
  readTrail(): Promise<readonly TrailRow[]>;
  close(): Promise<void>;
};

export async function openPlace(kind: "sqlite" | "redis", folder: string): Promise<Place> {
  if (kind === "redis") return openRedis();
  const path = `${folder}/recordings.db`;
  return { where: `sqlite:${path}`, readTrail: async () => readFile(path), close: async () => {} };
}

function readFile(path: string): readonly TrailRow[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare("select call, at, body from trail order by seq").all();
  database.close();
  return rows.map(({ call, at, body }) => asRow(JSON.parse(String(call)), Number(at), String(body)));
}

async function openRedis(): Promise<Place> {
  const server = await startRedis();
  const prefix = "{teams-recording-status}:trail:";
  const readTrail = async () => {
    const client = createClient({ socket: { path: server.path, tls: false } });
    await client.connect();
    const rows: TrailRow[] = [];
    for (const key of await client.keys(`${prefix}*`))
      for (const { id, message } of (await client.xRange(key, "-", "+")) ?? [])
        rows.push(asRow(key.slice(prefix.length), Number(id.split("-")[0]), String(message.event)));
    client.destroy();
    return rows;
  };
  return { where: `redis:${server.path}`, readTrail, close: () => server.close() };
}

function asRow(callId: string, at: number, json: string): TrailRow {
  const { type, record } = JSON.parse(json) as { type: string; record?: { clientRequestId?: string } };
  return { type, callId, at, clientRequestId: record?.clientRequestId };
}
