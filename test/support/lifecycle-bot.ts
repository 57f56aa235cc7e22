// The other side of lifecycle-child.ts: Graph on a free port, which also hears what the child tells, and the child itself.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export type Bot = {
  /** What reached the server, in its order: `recording one`, `recorder starts one`, `persisted one`, …, `notRecording one`. */
  readonly events: string[];
  readonly kill: ChildProcess["kill"];
  /** Resolves when it is gone by itself; rejects when it is not in time. */
  exit(limitMs: number): Promise<{ readonly code: number | null; readonly signal: string | null; readonly stdout: string }>;
  /** Leaves nothing behind, whatever happened. */
  close(): Promise<void>;
};

/** How long the recorder takes to stop. */
const stopMs = 60;

/** Starts a bot that records the calls. While `holdsBack` says so of a report, it is not answered. */
export async function startBot(callIds: readonly string[], holdsBack: (event: string) => boolean = () => false): Promise<Bot> {
  const events: string[] = [];
  const server = createServer((request, response) => void serve(request, response, events, holdsBack).catch(() => response.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const script = fileURLToPath(new URL("lifecycle-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url, ...callIds], { stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "close") as Promise<[number | null, string | null]>;
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return {
    events,
    kill: (signal) => child.kill(signal),
    async exit(limitMs) {
      const late = pause(limitMs, undefined, { ref: false }).then(() => {
        throw new Error(`The bot was not gone after ${limitMs} ms. ${stdout} ${stderr} ${events.join(", ")}`);
      });
      const [code, signal] = await Promise.race([exited, late]);
      if (stderr !== "") throw new Error(`The bot wrote: ${stderr}`);
      return { code, signal, stdout };
    },
    async close() {
      child.kill("SIGKILL");
      await exited;
      server.close();
      server.closeAllConnections();
    },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, events: string[], holdsBack: (event: string) => boolean) {
  let body = "";
  for await (const chunk of request) body += chunk;
  const callId = /\/calls\/([^/]+)\//.exec(String(request.url))?.[1];
  if (callId === undefined) {
    events.push(body);
    if (body.startsWith("recorder stops")) {
      await pause(stopMs);
      events.push(body.replace("stops", "stopped"));
    }
    response.writeHead(204).end();
    return;
  }
  const event = `${(JSON.parse(body) as { status: string }).status} ${callId}`;
  events.push(event);
  if (holdsBack(event)) return;
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ id: `operation-${events.length}`, status: "completed", clientContext: null, resultInfo: null }));
}
