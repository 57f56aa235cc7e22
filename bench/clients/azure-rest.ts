import { headers, type Open, pathOf, update } from "./client.ts";

/** Its own authentication refuses plain HTTP, which a server on loopback speaks: the token stands in the headers. */
export const open: Open = async (baseUrl) => {
  const { getClient } = await import("@azure-rest/core-client");
  const client = getClient(baseUrl, { allowInsecureConnection: true });
  return async (callId) => {
    const { status, body } = await client.pathUnchecked(pathOf(callId)).post({ body: update, headers });
    if (status !== "200") throw new Error(`HTTP ${status}`);
    return body;
  };
};
