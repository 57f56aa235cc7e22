// Compiled beside what @hey-api/openapi-ts makes of the document, in `out/`: its functions and types are those that a consumer needs.
import { getCallOperation, updateRecordingStatus } from "./out/index.ts";

const { data, error } = await updateRecordingStatus({ path: { id: "1" }, body: { status: "recording", clientContext: null } });
export const status: string | null | undefined = data?.status;
export const code: string | undefined = error?.error.code;
export const operation = await getCallOperation({ path: { id: "1", operationId: data?.id ?? "" } });

// @ts-expect-error: only what the spec lists may be reported.
await updateRecordingStatus({ path: { id: "1" }, body: { status: "no such status" } });
// @ts-expect-error: a report has a status.
await updateRecordingStatus({ path: { id: "1" }, body: {} });
