// The types of the wire, stated by hand: each assertion fails to compile when the generated type is another one, wider, narrower or `any`. The
// message says what differs, and where: in the second of the two types.
import type {
  callIdParameterSchema,
  clientRequestIdParameterSchema,
  clouds,
  commsNotificationSchema,
  commsOperationSchema,
  entitySchema,
  errorDetailsSchema,
  operationIdParameterSchema,
  operationStatusSchema,
  permissions,
  reportableStatusSchema,
  resultInfoSchema,
  retryableStatuses,
  unsupportedClouds,
  updateRecordingStatusRequestSchema,
} from "../../generated/constants.gen.ts";
import type { components, operations, paths, webhooks } from "../../generated/types.gen.ts";
import type { Stated, StatedConstant } from "./stated.ts";

type Schemas = components["schemas"];
type Answers = components["responses"];
type Open = { [key: string]: unknown };

// --- shapes: each is stated once, and stands for itself in the others ---
type CommsOperation = Schemas["Entity"] &
  ({
    clientContext?: string | null;
    resultInfo?: Schemas["ResultInfo"] | null;
    status: ("notStarted" | "running" | "completed" | "failed") | string | null;
  } & Open);
type Notification = {
  "@odata.type"?: string;
  changeType: ("created" | "updated" | "deleted") | string;
  resourceUrl: string;
  resource?: string;
  resourceData?: { [key: string]: unknown } | { [key: string]: unknown }[];
} & Open;
type Request = { status: "notRecording" | "recording" | "failed"; clientContext?: string | null };

export const schemaNames: Stated<
  keyof Schemas,
  | "ReportableStatus"
  | "UpdateRecordingStatusRequest"
  | "OperationStatus"
  | "ResultInfo"
  | "Entity"
  | "CommsOperation"
  | "UpdateRecordingStatusOperation"
  | "ODataError"
  | "ErrorDetails"
  | "InnerError"
  | "CommsNotifications"
  | "CommsNotification"
> = true;
export const reportableStatus: Stated<Schemas["ReportableStatus"], "notRecording" | "recording" | "failed"> = true;
export const request: Stated<Schemas["UpdateRecordingStatusRequest"], Request> = true;
export const operationStatus: Stated<Schemas["OperationStatus"], string | null> = true;
export const resultInfo: Stated<
  Schemas["ResultInfo"],
  { "@odata.type"?: string; code: number; subcode: number; message?: string | null } & Open
> = true;
export const entity: Stated<Schemas["Entity"], { "@odata.type"?: string; id: string } & Open> = true;
export const commsOperation: Stated<Schemas["CommsOperation"], CommsOperation> = true;
export const updateOperation: Stated<Schemas["UpdateRecordingStatusOperation"], Schemas["CommsOperation"]> = true;
export const innerError: Stated<Schemas["InnerError"], { date?: string; "request-id"?: string; "client-request-id"?: string } & Open> =
  true;
export const errorDetails: Stated<Schemas["ErrorDetails"], { code: string; message: string; innerError?: Schemas["InnerError"] } & Open> =
  true;
export const odataError: Stated<Schemas["ODataError"], { error: Schemas["ErrorDetails"] } & Open> = true;
export const notification: Stated<Schemas["CommsNotification"], Notification> = true;
export const notifications: Stated<
  Schemas["CommsNotifications"],
  { "@odata.type"?: string; value: Schemas["CommsNotification"][] } & Open
> = true;

// --- answers ---
type Ids = { "request-id"?: string; "client-request-id"?: string; [name: string]: unknown };
type Failure<Headers = Ids> = { headers: Headers; content: { "application/json": Schemas["ODataError"] } };
type Waits = { "Retry-After"?: string; "request-id"?: string; "client-request-id"?: string; [name: string]: unknown };
type Challenge = { "WWW-Authenticate": string; "request-id"?: string; "client-request-id"?: string; [name: string]: unknown };
type Created = { Location: string; "request-id"?: string; "client-request-id"?: string; [name: string]: unknown };

export const updated: Stated<
  Answers["RecordingStatusUpdated"],
  { headers: Created; content: { "application/json": Schemas["UpdateRecordingStatusOperation"] } }
