// Before: with @microsoft/microsoft-graph-client, as the samples do it. Do not copy this.
import type { Client } from "@microsoft/microsoft-graph-client";

export type Media = { start(): void; stop(): void };

export function createCareless(client: Client, media: Media) {
  const report = (callId: string, status: string) => client.api(`/communications/calls/${callId}/updateRecordingStatus`).post({ status });
  return {
    async begin(callId: string): Promise<void> {
      report(callId, "recording").catch(console.error); // nobody waits, and nobody looks at the answer
      media.start(); // before Graph has said anything
    },
    async end(callId: string): Promise<void> {
      report(callId, "notRecording").catch(console.error); // "recording" may still be repeated, and then it is the last word
      media.stop(); // after the report
    },
  };
}
