// Every way in which a body can break the request's schema. The mock refuses each with 400 and names the place; the client refuses each before
// anything is sent.
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accepted, violations } from "../../scripts/judges/cases/body-cases.ts";
import { connect, observeCredential } from "../support/connect.ts";
import { observeFetch } from "../support/observed-fetch.ts";
import { send } from "../support/raw-request.ts";
import { refusalOf } from "../support/refusal.ts";
import { mainOperation, operationsWithBody, pathOf, pathParametersOf, resolve } from "../support/spec.ts";

const callId = String(pathParametersOf(mainOperation).id);

let mock: MockGraph;
beforeAll(async () => {
  mock = await startMockGraph();
});
afterAll(() => mock.close());

for (const operation of operationsWithBody) {
  describe(`the mock refuses ${operation.title}, with`, () => {
    for (const { what, body, violation } of violations) {
      test(`${what}: 400, ${violation}`, async () => {
        const answer = await send(mock.url, { method: operation.method, path: pathOf(operation), body: JSON.stringify(body) });
        expect(answer.status).toBe(400);
        expect(answer.violations).toContain(violation);
      });
    }
  });

  describe(`the mock accepts ${operation.title}, with`, () => {
    for (const { what, body } of accepted) {
      test(what, async () => {
        const answer = await send(mock.url, { method: operation.method, path: pathOf(operation), body: JSON.stringify(body) });
        expect(answer).toMatchObject({ status: 200, violations: [] });
      });
    }
  });
}

describe("the client refuses before it asks for a token or sends anything", () => {
  for (const { what, body, names } of violations) {
    test(`${what}: BAD_INPUT`, async () => {
      const { fetch, exchanges } = observeFetch();
      const { credential, asked } = observeCredential();
      const client = connect({ baseUrl: mock.url }, { fetch, credential });
      const error = await refusalOf(client.updateRecordingStatus(callId, body as never));
      expect(error).toMatchObject({ code: "BAD_INPUT", retryable: false, callId, message: expect.stringContaining(names) });
      expect({ exchanges, asked }).toEqual({ exchanges: [], asked: [] });
    });
  }
});

describe("the client sends, and the mock accepts", () => {
  for (const { what, body } of accepted) {
    test(what, async () => {
      const { fetch, exchanges } = observeFetch();
      const operation = await connect({ baseUrl: mock.url }, { fetch }).updateRecordingStatus(callId, body as never);
      expect(operation.status).toBe("completed");
      expect(resolve(exchanges[0]?.body)).toEqual(body);
    });
  }
});
