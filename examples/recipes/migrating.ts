// After: the same bot with this client.
import type { Recording, RecordingClient } from "teams-recording-status";

export type Media = { start(): void; stop(): void };

export function createCareful(graph: RecordingClient, media: Media) {
  const live = new Map<string, Recording>();
  return {
    async begin(callId: string): Promise<void> {
      // Rejects when Graph does not confirm: then nothing was started, and what may be in effect was taken back.
      live.set(callId, await graph.startRecording(callId, { recorder: media }));
    },
    async end(callId: string): Promise<void> {
      await live.get(callId)?.stop(); // media.stop, then the report, which never overtakes another of this call
      live.delete(callId);
    },
  };
}
