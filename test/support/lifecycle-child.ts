// A bot as a process of its own: `node lifecycle-child.ts <server> <call>…`. It records until SIGTERM, then closes its client and does nothing more.
import { setTimeout as pause } from "node:timers/promises";
import { createRecordingClient } from "../../src/index.ts";

const [, , server = "", ...callIds] = process.argv;

/** Tells the test's server what happens here, so that one clock orders it among the reports. */
const tell = async (what: string, callId: string) => {
  await fetch(`${server}/told`, { method: "POST", body: `${what} ${callId}` });
};

const graph = createRecordingClient({
  baseUrl: `${server}/v1.0`,
  credential: { getToken: async () => ({ token: "token-of-the-child", expiresOnTimestamp: Date.now() + 3_600_000 }) },
});

process.once("SIGTERM", () => void graph.close().then(() => console.log("closed")));

async function* speak(): AsyncGenerator<string> {
  for (;;) {
    await pause(5);
    yield "line";
  }
}

await Promise.all(
  callIds.map(async (callId) => {
    const recorder = {
      start: () => tell("recorder starts", callId),
      stop: () => tell("recorder stops", callId),
    };
    try {
      const recording = await graph.startRecording(callId, { recorder });
      await recording.pipe(speak(), new WritableStream({ write: () => tell("persisted", callId) }));
    } catch (error) {
      console.log((error as { code?: string }).code);
    }
  }),
);
