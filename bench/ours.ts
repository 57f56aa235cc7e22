import { type Open, token, update } from "./clients/client.ts";

/** This library, as it is built, with its default settings. */
export const open: Open = async (baseUrl) => {
  const { createRecordingClient } = await import("teams-recording-status");
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const graph = createRecordingClient({ baseUrl, credential });
  return (callId) => graph.updateRecordingStatus(callId, update);
};
