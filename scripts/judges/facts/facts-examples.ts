import type { Json } from "../../spec/document.ts";
import { fact } from "./fact.ts";

const callId = "57dab8b1-894c-409a-b240-bd8beae78896";
const operationId = "0fe0623f-d628-42ed-b4bd-8ac290072cc5";
const upperCasePath = "/communications/calls/57DAB8B1894C409AB240BD8BEAE78896/operations/0FE0623FD62842EDB4BD8AC290072CC5";
const lowerCasePath = `/communications/calls/${callId}/operations/${operationId}`;

const preconditionFailed = resultInfo(412, 9999, "The precondition failed.");
const actionCompleted = resultInfo(200, 0, "Action completed successfully.");

function resultInfo(code: number, subcode: number, message: string) {
  return { "@odata.type": "#microsoft.graph.resultInfo", code, subcode, message };
}

/** As in the documented answer, with another end. */
function operation(status: string | null, info: Json): Json {
  const base = { "@odata.type": "#microsoft.graph.updateRecordingStatusOperation", clientContext: "clientContext-value", id: operationId };
  return { ...base, resultInfo: info, status };
}

const operationPage = "docs: commsoperation";
const samples = "reports: microsoft-graph-comms-samples";
const operations = {
  "example updateRunning": fact(operation("running", null), `${operationPage}, not final`),
  "example updateFailed": fact(operation("failed", preconditionFailed), `${operationPage}, failed at once; ${samples}#410 for the codes`),
  "example updateNullStatus": fact(operation(null, null), `${operationPage}, the status may be null`),
  "example updateMetadataSpelling": fact(operation("Completed", null), "CSDL: EnumType operationStatus, Pascal case"),
  "example operationCompleted": fact(operation("completed", actionCompleted), `${operationPage}; call-playprompt for the resultInfo`),
  "example operationRunning": fact(operation("running", null), `${operationPage}, not final`),
  "example operationFailed": fact(operation("failed", resultInfo(500, 7106, "DiagCode: 3003#7106")), `${operationPage}; ${samples}#664`),
};

function error(code: string, message: string): Json {
  const innerError = {
    date: "2026-11-23T18:00:00",
    "request-id": "7b3f1c9e-5d2a-4e8b-9f60-1a2b3c4d5e6f",
    "client-request-id": "2c1ac5ee-a2e4-4a6b-8d0f-4a2b6c2e9f11",
  };
  return { error: { code, message, innerError } };
}

// The page has these words, but no code for most of these statuses.
const errorPage = "docs: concepts/errors.md for the words; choice: the code is the status's name";
const errors = {
  "example badRequest": fact(error("BadRequest", "The request is malformed or incorrect."), errorPage),
  "example invalidToken": fact(
    error("InvalidAuthenticationToken", "Access token is empty."),
    "choice: what Graph says without a token, on no page",
  ),
  "example claimsChallenge": fact(
    error("InvalidAuthenticationToken", "Continuous access evaluation resulted in a claims challenge."),
    "docs: entra/identity-platform/claims-challenge for the status; choice: the words",
  ),
  "example notPolicyRecordingCall": fact(
    error("8506", "API call not allowed for non-Compliance Recording call"),
    `${samples}#444, #489, #515`,
  ),
  "example insufficientTenantPermissions": fact(
    error("7504", "Insufficient enterprise tenant permissions, cannot access this API."),
    `${samples}#276`,
  ),
  "example applicationNotRegistered": fact(
    error("UnknownError", '{"errorCode":"7503","message":"Application is not registered in our store.","instanceAnnotations":[]}'),
    "reports: microsoft-graph-docs#10845, microsoft-graph-comms-samples#432",
  ),
  "example callNotFound": fact(error("8522", "Call not found."), `${samples}#173, #330, #537`),
  "example unsupportedMediaType": fact(error("UnsupportedMediaType", "The content type of the request is not supported."), errorPage),
  "example throttled": fact(
    error("TooManyRequests", "The application has sent too many requests."),
    "choice: the status's name; docs: concepts/throttling.md",
  ),
  "example internalServerError": fact(
    error("InternalServerError", "There was an internal server error while processing the request."),
    errorPage,
  ),
  "example badGateway": fact(error("BadGateway", "A server on the way had no valid answer."), "RFC 9110 section 15.6.3; choice: the words"),
  "example serviceUnavailable": fact(
    error("ServiceUnavailable", "The service is temporarily unavailable for maintenance or is overloaded."),
    errorPage,
  ),
  "example gatewayTimeout": fact(
    error("GatewayTimeout", "The server, while acting as a proxy, did not receive a timely response from the upstream server."),
    errorPage,
  ),
  "example unexpected": fact(
    error("generalException", "An unspecified error has occurred."),
    "docs: concepts/errors.md, the table of codes",
  ),
};

function notifications(...value: { [key: string]: Json }[]): Json {
  const typed = value.map((one) => ({ "@odata.type": "#microsoft.graph.commsNotification", ...one }));
  return { "@odata.type": "#microsoft.graph.commsNotifications", value: typed };
}

const ended = {
  "@odata.type": "#microsoft.graph.updateRecordingStatusOperation",
  "@odata.etag": 'W/"54451"',
  clientContext: "d45324c1-fcb5-430a-902c-f20af696537c",
};
/** Operations end with `deleted`, not with `updated`. */
const bodies = {
  "example notificationDocumented": fact(
    notifications({
      changeType: "deleted",
      resourceUrl: upperCasePath,
      resourceData: { ...ended, "@odata.id": upperCasePath, resultInfo: actionCompleted, status: "completed" },
    }),
    "docs: call-playprompt, the notification, but for the operation's type",
  ),
  "example notificationLive": fact(
    notifications({
      changeType: "deleted",
      resource: `/app/calls/${callId}/operations/${operationId}`,
      resourceUrl: lowerCasePath,
      resourceData: { ...ended, "@odata.id": lowerCasePath, id: operationId, resultInfo: preconditionFailed, status: "failed" },
    }),
    `${samples}#410, #511, #599`,
  ),
  "example notificationCollection": fact(
    notifications(
      {
        changeType: "updated",
        resourceUrl: `/communications/calls/${callId}/participants`,
        resourceData: [{ "@odata.type": "#microsoft.graph.participant", id: "550fae72-d251-43ec-868c-373732c2704f" }],
      },
      {
        changeType: "updated",
        resourceUrl: `/communications/calls/${callId}`,
        resourceData: { "@odata.type": "#microsoft.graph.call", id: callId, state: "established" },
      },
    ),
    "docs: commsnotifications, several in one body; CSDL: commsNotification is open, so resourceData may be a list",
  ),
};

/** Every shared example, whole. */
export const exampleFacts = { ...operations, ...errors, ...bodies };
