// What a consumer writes, compiled strictly and loosely, by TypeScript 5 and 7, against dist/.

import {
  type AnyRecordingStatusError,
  createRecordingClient,
  isRecordingStatusError,
  type RecordingOperation,
  type TokenCredential,
} from "teams-recording-status";
import { createFetchClient } from "teams-recording-status/client";
import { createSqliteJournal } from "teams-recording-status/journal";
import { createNotificationHandler, createNotificationVerifier } from "teams-recording-status/notifications";

declare const credential: TokenCredential;

export async function report(callId: string, signal: AbortSignal): Promise<RecordingOperation> {
  const graph = createRecordingClient({ credential, cloud: "usGovL4", version: "v1.0", attemptTimeoutMs: 5000, deadlineMs: 20_000 });
  return graph.updateRecordingStatus(callId, { status: "recording", clientContext: null }, { signal, deadlineMs: 1000, tenantId: "t" });
}

export function explain(error: AnyRecordingStatusError): string {
  switch (error.code) {
    case "HTTP":
      return `${error.status} ${error.commsCode}`;
    case "THROTTLED":
      return String(error.retryAfterMs);
    case "OPERATION_FAILED":
      return String(error.operation.resultInfo?.code);
    default:
      return error.hint ?? error.message;
  }
}

export function handle(error: unknown): string {
  return isRecordingStatusError(error) ? explain(error) : "not ours";
}

export async function raw(): Promise<string | undefined> {
  const client = createFetchClient({ baseUrl: "http://localhost:4010" });
  const { data, error, response } = await client.updateRecordingStatus({ params: { path: { id: "c" } }, body: { status: "failed" } });
  // An empty error body looks like success: branch on the status, and expect nothing of the body.
  return response.ok ? data?.id : error?.error?.code;
}

export async function isConfirmed(callId: string): Promise<boolean> {
  const { status, raw: sent } = await report(callId, new AbortController().signal);
  if (status === "unrecognized") console.log(sent);
  // @ts-expect-error Nothing is `any`, whatever the compiler and its settings: a compiler that cannot read the package's types lets this pass.
  return status === "Completed";
}

export const receive = (client: Parameters<typeof createNotificationHandler>[0]) =>
  createNotificationHandler(client, createNotificationVerifier({ audience: "app" }));

export async function recover(path: string): Promise<readonly string[]> {
  const journal = await createSqliteJournal({ path });
  const graph = createRecordingClient({ credential, journal });
  const [first] = await graph.recoverRecordings({ deadlineMs: 1000 });
  // @ts-expect-error Nothing is `any`.
  if (first?.reported === "recording") return [];
  const { isWhole, rows } = await journal.verify();
  return isWhole && rows > 0 ? journal.timeline(first?.callId ?? "") : [];
}
