// The bot of the fifth part of `npm start`, in a process of its own: it records until it is killed.
import { openBot } from "./crash-safe.ts";

const [baseUrl = "", path = "", callId = ""] = process.argv.slice(2);
const credential = { getToken: async () => ({ token: "token-for-the-fake", expiresOnTimestamp: Date.now() + 3_600_000 }) };
const { graph } = await openBot({ baseUrl, credential }, path);
await graph.withRecording(callId, async (permit) => {
  permit.assertRecording();
  console.log("recording");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
