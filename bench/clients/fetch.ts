import { headers, type Open, pathOf, update } from "./client.ts";

/** The global `fetch` as it is: the measure of all the others. */
export const open: Open = async (baseUrl) => async (callId) => {
  const response = await fetch(baseUrl + pathOf(callId), { method: "POST", headers, body: JSON.stringify(update) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
};