> = true;
export const unauthorized: Stated<Answers["Unauthorized"], Failure<Challenge>> = true;
export const forbidden: Stated<Answers["Forbidden"], Failure> = true;
export const notFound: Stated<Answers["NotFound"], Failure> = true;
export const unsupportedMediaType: Stated<Answers["UnsupportedMediaType"], Failure> = true;
export const tooManyRequests: Stated<Answers["TooManyRequests"], Failure<Waits>> = true;
export const internalServerError: Stated<Answers["InternalServerError"], Failure> = true;
export const badGateway: Stated<Answers["BadGateway"], Failure> = true;
export const serviceUnavailable: Stated<Answers["ServiceUnavailable"], Failure<Waits>> = true;
export const gatewayTimeout: Stated<Answers["GatewayTimeout"], Failure> = true;
export const unexpectedError: Stated<Answers["UnexpectedError"], Failure> = true;

// --- operations ---
type Header = { "client-request-id"?: string };
type OfCall = { query?: never; header?: Header; path: { id: string }; cookie?: never };
type OfOperation = { query?: never; header?: Header; path: { id: string; operationId: string }; cookie?: never };
type Failures = {
  400: Answers["BadRequest"];
  401: Answers["Unauthorized"];
  403: Answers["Forbidden"];
  404: Answers["NotFound"];
  429: Answers["TooManyRequests"];
  500: Answers["InternalServerError"];
  502: Answers["BadGateway"];
  503: Answers["ServiceUnavailable"];
  504: Answers["GatewayTimeout"];
  default: Answers["UnexpectedError"];
};
type Flat<T> = { [K in keyof T]: T[K] };
type ActionAnswers = Flat<{ 200: Answers["RecordingStatusUpdated"]; 415: Answers["UnsupportedMediaType"] } & Failures>;
type Action = { parameters: OfCall; requestBody: components["requestBodies"]["UpdateRecordingStatus"]; responses: ActionAnswers };
type ReadBack = {
  parameters: OfOperation;
  requestBody?: never;
  responses: Flat<{ 200: { headers: Ids; content: { "application/json": Schemas["CommsOperation"] } } } & Failures>;
};

export const requestBody: Stated<
  components["requestBodies"]["UpdateRecordingStatus"],
  { content: { "application/json": Schemas["UpdateRecordingStatusRequest"] } }
> = true;
export const operationIds: Stated<
  keyof operations,
  "updateRecordingStatus" | "updateRecordingStatusOnApp" | "getCallOperation" | "receiveCommsNotifications"
> = true;
export const action: Stated<operations["updateRecordingStatus"], Action> = true;
export const actionOnApp: Stated<operations["updateRecordingStatusOnApp"], Action> = true;
export const readBack: Stated<operations["getCallOperation"], ReadBack> = true;
export const receives: Stated<
  operations["receiveCommsNotifications"]["requestBody"],
  { content: { "application/json": Schemas["CommsNotifications"] } }
> = true;
export const received: Stated<
  operations["receiveCommsNotifications"]["responses"],
  { 202: { headers: { [name: string]: unknown }; content?: never }; 401: { headers: { [name: string]: unknown }; content?: never } }
> = true;

export const pathNames: Stated<
  keyof paths,
  | "/communications/calls/{id}/updateRecordingStatus"
  | "/app/calls/{id}/updateRecordingStatus"
  | "/communications/calls/{id}/operations/{operationId}"
> = true;
export const actionMethod: Stated<paths["/communications/calls/{id}/updateRecordingStatus"]["post"], operations["updateRecordingStatus"]> =
  true;
export const appMethod: Stated<paths["/app/calls/{id}/updateRecordingStatus"]["post"], operations["updateRecordingStatusOnApp"]> = true;
export const readMethod: Stated<paths["/communications/calls/{id}/operations/{operationId}"]["get"], operations["getCallOperation"]> = true;
export const webhookNames: Stated<keyof webhooks, "commsNotifications"> = true;
export const webhookMethod: Stated<webhooks["commsNotifications"]["post"], operations["receiveCommsNotifications"]> = true;

