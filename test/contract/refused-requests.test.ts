// Requests that are wrong outside the body: token, media type, headers, path and method. Only the mock can be asked: the client has no way to
// send such a thing, but for the token, which it refuses to go without.
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, observeCredential } from "../support/connect.ts";
import { observeFetch } from "../support/observed-fetch.ts";
import { type RawRequest, send } from "../support/raw-request.ts";
import { refusalOf } from "../support/refusal.ts";
import { mainOperation, operations, operationsWithBody, pathOf, pathParametersOf, type SpecOperation } from "../support/spec.ts";

let mock: MockGraph;
beforeAll(async () => {
  mock = await startMockGraph();
});
afterAll(() => mock.close());

const authorizations = [
  { what: "no token", authorization: null },
  { what: "the wrong scheme", authorization: "Basic dXNlcjpwYXNzd29yZA==" },
  { what: "a scheme without a token", authorization: "Bearer" },
];

// Known limitation: application/merge-patch+json and every other `+json` is taken for JSON and answered with 200. Prism does not catch it.
const mediaTypes = ["text/plain", "application/xml", "application/x-www-form-urlencoded"];

for (const operation of operations) {
  const good = goodRequest(operation);

  describe(operation.title, () => {
    for (const { what, authorization } of authorizations) {
      test(`with ${what}: 401`, async () => {
        const answer = await send(mock.url, { ...good, headers: { authorization } });
        expect(answer.status).toBe(401);
        expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer /);
      });
    }

    test("with a client-request-id that is no GUID: 400", async () => {
      const answer = await send(mock.url, { ...good, headers: { "client-request-id": "request-1" } });
      expect(answer).toMatchObject({ status: 400, violations: ["request.header.client-request-id: format"] });
    });

    test("with Accept: text/html: 406", async () => {
      expect(await send(mock.url, { ...good, headers: { accept: "text/html" } })).toMatchObject({ status: 406 });
    });

    for (const method of otherMethods(operation)) {
      test(`by ${method}: 405`, async () => {
        const answer = await send(mock.url, { method, path: good.path });
        expect(answer).toMatchObject({ status: 405, text: expect.stringContaining("NO_METHOD_MATCHED_ERROR") });
      });
    }

    for (const name of Object.keys(pathParametersOf(operation))) {
      test(`with an empty ${name}: 400`, async () => {
        const answer = await send(mock.url, { ...good, path: pathOf(operation, { [name]: "" }) });
        expect(answer).toMatchObject({ status: 400, violations: ["request.path: required"] });
      });
    }
  });
}

for (const operation of operationsWithBody) {
  describe(operation.title, () => {
    for (const mediaType of mediaTypes) {
      test(`with Content-Type: ${mediaType}: 415`, async () => {
        const answer = await send(mock.url, { ...goodRequest(operation), headers: { "content-type": mediaType } });
        expect(answer).toMatchObject({ status: 415, violations: ["request: 415"] });
      });
    }
  });
}

describe("a path that is not in the spec", () => {
  const good = goodRequest(mainOperation);
  // The mock has no version segment: `servers` of the spec are not honoured by Prism.
  const paths = [
    `/v1.0${good.path}`,
    `${good.path}/`,
    good.path.toLowerCase(),
    good.path.replace("/calls/", "/calls/extra/"),
    good.path.replace("updateRecordingStatus", "microsoft.graph.updateRecordingStatus"),
  ];
  for (const path of paths) {
    test(`POST ${path}: 404`, async () => {
      const answer = await send(mock.url, { ...good, path });
      expect(answer).toMatchObject({ status: 404, text: expect.stringContaining("NO_PATH_MATCHED_ERROR") });
    });
  }
});

describe("the client sends nothing without a token", () => {
  const answers = [
    { what: "null", token: null },
    { what: "an empty token", token: "" },
    { what: "a token that would add a header", token: "token\r\nx-injected: 1" },
  ];
  for (const { what, token } of answers) {
    test(`the credential answers with ${what}: CREDENTIAL`, async () => {
      const { fetch, exchanges } = observeFetch();
      const { credential } = observeCredential(token);
      const client = connect({ baseUrl: mock.url }, { fetch, credential });
      const error = await refusalOf(client.updateRecordingStatus(String(pathParametersOf(mainOperation).id), { status: "recording" }));
      expect(error).toMatchObject({ code: "CREDENTIAL", retryable: false });
      expect(exchanges).toEqual([]);
    });
  }
});

function goodRequest(operation: SpecOperation): RawRequest {
  const body = operationsWithBody.includes(operation) ? '{"status":"recording"}' : undefined;
  return { method: operation.method, path: pathOf(operation), body };
}

function otherMethods({ path }: SpecOperation): string[] {
  const declared = operations.filter((other) => other.path === path).map(({ method }) => method);
  return ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((method) => !declared.includes(method));
}
