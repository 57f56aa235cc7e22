import { headers, type Open, pathOf, update } from "./client.ts";

export const open: Open = async (baseUrl) => {
  const { Agent, request } = await import("node:http");
  const { text } = await import("node:stream/consumers");
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return (callId) =>
    new Promise((resolve, reject) => {
      const sent = request(baseUrl + pathOf(callId), { method: "POST", headers, agent }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`HTTP ${response.statusCode}`));
        text(response).then((body) => resolve(JSON.parse(body)), reject);
      });
      sent.on("error", reject);
      sent.end(JSON.stringify(update));
    });
};
