import { headers, type Open, update } from "./client.ts";

export const open: Open = async (baseUrl) => {
  const { default: createClient } = await import("openapi-fetch");
  const client = createClient({ baseUrl });
  const post = client.POST as unknown as (path: string, init: object) => Promise<{ data?: object; response: Response }>;
  return async (callId) => {
    const init = { params: { path: { id: callId } }, body: update, headers };
    const { data, response } = await post("/communications/calls/{id}/updateRecordingStatus", init);
    if (!response.ok || data === undefined) throw new Error(`HTTP ${response.status}`);
    return data;
  };
};
