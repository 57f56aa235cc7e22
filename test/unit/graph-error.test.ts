import { expect, test } from "vitest";
import { readGraphError } from "../../src/http/graph-error.ts";
import { createRedact } from "../../src/util/redact.ts";

const asItIs = createRedact(undefined);
const envelope = (error: unknown) => JSON.stringify({ error });
const nested = (errorCode: unknown) =>
  JSON.stringify({ errorCode, message: "Application is not registered in our store.", instanceAnnotations: [] });

test.each([
  ["the code as a string", { code: "8506", message: "m" }, { graphCode: "8506", commsCode: 8506, graphMessage: "m" }],
  ["the code as a number", { code: 8506, message: "m" }, { graphCode: "8506", commsCode: 8506 }],
  [
    "nested, as a string",
    { code: "UnknownError", message: nested("7503") },
    { graphCode: "UnknownError", commsCode: 7503, graphMessage: "Application is not registered in our store." },
  ],
  ["nested, as a number", { code: "UnknownError", message: nested(7500) }, { commsCode: 7500 }],
  ["Graph's own code", { code: "Forbidden", message: "m" }, { graphCode: "Forbidden", commsCode: undefined }],
  ["JSON without a code", { code: "UnknownError", message: '{"a":1}' }, { commsCode: undefined, graphMessage: '{"a":1}' }],
  ["a message that looks like JSON", { code: "UnknownError", message: "{no" }, { commsCode: undefined, graphMessage: "{no" }],
  ["too long to be a code", { code: "12345678", message: "m" }, { graphCode: "12345678", commsCode: undefined }],
  ["innerError", { code: "x", innerError: { date: "d", "request-id": "r" } }, { requestId: "r", date: "d" }],
  ["innererror", { code: "x", innererror: { date: "d", "request-id": "r" } }, { requestId: "r", date: "d" }],
  ["nothing at all", {}, { graphCode: undefined, graphMessage: undefined, commsCode: undefined }],
  ["wrong types", { code: [], message: {}, innerError: "x" }, { graphCode: undefined, graphMessage: undefined }],
])("%s", (_, error, expected) => {
  expect(readGraphError(envelope(error), asItIs)).toMatchObject(expected);
});

test.each(["", "<html>", "[]", "null", '{"error":"x"}', '{"error":null}', '{"Error":{}}'])("%j is no envelope", (body) => {
  expect(readGraphError(body, asItIs)).toBeUndefined();
});

test("texts are bounded", () => {
  const read = readGraphError(envelope({ code: "x".repeat(5000), message: "y".repeat(5000) }), asItIs);
  expect(read?.graphCode).toHaveLength(1000);
  expect(read?.graphMessage).toHaveLength(1000);
});
