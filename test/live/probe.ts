import { type ClientRuntime, createRecordingClient, isRecordingStatusError, type RecordingClientOptions } from "teams-recording-status";
import { createWireLog, type WireFact } from "./wire-log.ts";

export type ProbeOptions = {
  readonly callId: string;
  /** A call that no recording policy covers: its refusal has code 8506. */
  readonly otherCallId?: string | undefined;
  readonly client: RecordingClientOptions;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly runtime?: Partial<ClientRuntime> | undefined;
  readonly out: (line: string) => void;
};

/**
 * The real exchange, once: `recording`, the operation read back, `recording` again, `failed`, and at the end `notRecording`, whatever came before.
 * Nothing is recorded, but the people in the call see what is reported. A refusal is a fact like any other.
 */
export async function probe({ callId, otherCallId, client, fetch, runtime, out }: ProbeOptions): Promise<readonly WireFact[]> {
  const log = createWireLog(fetch);
  const graph = createRecordingClient({ ...client, fetch: log.fetch, retry: { limit: 1 } }, runtime);
  const report = async (step: string, id: string, status: "recording" | "notRecording" | "failed") => {
    log.begin(step);
    try {
      const operation = await graph.updateRecordingStatus(id, { status, clientContext: crypto.randomUUID() });
      out(`${step}: ${operation.status ?? "no status"}`);
      return operation;
    } catch (error) {
      if (!isRecordingStatusError(error)) throw error;
      out(`${step}: ${error.code}. ${error.message}`);
      return undefined;
    }
  };
  try {
    const operation = await report("recording", callId, "recording");
    if (operation?.id !== undefined) {
      log.begin("read back");
      await log.readOperation(callId, operation.id).catch((error) => out(`read back: ${error}`));
    }
    await report("recording again", callId, "recording");
    await report("failed", callId, "failed");
    if (otherCallId !== undefined) await report("another call", otherCallId, "recording");
  } finally {
    await report("notRecording", callId, "notRecording");
    await graph.close();
  }
  return log.facts;
}
