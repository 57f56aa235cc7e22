// Answers of the 2xx kind, good and bad. What Prism's validating proxy does not catch is said at the case.
import type { AnswerCase } from "./answer-case.ts";
import { jsonAnswer, type ScriptedAnswer } from "./answer-case.ts";
import { operationOnTheWire, wireNames } from "./wire-names.ts";

/** On a host that is not the client's: data, and no source of an id. */
const location = "https://graph.microsoft.com/v1.0/communications/calls/call-1/operations/operation-1";
const operation = { id: "operation-1", status: "completed", clientContext: "context-1", resultInfo: null };
const wire = wireNames.CommsOperation;
const nullOperation = { id: undefined, status: null, clientContext: null, resultInfo: null, raw: undefined };
const { status: _, ...withoutStatus } = operation;
const { id: __, ...withoutId } = operation;
export const bodyWithoutId = operationOnTheWire(withoutId);

/** An answer as documented, but for what is changed. */
const answer = (changes: object = {}, headers: { [name: string]: string } = {}) =>
  jsonAnswer(200, operationOnTheWire({ ...operation, ...changes }), { location, ...headers });
const textAnswer = (body: string, contentType = "application/json"): ScriptedAnswer => ({
  headers: { location, "request-id": "request-1", "content-type": contentType },
  body,
});
const badAnswer = (message: string) => ({ code: "BAD_ANSWER", status: 200, retryable: false, message: new RegExp(message) });

export const good: readonly AnswerCase[] = [
  { what: "the documented answer", answer: answer(), proxy: "passes", client: { ...operation, location } },
  {
    what: "a media type with parameters",
    answer: answer({}, { "content-type": "application/json;odata.metadata=minimal; charset=utf-8" }),
    proxy: "passes",
    client: operation,
  },
  // The types are open: additional properties are legal, so a misspelt one is not caught either. The client keeps them in the body as sent.
  {
    what: "a property that is not in the spec",
    answer: answer({ extra: { a: 1 } }),
    proxy: "passes",
    client: { ...operation, raw: operationOnTheWire({ ...operation, extra: { a: 1 } }) },
  },
  {
    what: "a status that is not in the spec",
    answer: answer({ status: "Paused" }),
    proxy: "passes",
    client: { status: "unrecognized", raw: operationOnTheWire({ ...operation, status: "Paused" }) },
  },
  { what: "a status in Pascal case", answer: answer({ status: "NotStarted" }), proxy: "passes", client: { status: "notStarted" } },
  { what: "a status of null", answer: answer({ status: null }), proxy: "passes", client: { ...operation, status: null } },
  // Not caught: it is a URI. The client keeps web addresses only.
  {
    what: "a Location that is a script",
    answer: answer({}, { location: "javascript:alert(1)" }),
    proxy: "passes",
    client: { location: undefined },
  },
];

export const badHeaders: readonly AnswerCase[] = [
  {
    what: "no Location",
    answer: jsonAnswer(200, operationOnTheWire(operation)),
    proxy: "response.header: required",
    client: { ...operation, location: undefined },
  },
  ...["/communications/calls/call-1/operations/operation-1", "operation 1"].map((relative) => ({
    what: `the Location "${relative}"`,
    answer: answer({}, { location: relative }),
    proxy: "response.header.location: format",
    client: { ...operation, location: undefined },
  })),
  // The documentation's own sample has none, so the client needs none.
  {
    what: "no Content-Type",
    answer: { headers: { location }, body: JSON.stringify(operationOnTheWire(operation)) },
    proxy: "response: media type",
    client: { ...operation, location },
  },
];

export const badFields: readonly AnswerCase[] = [
  {
    what: "a status that is a number",
    answer: answer({ status: 2 }),
    proxy: `response.body.${wire.status}: type`,
    client: badAnswer("its status is no"),
  },
  {
    what: "a status that is a list",
    answer: answer({ status: ["completed"] }),
    proxy: `response.body.${wire.status}: type`,
    client: badAnswer("its status is no"),
  },
  {
    what: "no status",
    answer: jsonAnswer(200, operationOnTheWire(withoutStatus), { location }),
    proxy: "response.body: required",
    client: badAnswer("no status"),
  },
  { what: "an id that is a number", answer: answer({ id: 1 }), proxy: "response.body.id: type", client: badAnswer("its id is no") },
  { what: "an id of null", answer: answer({ id: null }), proxy: "response.body.id: type", client: badAnswer("its id is no") },
  {
    what: "no id",
    answer: jsonAnswer(200, bodyWithoutId, { location }),
    proxy: "response.body: required",
    client: { ...withoutId, id: undefined },
  },
  {
    what: "a clientContext that is a number",
    answer: answer({ clientContext: 5 }),
    proxy: `response.body.${wire.clientContext}: type`,
    client: badAnswer("its clientContext is no"),
  },
  {
    what: "a resultInfo that is a string",
    answer: answer({ resultInfo: "fine" }),
    proxy: `response.body.${wire.resultInfo}: type`,
    client: badAnswer("its resultInfo is no"),
  },
  {
    what: "a resultInfo with codes that are strings",
    answer: answer({ resultInfo: { code: "200", subcode: "0" } }),
    proxy: `response.body.${wire.resultInfo}.${wireNames.ResultInfo.code}: type`,
    client: { resultInfo: { code: 200, subcode: 0, message: null } },
  },
  {
    what: "a resultInfo without codes",
    answer: answer({ resultInfo: { message: "fine" } }),
    proxy: `response.body.${wire.resultInfo}: required`,
    client: { resultInfo: { code: undefined, subcode: undefined, message: "fine" } },
  },
  {
    what: "a resultInfo without a code",
    answer: answer({ resultInfo: { subcode: 0 } }),
    proxy: `response.body.${wire.resultInfo}: required`,
    client: { resultInfo: { code: undefined, subcode: 0, message: null } },
  },
  {
    what: "a resultInfo without a subcode",
    answer: answer({ resultInfo: { code: 200 } }),
    proxy: `response.body.${wire.resultInfo}: required`,
    client: { resultInfo: { code: 200, subcode: undefined, message: null } },
  },
];

export const noOperation: readonly AnswerCase[] = [
  ...["[]", '"completed"', "2", "true", "null"].map((body) => ({
    what: `the JSON text ${body}`,
    answer: textAnswer(body),
    proxy: "response.body: type",
    client: { ...badAnswer("no JSON object"), excerpt: body, requestId: "request-1" },
  })),
  {
    what: "a page in HTML",
    answer: textAnswer("<h1>Sign in</h1>", "text/html"),
    proxy: "response: media type",
    client: { ...badAnswer("not JSON"), excerpt: "<h1>Sign in</h1>", requestId: "request-1" },
  },
  // Prism cannot read it either, and so has no violation to name.
  { what: "JSON cut short", answer: textAnswer('{"status":"comp'), proxy: "FetchError", client: badAnswer("not JSON") },
];

export const empty: readonly AnswerCase[] = [
  ...[200, 202, 204].map((status) => ({
    what: `an empty ${status}`,
    answer: { status, headers: { location } },
    proxy: "response: media type",
    client: { ...nullOperation, location },
  })),
  { what: "an empty 200 that calls itself JSON", answer: textAnswer(""), proxy: "FetchError", client: nullOperation },
  // Not in the spec, so the proxy takes it for an error and misses the envelope.
  {
    what: "an operation in a 201",
    answer: jsonAnswer(201, operationOnTheWire(operation), { location }),
    proxy: "response.body: required",
    client: { ...operation, location },
  },
];
