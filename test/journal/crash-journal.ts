// The journal of a bot that is killed: in a file, or in a Redis on a port of this machine.
import type { RecordingJournal } from "../../src/index.ts";
import { createSqliteJournal } from "../../src/journal/index.ts";

/** `where`: `sqlite:<path>`. */
export async function openCrashJournal(
  where: string,
  _instanceId: string,
): Promise<{ readonly journal: RecordingJournal; close(): Promise<void> }> {
  const journal = await createSqliteJournal({ path: where.slice("sqlite:".length) });
  return { journal, close: async () => journal.close() };
}
