// Graph on loopback, which writes down each request at the moment when it arrives, with what the test then sees outside of the bot.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { TokenCredential } from "teams-recording-status";

export type Arrival<T> = {
  readonly callId: string;
  readonly status: string;
  readonly authorization: string;
  readonly headers: IncomingMessage["headers"];
  readonly seen: T;
};

/** How one report is answered: by an HTTP status, or by an operation of this status. Those after the last are completed. */
export type WireStep = { readonly http: number; readonly headers?: Record<string, string> } | { readonly operation: string };

export const credential: TokenCredential = {
  getToken: async () => ({ token: "token-of-the-recipe", expiresOnTimestamp: Date.now() + 3_600_000 }),
};

/** Starts it on a free port. `look` is called at each arrival, before anything is answered. */
export async function startWire<T>(look: (status: string) => T, ...steps: WireStep[]) {
  const arrivals: Arrival<T>[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { status = "" } = JSON.parse((await text(request)) || "{}") as { status?: string };
    const [, callId = ""] = /\/calls\/([^/]+)\//.exec(request.url ?? "") ?? [];
    const { headers } = request;
    arrivals.push({ callId, status, authorization: headers.authorization ?? "", headers, seen: look(status) });
    const step = steps.shift() ?? { operation: "completed" };
    const isRefused = "http" in step;
    const body = isRefused
      ? { error: { code: String(step.http), message: "Scripted." } }
      : { id: `operation-${arrivals.length}`, status: step.operation, clientContext: null };
    const code = isRefused ? step.http : 200;
    const more = isRefused ? step.headers : {};
    response.writeHead(code, { "content-type": "application/json", connection: "close", ...more }).end(JSON.stringify(body));
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    arrivals,
    url,
    baseUrl: `${url}/v1.0`,
    get statuses() {
      return arrivals.map(({ status }) => status);
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
