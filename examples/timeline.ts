// The third part of `npm start`: a whole recording in the compliant order, told as a timeline.
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRecordingClient } from "teams-recording-status";

/** What the bot derives from the media: a transcript that goes on until somebody stops listening. */
async function* transcribe(tell: (line: string) => void): AsyncGenerator<string> {
  for (const line of ["Good morning.", "Shall we begin?", "Let us begin."]) {
    tell(line);
    yield `${line}\n`;
  }
  await new Promise(() => {});
}

/** Runs one recording on the mock and prints what happened, and when. */
export async function showRecording(baseUrl: string, callId: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "recording-"));
  const file = join(folder, "transcript.txt");
  const began = performance.now();
  const tell = (who: string, what: string) => {
    console.log(`  ${(performance.now() - began).toFixed(0).padStart(4)} ms  ${who.padEnd(9)} ${what}`);
  };
  const graph = createRecordingClient({
    baseUrl,
    credential: { getToken: async () => ({ token: "token-for-the-mock", expiresOnTimestamp: Date.now() + 3_600_000 }) },
    onAttempt: ({ status, outcome, httpStatus }) => tell("to Graph", `report "${status}": answered ${httpStatus}, ${outcome}`),
  });
  const recorder = {
    start: () => tell("recorder", "starts: Graph has confirmed the recording"),
    stop: () => tell("recorder", `has stopped: the file is closed, ${statSync(file).size} bytes`),
  };
  try {
    const recording = await graph.startRecording(callId, { recorder });
    tell("bot", "may persist from here on");
    const lines: string[] = [];
    const piped = recording.pipe(
      transcribe((line) => lines.push(line)),
      createWriteStream(file),
    );
    while (lines.length < 3) await new Promise((resolve) => setImmediate(resolve));
    tell("bot", `stops: the permit ends with "${lines.at(-1)}"`);
    const outcome = await recording.stop();
    await piped;
    tell("bot", `the recording ended: ${outcome.reason}, reported "${outcome.reported}"`);
  } finally {
    await graph.close();
    rmSync(folder, { recursive: true });
  }
}