// --- what the client checks, and where it sends ---
type StatusEnum = readonly ["notRecording", "recording", "failed"];
type OpenEnum<Members> = { readonly type: "string"; readonly enum: Members };

export const statusConstant: StatedConstant<typeof reportableStatusSchema, { readonly type: "string"; readonly enum: StatusEnum }> = true;
export const requestConstant: StatedConstant<
  typeof updateRecordingStatusRequestSchema,
  {
    readonly type: "object";
    readonly required: readonly ["status"];
    readonly additionalProperties: false;
    readonly properties: {
      readonly status: { readonly type: "string"; readonly enum: StatusEnum };
      readonly clientContext: { readonly type: readonly ["string", "null"]; readonly maxLength: 256 };
    };
  }
> = true;
export const operationStatusConstant: StatedConstant<
  (typeof operationStatusSchema)["anyOf"],
  readonly [OpenEnum<readonly ["notStarted", "running", "completed", "failed"]>, { readonly type: "string" }, { readonly type: "null" }]
> = true;
export const changeTypeConstant: StatedConstant<
  (typeof commsNotificationSchema)["properties"]["changeType"]["anyOf"],
  readonly [OpenEnum<readonly ["created", "updated", "deleted"]>, { readonly type: "string" }]
> = true;
export const requiredOfNotification: StatedConstant<(typeof commsNotificationSchema)["required"], readonly ["changeType", "resourceUrl"]> =
  true;
export const requiredOfEntity: StatedConstant<(typeof entitySchema)["required"], readonly ["id"]> = true;
export const requiredOfOperation: StatedConstant<(typeof commsOperationSchema)["allOf"][1]["required"], readonly ["status"]> = true;
export const requiredOfResult: StatedConstant<(typeof resultInfoSchema)["required"], readonly ["code", "subcode"]> = true;
export const requiredOfError: StatedConstant<(typeof errorDetailsSchema)["required"], readonly ["code", "message"]> = true;
type Int32 = { readonly type: "integer"; readonly format: "int32" };
export const code: Stated<(typeof resultInfoSchema)["properties"]["code"], Int32> = true;
export const subcode: Stated<(typeof resultInfoSchema)["properties"]["subcode"], Int32> = true;

type OpaqueId = { readonly type: "string"; readonly minLength: 1; readonly pattern: "^(?!\\.{1,2}$)" };
export const callId: Stated<typeof callIdParameterSchema, OpaqueId> = true;
export const operationId: Stated<typeof operationIdParameterSchema, OpaqueId> = true;
export const clientRequestId: Stated<typeof clientRequestIdParameterSchema, { readonly type: "string"; readonly format: "uuid" }> = true;

type Global = {
  readonly authorityHost: "https://login.microsoftonline.com";
  readonly tokenScope: "https://graph.microsoft.com/.default";
  readonly versions: { readonly "v1.0": "https://graph.microsoft.com/v1.0"; readonly beta: "https://graph.microsoft.com/beta" };
};
type Government<Root extends string> = {
  readonly authorityHost: "https://login.microsoftonline.us";
  readonly tokenScope: `${Root}/.default`;
  readonly versions: { readonly "v1.0": `${Root}/v1.0` };
};
type Clouds = {
  readonly global: Global;
  readonly usGovL4: Government<"https://graph.microsoft.us">;
  readonly usGovL5: Government<"https://dod-graph.microsoft.us">;
};
export const cloudTable: Stated<typeof clouds, Clouds> = true;
export const refusedClouds: Stated<
  (typeof unsupportedClouds)[number]["url"],
  "https://microsoftgraph.chinacloudapi.cn" | "https://graph.microsoft.us/beta" | "https://dod-graph.microsoft.us/beta"
> = true;
export const refusedNames: Stated<(typeof unsupportedClouds)[number]["name"], "china" | "usGovL4" | "usGovL5"> = true;

export const retryable: StatedConstant<typeof retryableStatuses, readonly [429, 502, 503, 504]> = true;

type Either = readonly ["Calls.AccessMedia.All", "Calls.JoinGroupCall.All"];
export const neededPermissions: Stated<
  typeof permissions,
  { readonly updateRecordingStatus: Either; readonly updateRecordingStatusOnApp: Either; readonly getCallOperation: Either }
> = true;
