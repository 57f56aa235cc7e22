// A bot as a process of its own: `node unawaited-pipe.ts <log>`. Its pipe fails at once, and nobody waits for it.
import { appendFileSync, createWriteStream } from "node:fs";
import { join } from "node:path";
import { createRecordingClient } from "../../src/index.ts";

const [, , log = ""] = process.argv;
const tell = (line: string) => appendFileSync(log, `${line}\n`);

const graph = createRecordingClient({
  baseUrl: "http://localhost/v1.0",
  credential: { getToken: async () => ({ token: "token-of-the-child", expiresOnTimestamp: Date.now() + 3_600_000 }) },
  fetch: async (_url, init) => {
    const { status } = JSON.parse(String(init.body)) as { status: string };
    tell(status);
    return Response.json({ id: "1", status: "completed", clientContext: null, resultInfo: null });
  },
});

const recording = await graph.startRecording("a-call", { recorder: { start: () => {}, stop: () => {} } });
const silence = new ReadableStream<string>({ pull: () => new Promise(() => {}) });
// No such folder: the file cannot be opened.
void recording.pipe(silence, createWriteStream(join(log, "no", "such", "folder")));
const { reason, reported } = await recording.ended;
tell(`ended ${reason} ${reported}`);
// Whatever is raised late has its turn.
setImmediate(() => tell("alive"));
