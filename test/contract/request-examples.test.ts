// Every request example of the spec: the mock accepts it, and so does the client, which sends it as it stands.
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, token } from "../support/connect.ts";
import { requestExamples } from "../support/examples.ts";
import { observeFetch } from "../support/observed-fetch.ts";
import { send } from "../support/raw-request.ts";
import { mainOperation, pathOf, pathParametersOf, resolve } from "../support/spec.ts";

let mock: MockGraph;
beforeAll(async () => {
  mock = await startMockGraph();
});
afterAll(() => mock.close());

describe("the mock accepts", () => {
  for (const { operation, mediaType, name, value } of requestExamples) {
    test(`${operation.title} ← ${name}`, async () => {
      const { method } = operation;
      const headers = { "content-type": mediaType };
      const answer = await send(mock.url, { method, path: pathOf(operation), body: JSON.stringify(value), headers });
      expect(answer).toMatchObject({ status: 200, violations: [] });
    });
  }
});

describe("the client sends", () => {
  for (const { operation, mediaType, name, value } of requestExamples.filter((example) => example.operation === mainOperation)) {
    test(`${operation.title} ← ${name}`, async () => {
      const { fetch, exchanges } = observeFetch();
      const client = connect({ baseUrl: mock.url }, { fetch });
      await expect(client.updateRecordingStatus(callId(), value as never)).resolves.toMatchObject({ status: "completed" });
      expect(exchanges).toHaveLength(1);
      const [sent] = exchanges;
      expect(sent).toMatchObject({ method: "POST", url: mock.url + pathOf(operation), body: withoutNulls(value), redirect: "manual" });
      expect(Object.keys(resolve(sent?.body)).sort()).toEqual(Object.keys(withoutNulls(value)).sort());
      expect(Object.fromEntries(sent?.headers ?? [])).toMatchObject({
        authorization: `Bearer ${token}`,
        accept: "application/json",
        "content-type": mediaType,
        "client-request-id": expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      });
    });
  }
});

function callId(): string {
  return String(pathParametersOf(mainOperation).id);
}

/** The client treats a null context as left out. */
function withoutNulls(value: unknown): object {
  return Object.fromEntries(Object.entries(value as object).filter(([, field]) => field !== null));
}
