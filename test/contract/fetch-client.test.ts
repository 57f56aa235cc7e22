// The policy-free fetch client of "teams-recording-status/client": every answer of every operation arrives as the spec shows it, undecided.
import { createFetchClient } from "teams-recording-status/client";
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, token } from "../support/connect.ts";
import { arrowTo, type ResponseExample, requestExamples, responseExamples } from "../support/examples.ts";
import { preference } from "../support/observed-fetch.ts";
import { answerLimitMs } from "../support/raw-request.ts";
import { operations, pathOf, pathParametersOf, type SpecOperation } from "../support/spec.ts";

/** The functions by the names in the spec: the walk knows no types. */
type Functions = { readonly [operationId: string]: (init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }> };

let mock: MockGraph;
beforeAll(async () => {
  mock = await startMockGraph();
});
afterAll(() => mock.close());

test("there is one function for each operation, and no other", () => {
  expect(Object.keys(createFetchClient()).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
});

test("the deprecated operation is in the fetch client only", () => {
  expect(createFetchClient()).toHaveProperty("updateRecordingStatusOnApp");
  expect(connect({ baseUrl: mock.url })).not.toHaveProperty("updateRecordingStatusOnApp");
});

for (const operation of operations) {
  test(`${operation.operationId} sends ${operation.title}`, async () => {
    const { sent } = await call(operation);
    expect(`${sent?.method} ${sent?.url}`).toBe(`${operation.method} ${mock.url}${pathOf(operation)}`);
  });
}

for (const example of responseExamples) {
  const { operation, code, value } = example;
  const ok = code >= 200 && code <= 299;
  test(`${operation.title} ${arrowTo(example)}: ${ok ? "data" : "error"} as in the spec`, async () => {
    const { data, error, response } = await call(operation, example);
    expect(response.status).toBe(code);
    expect(Object.fromEntries(response.headers)).toMatchObject(example.headers);
    expect({ data, error }).toEqual(ok ? { data: value, error: undefined } : { data: undefined, error: value });
  });
}

async function call(operation: SpecOperation, example?: ResponseExample) {
  let sent: Request | undefined;
  const client = createFetchClient({
    baseUrl: mock.url,
    fetch: (request) => {
      sent = request;
      return fetch(request);
    },
  }) as unknown as Functions;
  const body = requestExamples.find((one) => one.operation === operation)?.value;
  const answer = await client[operation.operationId]?.({
    params: { path: pathParametersOf(operation) },
    headers: { authorization: `Bearer ${token}`, ...(example && { prefer: preference(example.code, example.name) }) },
    signal: AbortSignal.timeout(answerLimitMs),
    ...(body === undefined ? {} : { body }),
  });
  if (answer === undefined) throw new Error(`The fetch client has no ${operation.operationId}.`);
  return { ...answer, sent };
}
