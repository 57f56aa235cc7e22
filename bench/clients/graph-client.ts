import { type Open, pathOf, token, update } from "./client.ts";

/** Microsoft's older client, which most bots use. */
export const open: Open = async (baseUrl) => {
  const { Client } = await import("@microsoft/microsoft-graph-client");
  const { origin, hostname } = new URL(baseUrl);
  const client = Client.initWithMiddleware({
    authProvider: { getAccessToken: async () => token },
    baseUrl: `${origin}/`,
    defaultVersion: "v1.0",
    customHosts: new Set([hostname]),
  });
  return (callId) => client.api(pathOf(callId)).post(update);
};
