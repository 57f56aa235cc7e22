// One bot for many tenants: one client, and the tenant of the call with each call.
import { createWriteStream } from "node:fs";
import { ClientSecretCredential, type ClientSecretCredentialOptions } from "@azure/identity";
import { createRecordingClient, type RecordingClient } from "teams-recording-status";

export type App = { readonly homeTenant: string; readonly clientId: string; readonly secret: string };

/** A credential that may ask for tokens of the tenants that are named here; of `"*"` for any. Without it only the home tenant's are given. */
export function createTenantCredential({ homeTenant, clientId, secret }: App, tenants: string[], options?: ClientSecretCredentialOptions) {
  return new ClientSecretCredential(homeTenant, clientId, secret, { ...options, additionallyAllowedTenants: tenants });
}

/** Once, for all tenants: tokens are kept for each of them. */
export function openClient(app: App, tenants: string[]): RecordingClient {
  return createRecordingClient({ credential: createTenantCredential(app, tenants) });
}

/** `tenantId` is in the notification of the incoming call. It holds for every report of this recording, the last one included. */
export async function recordCall(
  graph: RecordingClient,
  call: { readonly id: string; readonly tenantId: string },
  media: AsyncIterable<Uint8Array>,
  path: string,
): Promise<void> {
  await graph.withRecording(call.id, { tenantId: call.tenantId }, (permit) => permit.pipe(media, createWriteStream(path, { flags: "wx" })));
}
