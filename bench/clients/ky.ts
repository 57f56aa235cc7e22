import { headers, type Open, pathOf, update } from "./client.ts";

export const open: Open = async (baseUrl) => {
  const { default: ky } = await import("ky");
  return (callId) => ky.post(baseUrl + pathOf(callId), { json: update, headers, timeout: 10_000 }).json();
};
