// Header examples. Prism's mock sends the first example of a header, whatever the name in `Prefer`: the claims challenge in WWW-Authenticate
// and the date form of Retry-After never come from it. So an upstream sends them, through Prism's validating proxy.
import { type MockGraph, startMockGraph } from "teams-recording-status/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonAnswer } from "../../scripts/judges/cases/answer-case.ts";
import { connect } from "../support/connect.ts";
import { arrowTo, type HeaderExample, headerExamples, type ResponseExample, responseExamples, responsesOf } from "../support/examples.ts";
import { outcomeOf } from "../support/expected.ts";
import { observeFetch } from "../support/observed-fetch.ts";
import { type RawRequest, send } from "../support/raw-request.ts";
import { refusalOf } from "../support/refusal.ts";
import { mainOperation, operations, pathOf, pathParametersOf, type SpecOperation } from "../support/spec.ts";
import { startUpstream, type Upstream } from "../support/upstream.ts";

let upstream: Upstream;
let proxy: MockGraph;
beforeAll(async () => {
  upstream = await startUpstream();
  proxy = await startMockGraph({ upstream: upstream.url });
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

const secondExamples = headerExamples.filter(({ first }) => !first);

describe("the header examples pass the proxy, all first ones together", () => {
  for (const operation of operations) {
    for (const { status, code } of responsesOf(operation)) {
      test(`${operation.title} → ${status}`, () => expectToPass(exampleOf(operation, status), code));
    }
  }
});

describe("the header examples pass the proxy, each further one in its turn", () => {
  for (const example of secondExamples) {
    test(`${example.operation.title} ${arrowTo(example)} of ${example.header}`, () => expectToPass(answerWith(example), example.code));
  }
});

describe("the client gives the right error, each further one in its turn", () => {
  for (const example of secondExamples.filter(({ operation }) => operation === mainOperation)) {
    const answer = answerWith(example);
    const outcome = outcomeOf(answer);
    test(`${mainOperation.title} ${arrowTo(example)} of ${example.header}: ${outcome.title}`, async () => {
      script(answer);
      const { fetch, exchanges } = observeFetch();
      const client = connect({ baseUrl: proxy.url }, { fetch });
      const error = await refusalOf(client.updateRecordingStatus(String(pathParametersOf(mainOperation).id), { status: "recording" }));
      expect(error).toMatchObject(outcome.kind === "refusal" ? outcome.error : { code: "a refusal" });
      // The header did reach the client: without this line the test would prove nothing about it.
      expect(exchanges[0]?.answer?.headers.get(example.header)).toBe(example.value);
    });
  }
});

async function expectToPass(answer: ResponseExample, code: number): Promise<void> {
  script(answer);
  const received = await send(proxy.url, requestOf(answer.operation));
  expect(received).toMatchObject({ status: code, violations: [] });
  expect(Object.fromEntries(received.headers)).toMatchObject(answer.headers);
}

function script({ code, value, headers }: ResponseExample): void {
  upstream.script = jsonAnswer(code, value, headers);
}

/** The first body example of the same answer, with one header exchanged. */
function answerWith({ operation, status, header, value }: HeaderExample): ResponseExample {
  const answer = exampleOf(operation, status);
  return { ...answer, headers: { ...answer.headers, [header.toLowerCase()]: value } };
}

function exampleOf(operation: SpecOperation, status: string): ResponseExample {
  const found = responseExamples.find((example) => example.operation === operation && example.status === status);
  if (found === undefined) throw new Error(`${operation.title} → ${status} has no example.`);
  return found;
}

function requestOf(operation: SpecOperation): RawRequest {
  const body = operation.node.requestBody === undefined ? undefined : '{"status":"recording"}';
  return { method: operation.method, path: pathOf(operation), body };
}
