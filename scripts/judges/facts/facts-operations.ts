import { anyOrder, type Fact, fact } from "./fact.ts";

const post = "POST /communications/calls/{id}/updateRecordingStatus";
const postOnApp = "POST /app/calls/{id}/updateRecordingStatus";
const get = "GET /communications/calls/{id}/operations/{operationId}";
const webhook = "webhook commsNotifications POST";

const callId = "#/components/parameters/CallId";
const operationId = "#/components/parameters/OperationId";
const clientRequestId = "#/components/parameters/ClientRequestId";
const eitherPermission = [{ graphApplication: ["Calls.AccessMedia.All"] }, { graphApplication: ["Calls.JoinGroupCall.All"] }];

const action = "docs: call-updaterecordingstatus";
const betaAction = "docs: call-updaterecordingstatus (beta)";
const permissions = "docs: permissions table of call-updaterecordingstatus, either one will do, the least privileged first";
const errorPage = "docs: concepts/errors.md";

const operations = {
  "path /communications/calls/{id}/updateRecordingStatus: parameters": fact(anyOrder(callId, clientRequestId), action),
  [`${post}: operationId`]: fact("updateRecordingStatus", `${action}, the action's name`),
  [`${post}: tags`]: fact(["Recording status"], "choice"),
  [`${post}: security`]: fact(eitherPermission, permissions),
  [`${post}: request body`]: fact("#/components/requestBodies/UpdateRecordingStatus", action),

  "path /app/calls/{id}/updateRecordingStatus: parameters": fact(anyOrder(callId, clientRequestId), betaAction),
  [`${postOnApp}: operationId`]: fact("updateRecordingStatusOnApp", "choice: the action's name and the path's first segment"),
  [`${postOnApp}: deprecated`]: fact(true, `${betaAction}, note on /app`),
  [`${postOnApp}: x-successor`]: fact("updateRecordingStatus", `${betaAction}, note on /app`),
  [`${postOnApp}: tags`]: fact(["Recording status"], "choice"),
  [`${postOnApp}: security`]: fact(eitherPermission, permissions),
  [`${postOnApp}: request body`]: fact("#/components/requestBodies/UpdateRecordingStatus", `${betaAction}, the same body on both paths`),

  "path /communications/calls/{id}/operations/{operationId}: parameters": fact(
    anyOrder(callId, operationId, clientRequestId),
    "CSDL: call.operations is contained, so its key follows in the path",
  ),
  [`${get}: operationId`]: fact("getCallOperation", "choice: there is no page for it"),
  [`${get}: tags`]: fact(["Operations"], "choice"),
  [`${get}: security`]: fact(
    eitherPermission,
    'choice: those of the action; the one read that has a page, addlargegalleryviewoperation-get, says "Not supported."',
  ),

  [`${webhook}: operationId`]: fact("receiveCommsNotifications", "choice: the bot's side of commsNotifications"),
  [`${webhook}: tags`]: fact(["Notifications"], "choice"),
  [`${webhook}: x-ended-call-state`]: fact("terminated", "CSDL: EnumType callState; docs: call, state"),
  [`${webhook}: security`]: fact([{ notificationToken: [] }], "docs: msteams-docs call-notifications.md, a bearer token in each request"),
  [`${webhook}: request body: required`]: fact(true, "docs: commsnotifications"),
  [`${webhook}: request body: application/json: schema`]: fact("#/components/schemas/CommsNotifications", "docs: commsnotifications"),
  [`${webhook}: request body: application/json: examples`]: fact(["documented", "live", "collection"], "choice: the documented one first"),
  [`${webhook}: request body: application/json: example documented`]: fact(
    "#/components/examples/notificationDocumented",
    "docs: call-playprompt, the notification",
  ),
  [`${webhook}: request body: application/json: example live`]: fact(
    "#/components/examples/notificationLive",
    "reports: microsoft-graph-comms-samples#410, #511, #599",
  ),
  [`${webhook}: request body: application/json: example collection`]: fact(
    "#/components/examples/notificationCollection",
    "docs: commsnotifications, several in one body; commsnotification, a resource or a list of them",
  ),
  [`${webhook} → 202`]: fact({}, "reports: microsoft-graph-comms-samples#81, #571, what the .NET SDK answers; no headers, no body"),
  [`${webhook} → 401`]: fact({}, "reports: microsoft-graph-comms-samples, PlatformCallController.cs answers so; no headers, no body"),
};

