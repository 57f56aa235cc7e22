// A Graph on loopback that answers every report with the documented answer: a process of its own, so that it costs the clients nothing.
// `LATENCY_MS` makes it answer so late; a path that begins with /held holds its requests until the client is gone, and GET /held counts them.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const latencyMs = Number(process.env.LATENCY_MS ?? 0);
const answer = Buffer.from(
  JSON.stringify({
    "@odata.type": "#microsoft.graph.updateRecordingStatusOperation",
    clientContext: "clientContext-value",
    id: "0fe0623f-d628-42ed-b4bd-8ac290072cc5",
    resultInfo: null,
    status: "completed",
  }),
);
const held = new Set<ServerResponse>();

function end(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json", "content-length": answer.byteLength, "request-id": crypto.randomUUID() });
  response.end(answer);
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  if (request.method === "GET") return void response.end(`${held.size}`);
  request.on("end", () => {
    if (request.url?.startsWith("/held") === true) {
      held.add(response);
      response.on("close", () => held.delete(response));
    } else if (latencyMs > 0) setTimeout(end, latencyMs, response);
    else end(response);
  });
});
server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }, () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
