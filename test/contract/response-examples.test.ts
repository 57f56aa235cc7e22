// Every answer that the spec shows for the main operation, as the ergonomic client takes it. Prism's mock serves each one by its name.
import type { AnyRecordingStatusError, OperationFailedError } from "teams-recording-status";
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../support/connect.ts";
import { arrowTo, type ResponseExample, responseExamples } from "../support/examples.ts";
import { type Outcome, outcomeOf } from "../support/expected.ts";
import { observeFetch, preferring } from "../support/observed-fetch.ts";
import { refusalOf } from "../support/refusal.ts";
import { isObject, mainOperation, pathParametersOf } from "../support/spec.ts";

const callId = String(pathParametersOf(mainOperation).id);
const examples = responseExamples.filter(({ operation }) => operation === mainOperation);

let mock: MockGraph;
beforeAll(async () => {
  mock = await startMockGraph();
});
afterAll(() => mock.close());

/** One report that the mock answers with the example. */
function report({ code, name }: ResponseExample) {
  const { fetch, exchanges } = observeFetch(preferring(code, name));
  const answer = connect({ baseUrl: mock.url }, { fetch }).updateRecordingStatus(callId, { status: "recording" });
  return { answer, sentId: () => exchanges[0]?.headers.get("client-request-id"), received: () => exchanges[0]?.answer };
}

describe("the client resolves with the operation as Graph answered", () => {
  for (const { example, outcome } of casesOf("operation")) {
    test(`${mainOperation.title} ${arrowTo(example)}: ${outcome.title}`, async () => {
      const { answer, sentId, received } = report(example);
      expect(await answer).toEqual({ ...outcome.operation, clientRequestId: sentId() });
      expect(received()?.status).toBe(example.code);
    });
  }
});

describe("the client rejects a failed operation inside a 2xx", () => {
  for (const { example, outcome } of casesOf("failed operation")) {
    test(`${mainOperation.title} ${arrowTo(example)}: ${outcome.title}`, async () => {
      const { answer, sentId } = report(example);
      const error = (await refusalOf(answer)) as OperationFailedError;
      const clientRequestId = sentId();
      expect(error).toMatchObject({ code: "OPERATION_FAILED", retryable: false, callId, clientRequestId, hint: expect.any(String) });
      expect(error.operation).toEqual({ ...outcome.operation, clientRequestId });
      const { resultInfo } = outcome.operation;
      for (const detail of Object.entries(isObject(resultInfo) ? resultInfo : {})) {
        if (!detail[0].startsWith("@")) expect(error.message).toContain(String(detail[1]));
      }
    });
  }
});

describe("the client rejects every other answer, and says what it was", () => {
  for (const { example, outcome } of casesOf("refusal")) {
    test(`${mainOperation.title} ${arrowTo(example)}: ${outcome.title}`, async () => {
      const { answer, sentId, received } = report(example);
      const error = await refusalOf(answer);
      expect(error).toMatchObject({ ...outcome.error, callId, clientRequestId: sentId(), date: received()?.headers.get("date") });
      expect(error.message).toContain(`updateRecordingStatus(recording) failed: ${example.code}`);
      expectHint(error, outcome.hint);
    });
  }
});

/** A known communications code comes with what to do, in the hint and at the end of the message. */
function expectHint({ hint, message }: AnyRecordingStatusError, pattern: RegExp | undefined): void {
  if (pattern === undefined) return;
  expect(hint).toMatch(pattern);
  expect(message.endsWith(` ${hint}`)).toBe(true);
}

function casesOf<K extends Outcome["kind"]>(kind: K) {
  return examples
    .map((example) => ({ example, outcome: outcomeOf(example) }))
    .filter((one): one is { example: ResponseExample; outcome: Extract<Outcome, { kind: K }> } => one.outcome.kind === kind);
}
