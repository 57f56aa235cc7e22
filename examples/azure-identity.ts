// The start of a recording as production makes it: a real Azure credential, and success checked before anything is recorded.
import { DefaultAzureCredential } from "@azure/identity";
import { createRecordingClient, isRecordingStatusError } from "teams-recording-status";

/** Reports that recording is about to begin. Resolves with true when the bot may record from here on, else with false. */
export async function announceRecording(callId: string): Promise<boolean> {
  // In a bot: once, for all its calls. The credential keeps its token.
  const graph = createRecordingClient({ credential: new DefaultAzureCredential(), cloud: "global" });
  try {
    const operation = await graph.updateRecordingStatus(callId, { status: "recording", clientContext: crypto.randomUUID() });
    if (operation.status === "completed") return true;
    console.error(`Do not record: operation ${operation.id} is not final, its status is ${operation.status}.`);
  } catch (error) {
    if (!isRecordingStatusError(error)) throw error;
    console.error(`Do not record: ${error.code}. ${error.hint ?? error.message}`);
  }
  return false;
}
