import type { RecordingJournal } from "../model/journal.ts";
import { createRecordingClient, type RecordingClient } from "../recording-client.ts";
import { chooseCredential } from "./credential.ts";
import type { Invocation } from "./invocation.ts";
import type { Target } from "./target.ts";

/** A client for the target. @throws {CredentialError} code `CREDENTIAL` */
export async function openClient(invocation: Invocation, target: Target, journal?: RecordingJournal): Promise<RecordingClient> {
  const { credential } = await chooseCredential(invocation, target);
  const { fetch, runtime } = invocation;
  return createRecordingClient({ ...target.options, credential, fetch, ...(journal && { journal }) }, runtime);
}
