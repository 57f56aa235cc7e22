import { type Fact, fact } from "./fact.ts";

const updated = "response RecordingStatusUpdated";
const readBack = "GET /communications/calls/{id}/operations/{operationId} → 200";
const requestBody = "request body UpdateRecordingStatus";
const requestIds = "docs: concepts/best-practices-concept.md";
const sample = 'docs: call-updaterecordingstatus, "Response"';
const request = 'docs: call-updaterecordingstatus, "Request body"';
const operationPage = "docs: commsoperation";
const contextAtLimit = "0123456789abcdef".repeat(16);

const bodies = {
  [`${requestBody}: required`]: fact(true, "CSDL: the parameter status is not nullable"),
  [`${requestBody}: application/json: schema`]: fact("#/components/schemas/UpdateRecordingStatusRequest", request),
  [`${requestBody}: application/json: examples`]: fact(
    ["notRecording", "recording", "failed", "contextAtLimit", "withoutContext", "nullContext"],
    "docs and CSDL: the three statuses, the limit, and both ways to have no context",
  ),
  [`${requestBody}: application/json: example notRecording`]: fact(
    { clientContext: "clientContext-value", status: "notRecording" },
    `${request}, with one of the sample's three values`,
  ),
  [`${requestBody}: application/json: example recording`]: fact(
    { clientContext: "clientContext-value", status: "recording" },
    `${request}, with one of the sample's three values`,
  ),
  [`${requestBody}: application/json: example failed`]: fact(
    { clientContext: "clientContext-value", status: "failed" },
    `${request}, with one of the sample's three values`,
  ),
  [`${requestBody}: application/json: example contextAtLimit`]: fact(
    { clientContext: contextAtLimit, status: "recording" },
    'docs: "Max limit is 256 chars."',
  ),
  [`${requestBody}: application/json: example withoutContext`]: fact({ status: "recording" }, "CSDL: clientContext is optional"),
  [`${requestBody}: application/json: example nullContext`]: fact(
    { clientContext: null, status: "recording" },
    "CSDL: clientContext is nullable",
  ),

  [`${updated}: application/json: schema`]: fact("#/components/schemas/UpdateRecordingStatusOperation", sample),
  [`${updated}: application/json: examples`]: fact(
    ["documented", "running", "failed", "nullStatus", "metadataSpelling"],
    "choice: the documented one first, since the mock sends the first; docs: commsoperation for the others",
  ),
  [`${updated}: application/json: example documented`]: fact(
    {
      "@odata.type": "#microsoft.graph.updateRecordingStatusOperation",
      clientContext: "clientContext-value",
      id: "0fe0623f-d628-42ed-b4bd-8ac290072cc5",
      resultInfo: null,
      status: "completed",
    },
    sample,
  ),
  [`${updated}: application/json: example running`]: fact("#/components/examples/updateRunning", operationPage),
  [`${updated}: application/json: example failed`]: fact("#/components/examples/updateFailed", operationPage),
  [`${updated}: application/json: example nullStatus`]: fact("#/components/examples/updateNullStatus", operationPage),
  [`${updated}: application/json: example metadataSpelling`]: fact("#/components/examples/updateMetadataSpelling", "CSDL: operationStatus"),

  [`${readBack}: application/json: schema`]: fact(
    "#/components/schemas/CommsOperation",
    "CSDL: call.operations is a collection of commsOperation",
  ),
  [`${readBack}: application/json: examples`]: fact(["completed", "running", "failed"], "docs: commsoperation; the final success first"),
  [`${readBack}: application/json: example completed`]: fact("#/components/examples/operationCompleted", operationPage),
  [`${readBack}: application/json: example running`]: fact("#/components/examples/operationRunning", operationPage),
  [`${readBack}: application/json: example failed`]: fact("#/components/examples/operationFailed", operationPage),
};

