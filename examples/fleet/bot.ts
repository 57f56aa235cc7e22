// An instance as a process of its own: `node bot.ts <name> <Graph> <Redis> <leaseMs>`. It does what stands on its standard input: `record <call>`, `stop <call>`.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { toNodeListener } from "teams-recording-status/notifications";
import { openInstance } from "./instance.ts";

const [name = "", baseUrl = "", redisUrl = "", leaseMs = ""] = process.argv.slice(2);
const tell = (what: string) => console.log(`${name.padEnd(9)} ${what}`);
const credential = { getToken: async () => ({ token: "token-for-the-fake", expiresOnTimestamp: Date.now() + 3_600_000 }) };
// Only because Graph is a fake here, on loopback: a bot asks createNotificationVerifier({ audience }).
const verifier = { verify: async () => ({ tenantId: "any", claims: {} }) };
const { graph, receive, close } = await openInstance(
  { baseUrl, credential },
  { instanceId: name, redisUrl, leaseMs: Number(leaseMs), verifier },
  tell,
);
const webhook = createServer(toNodeListener(receive)).listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(webhook.address() as AddressInfo).port}`);
});

const commands = createInterface(process.stdin);
commands.on("line", async (line) => {
  const [what, callId = ""] = line.split(" ");
  try {
    if (what === "record") {
      tell(`reports "recording" for ${callId}`);
      await graph.startRecording(callId, { recorder: { start: () => {}, stop: () => {} } });
      tell(`records ${callId}`);
    } else {
      const recording = graph.recordings.find((live) => live.callId === callId);
      tell(`has ended ${callId}: reported "${(await recording?.stop())?.reported}"`);
    }
  } catch (error) {
    tell(`${callId}: ${(error as { code?: string }).code}: ${(error as Error).message}`);
  }
});
commands.on("close", async () => {
  await close();
  webhook.close();
});
