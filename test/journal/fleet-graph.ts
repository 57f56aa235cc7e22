// A Graph over HTTP for several instances behind one address. Every operation is answered `running`, may not be polled, and its end is posted to a
// wrong instance. What it sees stands in one list, each with the length of the file that the instances write to: so the order of writes and reports is known.
import { fstatSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A report has arrived, or its operation has completed. */
export type Seen = {
  readonly what: "arrived" | "completed";
  readonly callId: string;
  readonly status: string;
  /** Who reported it. */
  readonly from: string;
  /** How much the instances had written when this happened, in bytes. */
  readonly written: number;
};

export type FleetGraph = {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Whether the last that was reported of a call is an end, and completed. */
  hasEnded(callId: string): boolean;
  /** Where the instances listen, by their names; one that is dead is left out. */
  readonly addresses: Map<string, string>;
  /** Notifications that reached an instance which had not asked. */
  readonly misdelivered: number;
  close(): Promise<void>;
};

/** Starts one. `sink` is the open file that the instances write to. */
export async function startFleetGraph(sink: number, chance: () => number): Promise<FleetGraph> {
  const seen: Seen[] = [];
  const addresses = new Map<string, string>();
  let operations = 0;
  let misdelivered = 0;
  let isOpen = true;
  const last = new Map<string, Seen>();
  const note = (what: Seen["what"], report: Pick<Seen, "callId" | "status" | "from">) => {
    const event = { what, ...report, written: fstatSync(sink).size };
    seen.push(event);
    last.set(report.callId, event);
  };

  /** Posts it to another instance than the one that asked, until somebody takes it. */
  const post = async (body: string, from: string) => {
    for (let attempt = operations; isOpen; attempt++) {
      const others = [...addresses].filter(([name]) => name !== from);
      const [name, address] = others[attempt % others.length] ?? [...addresses][0] ?? [];
      const signal = AbortSignal.timeout(1_000);
      const headers = { "content-type": "application/json" };
      const taken = await fetch(String(address), { method: "POST", body, headers, signal }).catch(() => undefined);
      if (taken?.ok) {
        if (name !== from) misdelivered++;
        return;
      }
      await pause(20);
    }
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const callId = /\/communications\/calls\/([^/]+)\/updateRecordingStatus$/.exec(request.url ?? "")?.[1];
    if (callId === undefined) return reply(response, 403, { error: { code: "7503", message: "Not to be polled." } });
    const { status, clientContext } = JSON.parse(await textOf(request)) as { status: string; clientContext: string };
    const report = { callId, status, from: String(request.headers.authorization).replace("Bearer token-of-", "") };
    note("arrived", report);
    const id = `operation-${++operations}`;
    reply(response, 200, { id, status: "running", clientContext, resultInfo: null });
    await pause(5 + chance() * 30);
    note("completed", report);
    await post(notification(callId, id, clientContext), report.from);
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.0`,
    seen,
    hasEnded(callId) {
      const { what, status } = last.get(callId) ?? {};
      return what === "completed" && status !== "recording";
    },
    addresses,
    get misdelivered() {
      return misdelivered;
    },
    async close() {
      isOpen = false;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function notification(callId: string, id: string, clientContext: string): string {
  const path = `calls/${callId}/operations/${id}`;
  const resourceData = { "@odata.type": "#microsoft.graph.updateRecordingStatusOperation", id, clientContext, status: "completed" };
  return JSON.stringify({ value: [{ changeType: "deleted", resourceUrl: `/communications/${path}`, resourceData }] });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return text;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
