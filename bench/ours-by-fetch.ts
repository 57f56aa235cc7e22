import { type Open, token, update } from "./clients/client.ts";

/** This library as on every runtime but Node: its requests leave by `fetch`. */
export const open: Open = async (baseUrl) => {
  const { createRecordingClient } = await import("teams-recording-status");
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const graph = createRecordingClient({ baseUrl, credential, fetch: (url, init) => fetch(url, init) });
  return (callId) => graph.updateRecordingStatus(callId, update);
};
