// A Graph on loopback that answers every report at once with the documented answer: a process of its own, so that it costs the clients nothing.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const answer = Buffer.from(
  JSON.stringify({
    "@odata.type": "#microsoft.graph.updateRecordingStatusOperation",
    clientContext: "clientContext-value",
    id: "0fe0623f-d628-42ed-b4bd-8ac290072cc5",
    resultInfo: null,
    status: "completed",
  }),
);

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": answer.byteLength, "request-id": crypto.randomUUID() });
    response.end(answer);
  });
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
