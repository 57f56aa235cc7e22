// What must not compile, one line each, and that nothing is `any`.
import type { TokenCredential as AzureTokenCredential, DefaultAzureCredential } from "@azure/identity";
import type {
  AnyRecordingStatusError,
  Cloud,
  GraphVersion,
  OperationStatus,
  RecordingClient,
  RecordingClientOptions,
  RecordingOperation,
  ReportableStatus,
  TokenCredential,
} from "teams-recording-status";
import { azureCredential } from "teams-recording-status/azure";
import type { components, createFetchClient, paths } from "teams-recording-status/client";
import type { MockGraph } from "teams-recording-status/testing";
import { type Equal, of } from "./support.ts";

const graph = of<RecordingClient>();
const raw = of<ReturnType<typeof createFetchClient>>();
const credential = of<TokenCredential>();
const options = (_: RecordingClientOptions) => {};
const params = { path: { id: "c" } };

// Statuses: those of the spec may be sent, a closed set is read. Which they are, the stated types say, and nobody else.
export const reportable: Equal<ReportableStatus, components["schemas"]["ReportableStatus"]> = true;
export const readable: Equal<string extends OperationStatus ? true : false, false> = true;
export const read: Equal<RecordingOperation["status"], OperationStatus> = true;
graph.updateRecordingStatus("c", { status: "recording" });
graph.updateRecordingStatus("c", { status: "failed", clientContext: undefined });
// @ts-expect-error no status that the documentation lets a bot report
graph.updateRecordingStatus("c", { status: "unknown" });
// @ts-expect-error Graph's sentinel is read, never sent
graph.updateRecordingStatus("c", { status: "unknownFutureValue" });
// @ts-expect-error the documentation's template is no value
graph.updateRecordingStatus("c", { status: "notRecording | recording | failed" });
// @ts-expect-error the status is missing
graph.updateRecordingStatus("c", { clientContext: "x" });
// @ts-expect-error the update is missing
graph.updateRecordingStatus("c");
// @ts-expect-error a number as context
graph.updateRecordingStatus("c", { status: "recording", clientContext: 1 });
// @ts-expect-error a property that the action does not have
graph.updateRecordingStatus("c", { status: "recording", clientcontext: "x" });
// @ts-expect-error a number as call id
graph.updateRecordingStatus(1, { status: "recording" });
// @ts-expect-error a misspelt option
graph.updateRecordingStatus("c", { status: "recording" }, { sginal: of<AbortSignal>() });
// @ts-expect-error a status that was read may not be sent on: it is that of an operation
graph.updateRecordingStatus("c", { status: of<RecordingOperation>().status });
// @ts-expect-error an operation may have no id
export const id: string = of<RecordingOperation>().id;

// Clouds: what the spec's servers say.
type Lacking<Version extends GraphVersion> = { [C in Cloud]: Version extends GraphVersion<C> ? never : C }[Cloud];
type Accepts<Options> = Options extends RecordingClientOptions ? true : false;
/** A version that some cloud has, with the clouds that lack it. */
type Refused<Version extends GraphVersion> = [Lacking<Version>] extends [never]
  ? false
  : Accepts<{ credential: TokenCredential; cloud: Lacking<Version>; version: Version }>;
export const betaWhereItIs: Equal<Refused<"beta">, false> = true;
export const releasedWhereItIs: Equal<Refused<"v1.0">, false> = true;
export const anyCloud: Equal<Accepts<{ credential: TokenCredential; cloud: Cloud }>, true> = true;
options({ credential });
options({ credential, version: "beta" });
options({ credential, cloud: "global", version: "beta" });
options({ credential, cloud: of<"global" | "usGovL4" | "usGovL5">() });
options({ credential, baseUrl: "https://proxy.example/v1.0", allowUnknownHost: true, cloud: "usGovL5" });
// @ts-expect-error the credential is missing
options({ cloud: "global" });
// @ts-expect-error China has no such action
options({ credential, cloud: "china" });
// @ts-expect-error no cloud has such a version
options({ credential, cloud: "usGovL4", version: "v2.0" });
// @ts-expect-error the version is part of baseUrl
options({ credential, baseUrl: "http://localhost/v1.0", version: "v1.0" });
// @ts-expect-error without baseUrl there is no unknown host
options({ credential, allowUnknownHost: true });
// @ts-expect-error durations are numbers of milliseconds
options({ credential, deadlineMs: "50s" });
// @ts-expect-error a misspelt option
options({ credential, timeoutMs: 1 });
// @ts-expect-error getToken must give a promise of a token
options({ credential: { getToken: () => "token" } });

// Any Azure credential fits, by structure.
export const azure: AzureTokenCredential extends TokenCredential ? true : false = true;
export const defaultAzure: DefaultAzureCredential extends TokenCredential ? true : false = true;

options({ credential: azureCredential({ cloud: "usGovL4" }), cloud: "usGovL4" });
// @ts-expect-error China has no such action
azureCredential({ cloud: "china" });

// Errors narrow by code and are not `any`.
export const codes: Equal<
  AnyRecordingStatusError["code"],
  | "BAD_INPUT"
  | "UNSUPPORTED_CLOUD"
  | "CREDENTIAL"
  | "HTTP"
  | "THROTTLED"
  | "OPERATION_FAILED"
  | "BAD_ANSWER"
  | "NETWORK"
  | "TIMEOUT"
  | "DEADLINE"
  | "ABORTED"
  | "SUPERSEDED"
  | "OUTCOME_UNKNOWN"
  | "CLOSED"
  | "RECORDING_ACTIVE"
  | "NOT_PERMITTED"
  | "RECORDER_FAILED"
  | "JOURNAL"
  | "BAD_NOTIFICATION"
  | "UNVERIFIED"
  | "SEVERAL_FAILURES"
> = true;
// @ts-expect-error only HTTP failures have a status
of<Extract<AnyRecordingStatusError, { code: "NETWORK" }>>().status;
// @ts-expect-error there is no such code
export const noCode: AnyRecordingStatusError["code"] = "TEAPOT";

// The fetch client: typed by the spec, misspelt options refused although openapi-fetch lets them pass.
raw.updateRecordingStatus({ params, body: { status: "recording" }, headers: { authorization: "Bearer t" } });
// @ts-expect-error a misspelt option
raw.updateRecordingStatus({ params, body: { status: "recording" }, hedaers: {} });
// @ts-expect-error the body is missing
raw.updateRecordingStatus({ params });
// @ts-expect-error a fourth status
raw.updateRecordingStatus({ params, body: { status: "unknown" } });
// @ts-expect-error the operation id is missing
raw.getCallOperation({ params });
// @ts-expect-error reading takes no body
raw.getCallOperation({ params: { path: { id: "c", operationId: "o" } }, body: {} });
// @ts-expect-error the inbound notification is no call
raw.receiveCommsNotifications({});
export const deprecatedPath: keyof paths = "/app/calls/{id}/updateRecordingStatus";
// @ts-expect-error no such path
export const noPath: keyof paths = "/communications/calls/{id}/keepAlive";
export const spelling: Equal<components["schemas"]["ReportableStatus"], ReportableStatus> = true;
// @ts-expect-error the mock's address is a string
export const notAny: number = of<MockGraph>().url;
