// After: the same bot with this client.
import type { Recording, RecordingClient } from "teams-recording-status";

export type Media = { start(): void; stop(): void };

export function createCareful(graph: RecordingClient, media: Media) {
  const live = new Map<string, Promise<Recording | undefined>>();
  return {
    async begin(callId: string): Promise<void> {
      // Rejects when Graph does not confirm: then nothing was started, and what may be in effect was taken back.
      const [before, starting] = [live.get(callId), graph.startRecording(callId, { recorder: media })];
      // Kept at once: the end may come while it starts. A second begin is refused, and leaves the one that records.
      live.set(
        callId,
        starting.catch(() => before),
      );
      await starting;
    },
    async end(callId: string): Promise<void> {
      await (await live.get(callId))?.stop(); // media.stop, then the report, which never overtakes another of this call
      live.delete(callId);
    },
  };
}
