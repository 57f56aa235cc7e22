// Through a corporate proxy, where the whole process shall not go through it.

import { createRecordingClient, type GraphFetch, type RecordingClientOptions } from "teams-recording-status";
import { EnvHttpProxyAgent, fetch as fetchBy, ProxyAgent, type RequestInit as UndiciInit } from "undici";

/** A `fetch` by a proxy: the one of this address, else those of HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
export function createProxyFetch(proxyUrl?: string) {
  const dispatcher = proxyUrl === undefined ? new EnvHttpProxyAgent() : new ProxyAgent(proxyUrl);
  // undici's own `fetch`: its agents do not always fit into that of another version, such as the one inside Node.
  const fetch: GraphFetch = async (url, init) => {
    const answer: unknown = await fetchBy(url, { ...(init as RequestInit & UndiciInit), dispatcher });
    return answer as Response;
  };
  return { fetch, close: () => dispatcher.close() };
}

export function openClient(options: RecordingClientOptions, proxyUrl?: string) {
  const { fetch, close } = createProxyFetch(proxyUrl);
  const graph = createRecordingClient({ ...options, fetch });
  return {
    graph,
    async close() {
      await graph.close();
      await close(); // after the client: its last reports go through it
    },
  };
}
