// A proxy on loopback as companies have them: plain requests by their whole address, and tunnels by CONNECT. It writes down all that it can read.
import { once } from "node:events";
import { createServer, request as forward } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { atEnd } from "./cleanup.ts";
import { startWire } from "./wire.ts";

export async function startForwardProxy() {
  const asked: string[] = [];
  const read: Buffer[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${new URL(request.url ?? "").host}`);
    const onward = forward(request.url ?? "", { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  server.on("connect", (request, client, head) => {
    asked.push(`CONNECT ${request.url}`);
    const { hostname, port } = new URL(`http://${request.url}`);
    const onward = connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      onward.write(head);
      client.on("data", (bytes) => read.push(bytes)).pipe(onward);
      onward.pipe(client);
    });
    onward.on("error", () => client.destroy());
    client.on("error", () => onward.destroy());
    client.on("close", () => onward.destroy());
    tunnels.add(client);
  });
  const tunnels = new Set<{ destroy(): unknown }>();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    /** What went through its tunnels, as far as it can read that. */
    get tunnelled() {
      return Buffer.concat(read).toString("latin1");
    },
    async close() {
      if (!server.listening) return;
      for (const tunnel of tunnels) tunnel.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** A proxy, and a Graph that can be reached without it as well. */
export async function startProxied() {
  const proxy = await startForwardProxy();
  const wire = await startWire(() => undefined);
  atEnd(() => wire.close());
  atEnd(() => proxy.close());
  return { proxy, wire, host: new URL(wire.url).host };
}
