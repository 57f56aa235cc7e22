import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fetch } from "../../scripts/drift/source.ts";

/** A server on loopback in the place of every host: what is asked of `https://host/path` is its path `/host/path`. */
export async function serveHosts(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asked: string[] = [];
  const fetchThere: Fetch = (url, init) => {
    asked.push(url.href);
    return fetch(`${origin}/${url.host}${url.pathname}`, init);
  };
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { asked, fetch: fetchThere, close };
}
