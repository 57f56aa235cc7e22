// A bot that survives a crash: what it was recording stands in a file, and the next process reports the end.
import { createRecordingClient, type RecordingClientOptions } from "teams-recording-status";
import { createSqliteJournal } from "teams-recording-status/journal";

/** Opens the journal and the client, and reports what the last process left open: now, and every minute what could not be reported. */
export async function openBot(options: RecordingClientOptions, path: string) {
  const journal = await createSqliteJournal({ path }); // one process writes to one file
  const graph = createRecordingClient({ ...options, journal });
  const recover = async () => {
    for (const { callId, reason, reported, error } of await graph.recoverRecordings()) {
      console.log(`call ${callId} was left behind: ${reason}, reported ${reported}`, error ?? "");
    }
  };
  const timer = setInterval(() => recover().catch(console.error), 60_000);
  const close = async () => {
    clearInterval(timer);
    await graph.close();
    await journal.close(); // after the client: its last reports are written down, too
  };
  await recover();
  return { graph, journal, close };
}
