// Every way in which a body can break the request's schema, and what lies just inside its limits.

import { schemaFacts } from "../facts/facts-schemas.ts";

export type Violation = {
  readonly what: string;
  readonly body: unknown;
  /** Place and rule, as Prism names them. */
  readonly violation: string;
  /** What the client's message must name. */
  readonly names: string;
};

/** As it is stated, so that what is just inside and just outside follows it. */
export const contextLimit = Number(schemaFacts["schema UpdateRecordingStatusRequest.clientContext: maxLength"].value);

/** What may be reported, as it is stated: sorted. */
export const reportable = schemaFacts["schema ReportableStatus: enum"].value;

/** One character, one code point, two UTF-16 units, four bytes. */
const astral = "😀";

const status = (value: unknown, rule: string): Violation => {
  const what = `status ${JSON.stringify(value)}`;
  return { what, body: { status: value }, violation: `request.body.status: ${rule}`, names: "status" };
};
const context = (what: string, value: unknown, rule: string): Violation => {
  const body = { status: "recording", clientContext: value };
  return { what: `clientContext ${what}`, body, violation: `request.body.clientContext: ${rule}`, names: "clientContext" };
};
const whole = (what: string, body: unknown, violation: string, names: string): Violation => ({ what, body, violation, names });

export const violations: readonly Violation[] = [
  // Members of Graph's enum that are read, never sent.
  status("unknown", "enum"),
  status("unknownFutureValue", "enum"),
  // The documentation's own sample: a template that every official snippet copies.
  status("notRecording | recording | failed", "enum"),
  status("Recording", "enum"),
  status("RECORDING", "enum"),
  status(" recording", "enum"),
  status("", "enum"),
  status("completed", "enum"),
  status(2, "type"),
  status(true, "type"),
  status(null, "type"),
  status(["recording"], "type"),
  status({ recording: true }, "type"),
  context(`of ${contextLimit + 1} characters`, "x".repeat(contextLimit + 1), "maxLength"),
  context(`of ${contextLimit + 1} astral code points`, astral.repeat(contextLimit + 1), "maxLength"),
  context("as a number", 7, "type"),
  context("as a boolean", false, "type"),
  context("as an array", ["clientContext-value"], "type"),
  context("as an object", { value: "clientContext-value" }, "type"),
  whole("no status", { clientContext: "clientContext-value" }, "request.body: required", "status"),
  whole("no property at all", {}, "request.body: required", "status"),
  whole("a property that is not in the spec", { status: "recording", shoeSize: "46" }, "request.body: additionalProperties", "shoeSize"),
  whole("a body that is an array", [{ status: "recording" }], "request.body: type", "must be an object"),
  whole("a body that is a string", "recording", "request.body: type", "must be an object"),
  whole("a body that is a number", 2, "request.body: type", "must be an object"),
  whole("a body that is null", null, "request: required", "must be an object"),
  whole("no body", undefined, "request: required", "must be an object"),
];

/** What lies just inside the limits: both accept it. */
export const accepted: readonly { readonly what: string; readonly body: object }[] = [
  {
    what: `a clientContext of ${contextLimit} astral code points, which are ${2 * contextLimit} UTF-16 units`,
    body: bodyWith(astral.repeat(contextLimit)),
  },
  { what: `a clientContext of ${contextLimit} characters`, body: bodyWith("x".repeat(contextLimit)) },
  { what: "an empty clientContext", body: bodyWith("") },
  { what: "a clientContext with quotes, line breaks and controls", body: bodyWith('"\\\r\n\t\u0000\u2028') },
];

function bodyWith(clientContext: string): object {
  return { status: "recording", clientContext };
}
