import { headers, type Open, pathOf, update } from "./client.ts";

export const open: Open = async (baseUrl) => {
  const { request } = await import("undici");
  return async (callId) => {
    const { statusCode, body } = await request(baseUrl + pathOf(callId), { method: "POST", headers, body: JSON.stringify(update) });
    if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`);
    return body.json();
  };
};
