// A Graph over HTTP for bots that are killed: it answers by chance, and notes what arrived, when, and what it has put into effect.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One report, as it was seen on the wire; times are milliseconds since the epoch. */
export type Seen = {
  readonly callId: string;
  readonly status: string;
  readonly clientRequestId: string;
  readonly arrivedAt: number;
  /** When its operation was first told as completed, to whoever asked. */
  confirmedAt?: number;
  /** When its answer had left. */
  answeredAt?: number;
};

export type CrashGraph = Awaited<ReturnType<typeof startCrashGraph>>;

type Operation = { readonly seen: Seen; readonly completedAt: number };

/** `chance` from 0 to 1. While it is calm it confirms everything at once. */
export async function startCrashGraph(chance: () => number) {
  const seen: Seen[] = [];
  const inEffect = new Map<string, string>();
  const effectiveAt = new Map<string, number>();
  const operations = new Map<string, Operation>();
  let isCalm = false;

  const tell = (response: ServerResponse, report: Seen | undefined, status: number, body: unknown) => {
    response.writeHead(status, { "content-type": "application/json", ...(status === 503 ? { "retry-after": "0" } : {}) });
    response.end(JSON.stringify(body), () => {
      if (report !== undefined) report.answeredAt = Date.now();
    });
  };
  const answer = (report: Seen, response: ServerResponse) => {
    const draw = isCalm ? 1 : chance();
    if (draw < 0.05) return tell(response, report, 503, { error: { code: "503", message: "Scripted." } });
    if (draw < 0.08) return response.destroy();
    // In the order of arrival. Were a report that was cut off put into effect after one that arrived later, nobody could know of it.
    const place = seen.indexOf(report);
    if (place > (effectiveAt.get(report.callId) ?? -1)) {
      inEffect.set(report.callId, report.status);
      effectiveAt.set(report.callId, place);
    }
    if (draw < 0.11) return response.destroy();
    const id = `${operations.size}-${report.clientRequestId}`;
    const isOpen = draw < 0.2;
    operations.set(id, { seen: report, completedAt: Date.now() + (isOpen ? 50 : 0) });
    if (!isOpen) report.confirmedAt = Date.now();
    tell(response, report, 200, { id, status: isOpen ? "running" : "completed", clientContext: null, resultInfo: null });
  };
  const poll = (id: string, response: ServerResponse) => {
    const operation = operations.get(id);
    const isDone = operation !== undefined && Date.now() >= operation.completedAt;
    if (isDone) operation.seen.confirmedAt ??= Date.now();
    tell(response, undefined, operation === undefined ? 404 : 200, { id, status: isDone ? "completed" : "running" });
  };

  const server = createServer((request, response) => {
    const [, , , calls, callId = "", what = "", id = ""] = (request.url ?? "").split("/").map(decodeURIComponent);
    if (calls !== "calls") return tell(response, undefined, 404, {});
    if (what === "operations") return poll(id, response);
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      const { status } = JSON.parse(text) as { status: string };
      const report: Seen = { callId, status, clientRequestId: String(request.headers["client-request-id"]), arrivedAt: Date.now() };
      seen.push(report);
      setTimeout(() => answer(report, response), isCalm ? 0 : chance() * 8);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.0`,
    seen,
    inEffect,
    /** Confirms everything at once from now on, or answers by chance again. */
    calm(calm: boolean) {
      isCalm = calm;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Chance that can be repeated. https://en.wikipedia.org/wiki/Linear_congruential_generator, with the constants of Numerical Recipes. */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
