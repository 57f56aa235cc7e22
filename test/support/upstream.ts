import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ScriptedAnswer } from "../../scripts/judges/cases/answer-case.ts";

/**
 * What the server does with the next requests. "silent": it accepts and never answers. "stalls": it sends the headers and the start of a body,
 * then nothing more. "breaks": the same, then it breaks the connection.
 */
export type Script = ScriptedAnswer | "silent" | "stalls" | "breaks";

export type Received = { readonly method: string | undefined; readonly path: string | undefined };

/** A server on a free port of 127.0.0.1 that answers as it is told, in Graph's place. */
export type Upstream = {
  readonly url: string;
  readonly received: Received[];
  script: Script;
  /** Called when a request has arrived, before it is answered. */
  onReceived: () => void;
  /** Stops it and breaks all its connections, so that an answer that never ends holds nobody. */
  close(): Promise<void>;
};

export async function startUpstream(): Promise<Upstream> {
  const server = createServer((request, response) => {
    const { method, url: path } = request;
    request.resume();
    request.on("end", () => {
      upstream.received.push({ method, path });
      upstream.onReceived();
      perform(upstream.script, response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const upstream: Upstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    script: "silent",
    onReceived: () => {},
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return upstream;
}

function perform(script: Script, response: ServerResponse): void {
  if (script === "silent") return;
  if (typeof script === "object") {
    response.writeHead(script.status ?? 200, script.headers);
    response.end(script.body);
    return;
  }
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('{"status":', () => {
    if (script === "breaks") response.destroy();
  });
}
