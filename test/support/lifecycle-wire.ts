// A client in real time with a file that is really written: what stood in the file when the closing report left.
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, type WriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createRecordingClient, type GraphFetch, type RecordingClient } from "teams-recording-status";

/** What was true at the moment a closing report left. */
export type AtReport = { readonly status: string; readonly size: number; readonly finished: boolean; readonly closed: boolean };

export type Wire = {
  readonly graph: RecordingClient;
  readonly sink: WriteStream;
  readonly reports: AtReport[];
  /** What is in the file. */
  text(): string;
  close(): Promise<void>;
};

/** A client against the server, with a file as the sink. `writeOptions` go to the file's stream. */
export function openWire(baseUrl: string, writeOptions: Parameters<typeof createWriteStream>[1] = {}): Wire {
  const folder = mkdtempSync(join(tmpdir(), "lifecycle-"));
  const file = join(folder, "transcript.txt");
  const sink = createWriteStream(file, writeOptions);
  const reports: AtReport[] = [];
  const watched: GraphFetch = (url, init) => {
    const { status } = JSON.parse(String(init.body ?? "{}")) as { status?: string };
    if (status === "notRecording" || status === "failed") {
      reports.push({ status, size: statSync(file).size, finished: sink.writableFinished, closed: sink.closed });
    }
    return fetch(url, init);
  };
  const credential = { getToken: async () => ({ token: "token-for-the-mock", expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const graph = createRecordingClient({ baseUrl, credential, fetch: watched, attemptTimeoutMs: 3_000 });
  return {
    graph,
    sink,
    reports,
    text: () => readFileSync(file, "utf8"),
    async close() {
      await graph.close();
      sink.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Lines without end, one a millisecond; `spoken` tells how many were given away. */
export function speak(length = 20) {
  const told = { spoken: 0 };
  const line = (number: number) => `${String(number).padStart(length - 1, ".")}\n`;
  async function* transcript(): AsyncGenerator<string> {
    for (;;) {
      yield line(told.spoken++);
      await pause(1);
    }
  }
  /** The first lines, as they must be in the file. */
  const firstLines = (count: number) => Array.from({ length: count }, (_, number) => line(number)).join("");
  return { told, transcript, firstLines };
}

/** Waits until it is so, not longer than five seconds. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 5_000; !isSo(); await pause(2)) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}.`);
  }
}