const headers: Record<string, Fact> = {
  [`${updated}: header Location: required`]: fact(true, sample),
  [`${updated}: header Location: schema: type`]: fact("string", sample),
  [`${updated}: header Location: schema: format`]: fact("uri", `${sample}, an absolute address`),
  [`${updated}: header Location: example`]: fact(
    "https://graph.microsoft.com/v1.0/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/operations/0fe0623f-d628-42ed-b4bd-8ac290072cc5",
    sample,
  ),
  "response Unauthorized: header WWW-Authenticate: required": fact(true, "RFC 9110 section 15.5.2: a 401 must have it"),
  "response Unauthorized: header WWW-Authenticate: schema: type": fact("string", "RFC 9110 section 11.6.1"),
  "response Unauthorized: header WWW-Authenticate: examples": fact(["plain", "claimsChallenge"], "choice: the mock sends the first"),
  "response Unauthorized: header WWW-Authenticate: example plain": fact(
    'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
    "docs: entra/identity-platform/claims-challenge, the form of the header; choice: the rest",
  ),
  "response Unauthorized: header WWW-Authenticate: example claimsChallenge": fact(
    'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNjA0MTA2NjUxIn19fQ=="',
    "docs: entra/identity-platform/claims-challenge, the form of the header; choice: the rest",
  ),
};

/** The error answers and their named examples. Each of them has the same envelope and the same two ids. */
const errors = {
  BadRequest: ["badRequest"],
  Unauthorized: ["invalidToken", "claimsChallenge"],
  Forbidden: ["notPolicyRecordingCall", "insufficientTenantPermissions", "applicationNotRegistered"],
  NotFound: ["callNotFound"],
  UnsupportedMediaType: ["unsupportedMediaType"],
  TooManyRequests: ["throttled"],
  InternalServerError: ["internalServerError"],
  BadGateway: ["badGateway"],
  ServiceUnavailable: ["serviceUnavailable"],
  GatewayTimeout: ["gatewayTimeout"],
  UnexpectedError: ["unexpected"],
};
const answers = [...Object.keys(errors).map((name) => `response ${name}`), updated, readBack];

for (const answer of answers) {
  const ids = { "request-id": "7b3f1c9e-5d2a-4e8b-9f60-1a2b3c4d5e6f", "client-request-id": "2c1ac5ee-a2e4-4a6b-8d0f-4a2b6c2e9f11" };
  for (const [name, example] of Object.entries(ids)) {
    headers[`${answer}: header ${name}: required`] = fact(false, `${requestIds}; a server on the way may answer without it`);
    headers[`${answer}: header ${name}: schema: type`] = fact("string", requestIds);
    headers[`${answer}: header ${name}: example`] = fact(example, "choice: any GUID; the same in every example");
  }
}
for (const answer of ["response TooManyRequests", "response ServiceUnavailable"]) {
  const header = `${answer}: header Retry-After`;
  headers[`${header}: required`] = fact(false, "docs: concepts/throttling.md: without it, back off exponentially");
  headers[`${header}: schema: type`] = fact("string", "RFC 9110 section 10.2.3: seconds or a date");
  headers[`${header}: schema: pattern`] = fact(
    String.raw`^(\d+|(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT)$`,
    "RFC 9110 sections 10.2.3 and 5.6.7: whole seconds, or the preferred form of a date",
  );
  headers[`${header}: examples`] = fact(["seconds", "httpDate"], "choice: the mock sends the first");
  headers[`${header}: example seconds`] = fact("10", "docs: concepts/throttling.md");
  headers[`${header}: example httpDate`] = fact("Mon, 23 Nov 2026 18:00:00 GMT", "RFC 9110 section 5.6.7");
}

const repeats: Record<string, Fact> = {
  "response TooManyRequests: x-retryable": fact(true, "docs: concepts/throttling.md, wait, then repeat"),
  "response BadGateway: x-retryable": fact(true, "RFC 9110 section 15.6.3; choice: Graph's own page of errors does not list it"),
  "response ServiceUnavailable: x-retryable": fact(true, "docs: concepts/errors.md, repeat after the delay of Retry-After"),
  "response GatewayTimeout: x-retryable": fact(true, "docs: concepts/errors.md, may come together with 503"),
};

const envelopes: Record<string, Fact> = {};
for (const [name, examples] of Object.entries(errors)) {
  const body = `response ${name}: application/json`;
  envelopes[`${body}: schema`] = fact("#/components/schemas/ODataError", "docs: concepts/errors.md");
  envelopes[`${body}: examples`] = fact(examples, "choice: one for each known cause; the mock sends the first");
  for (const example of examples)
    envelopes[`${body}: example ${example}`] = fact(`#/components/examples/${example}`, "docs and reports: see the example");
}

/** What is sent and what is answered, apart from the shapes (facts-schemas.ts) and the shared examples (facts-examples.ts). */
export const responseFacts = { ...bodies, ...headers, ...repeats, ...envelopes };
