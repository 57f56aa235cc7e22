// A bot on a disk that fills: says how many recordings were started before a start was refused, and how many reports left.
import { createRecordingClient } from "../../src/index.ts";
import { createSqliteJournal } from "../../src/journal/index.ts";

const [path = ""] = process.argv.slice(2);
const journal = await createSqliteJournal({ path });
let sent = 0;
const credential = { getToken: async () => ({ token: "any", expiresOnTimestamp: Date.UTC(2100, 0, 1) }) };
const graph = createRecordingClient({
  baseUrl: "http://localhost/v1.0",
  credential,
  journal,
  fetch: async () => Response.json({ id: `${++sent}`, status: "completed" }),
});
let started = 0;
for (;;) {
  try {
    await graph.startRecording(`call-${started}`, { recorder: { start() {}, stop() {} } });
    started++;
  } catch (error) {
    console.log(JSON.stringify({ code: (error as { code: string }).code, started, sent, isWhole: (await journal.verify()).isWhole }));
    break;
  }
}
process.exit();
