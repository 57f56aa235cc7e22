// A shutdown that loses nothing: end the sources, wait until what was taken is written, then close the client.
import { createWriteStream } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { RecordingClient } from "teams-recording-status";

/** What a call is recorded from: Node's `PassThrough` fits, and so does what createPushSource of push-source.ts makes. */
export type Ending = { readonly source: AsyncIterable<string | Uint8Array>; end(): unknown };

export function createRecorder(graph: RecordingClient, pathOf: (callId: string) => string) {
  const live = new Map<{ media?: Ending }, Promise<void>>();
  let isClosing = false;

  /** Records a call until its source ends. `listen` opens the source: not before Graph has confirmed, for what comes earlier must not be kept. */
  async function record(callId: string, listen: () => Ending): Promise<void> {
    if (isClosing) throw new Error("The bot is shutting down.");
    const call: { media?: Ending } = {};
    const done = graph.withRecording(callId, (permit) => {
      call.media = listen();
      if (isClosing) call.media.end(); // the shutdown began while Graph was asked
      const file = createWriteStream(pathOf(callId), { flags: "wx" }); // never over another recording, such as the one before a crash
      return permit.pipe(call.media.source, file);
    });
    live.set(call, done);
    try {
      await done; // the file is closed, and "notRecording" is reported
    } finally {
      call.media?.end(); // where it ended otherwise
      live.delete(call);
    }
  }

  /** For SIGTERM: `drainMs` for what was taken, then the 15 s of `close` for what is stuck. Together less than your platform gives you. */
  async function shutDown(drainMs = 10_000): Promise<void> {
    isClosing = true;
    for (const { media } of live.keys()) media?.end(); // 1. nothing new comes in
    const drained = new AbortController();
    await Promise.race([
      Promise.allSettled(live.values()), // 2. what was taken is written, and its end reported
      pause(drainMs, undefined, { signal: drained.signal }).catch(() => {}),
    ]);
    drained.abort();
    await graph.close({ deadlineMs: 15_000 }); // 3. what is left is stopped in its order, and cut off
  }
  return { record, shutDown };
}