const parameters = {
  "parameter CallId: name": fact("id", `${action}, the path's {id}`),
  "parameter CallId: in": fact("path", action),
  "parameter CallId: required": fact(true, `${action}; OpenAPI: what is in the path is always required`),
  "parameter CallId: schema: type": fact("string", "CSDL: entity.id is Edm.String"),
  "parameter CallId: schema: minLength": fact(1, "choice: an empty segment is another address"),
  "parameter CallId: schema: pattern": fact(
    "^(?!\\.{1,2}$)",
    "RFC 3986 section 5.2.4: dot segments would be removed; anything else is opaque",
  ),
  "parameter CallId: example": fact("57dab8b1-894c-409a-b240-bd8beae78896", `${action}, the response's Location`),
  "parameter OperationId: name": fact("operationId", "choice: {id} is the call's"),
  "parameter OperationId: in": fact("path", "CSDL: call.operations is contained"),
  "parameter OperationId: required": fact(true, "CSDL: entity's key; OpenAPI: what is in the path is always required"),
  "parameter OperationId: schema: type": fact("string", "CSDL: entity.id is Edm.String"),
  "parameter OperationId: schema: minLength": fact(1, "choice: an empty segment is another address"),
  "parameter OperationId: schema: pattern": fact(
    "^(?!\\.{1,2}$)",
    "RFC 3986 section 5.2.4: dot segments would be removed; anything else is opaque",
  ),
  "parameter OperationId: example": fact("0fe0623f-d628-42ed-b4bd-8ac290072cc5", `${action}, the response's Location`),
  "parameter ClientRequestId: name": fact("client-request-id", "docs: concepts/best-practices-concept.md"),
  "parameter ClientRequestId: in": fact("header", "docs: concepts/best-practices-concept.md"),
  "parameter ClientRequestId: required": fact(false, "docs: concepts/best-practices-concept.md, advice and no more"),
  "parameter ClientRequestId: schema: type": fact("string", "docs: concepts/best-practices-concept.md"),
  "parameter ClientRequestId: schema: format": fact("uuid", "docs: concepts/best-practices-concept.md, a fresh GUID for each request"),
  "parameter ClientRequestId: example": fact("2c1ac5ee-a2e4-4a6b-8d0f-4a2b6c2e9f11", "choice: any GUID"),
};

/** The error answers that every operation may give, by status. */
const errors = {
  "400": "BadRequest",
  "401": "Unauthorized",
  "403": "Forbidden",
  "404": "NotFound",
  "429": "TooManyRequests",
  "500": "InternalServerError",
  "502": "BadGateway",
  "503": "ServiceUnavailable",
  "504": "GatewayTimeout",
  default: "UnexpectedError",
};

const answers: Record<string, Fact> = {};
for (const operation of [post, postOnApp]) {
  answers[`${operation} → 200`] = fact("#/components/responses/RecordingStatusUpdated", `${action}, "Response"`);
  // A read sends no body, so it has no 415.
  answers[`${operation} → 415`] = fact("#/components/responses/UnsupportedMediaType", `${action}, "Request headers"; concepts/errors.md`);
}
for (const operation of [post, postOnApp, get]) {
  for (const [status, response] of Object.entries(errors)) {
    const source = status === "502" ? "RFC 9110 section 15.6.3; choice: Graph's own page of errors does not list it" : errorPage;
    answers[`${operation} → ${status}`] = fact(`#/components/responses/${response}`, source);
  }
}

/** Who sends what to which address, and the list of answers. The answers' content is in facts-responses.ts. */
export const operationFacts = { ...operations, ...parameters, ...answers };
