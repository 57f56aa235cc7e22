// The contract tests find their cases by walking the spec. A walk that finds too little would make them pass by testing nothing: not here.

import { describe, expect, test } from "vitest";
import { reportable } from "../../scripts/judges/cases/body-cases.ts";
import { headerExamples, requestExamples, responseExamples, responsesOf } from "../support/examples.ts";
import {
  cloudServers,
  document,
  lookUp,
  mainOperation,
  operations,
  operationsWithBody,
  resolve,
  unsupportedClouds,
} from "../support/spec.ts";

test("the walk finds the three operations, by method and path", () => {
  expect(operations.map(({ operationId, title }) => `${operationId}: ${title}`)).toEqual([
    "updateRecordingStatus: POST /communications/calls/{id}/updateRecordingStatus",
    "updateRecordingStatusOnApp: POST /app/calls/{id}/updateRecordingStatus",
    "getCallOperation: GET /communications/calls/{id}/operations/{operationId}",
  ]);
});

test("the walk finds cases of each kind", () => {
  expect(requestExamples.length).toBeGreaterThanOrEqual(12);
  expect(responseExamples.length).toBeGreaterThanOrEqual(50);
  expect(headerExamples.filter(({ first }) => !first).length).toBeGreaterThanOrEqual(9);
  expect(cloudServers().length).toBeGreaterThanOrEqual(4);
  expect(unsupportedClouds().length).toBeGreaterThanOrEqual(1);
});

for (const operation of operations) {
  describe(operation.title, () => {
    test("has a request example for each status that can be reported, if it takes a body", () => {
      const statuses = requestExamples.filter((example) => example.operation === operation).map(({ value }) => resolve(value).status);
      const expected = operationsWithBody.includes(operation) ? reportable : [];
      expect([...new Set(statuses)].sort()).toEqual(expected);
    });

    for (const { status, code } of responsesOf(operation)) {
      test(`has an example of its answer ${status}`, () => {
        expect(code).toBeGreaterThanOrEqual(200);
        expect(responseExamples.filter((example) => example.operation === operation && example.status === status)).not.toEqual([]);
      });
    }

    test("declares what can happen: success, each refusal that the client tells apart, and anything else", () => {
      const declared = responsesOf(operation).map(({ status }) => status);
      expect(declared).toEqual(expect.arrayContaining(["200", "400", "401", "403", "404", "429", "500", "502", "503", "504", "default"]));
    });
  });
}

test("a name stands once beside each answer: Prism picks an example by its name", () => {
  const names = responseExamples.map(({ operation, status, name }) => `${operation.title} ${status} ${name}`);
  expect(new Set(names).size).toBe(names.length);
});

test("every example in components belongs to a case or to the webhook, which Prism ignores", () => {
  const values = new Set<unknown>([...requestExamples, ...responseExamples].map(({ value }) => value));
  const webhook = JSON.stringify(resolve(document.webhooks));
  const unused = Object.entries(resolve(lookUp("components", "examples"))).filter(
    ([name, example]) => !values.has(resolve(example).value) && !webhook.includes(`"#/components/examples/${name}"`),
  );
  expect(unused.map(([name]) => name)).toEqual([]);
});

test("the main operation's examples show both forms of a communications code, and both spellings of a status", () => {
  const bodies = responseExamples.filter(({ operation }) => operation === mainOperation).map(({ value }) => resolve(value));
  const codes = bodies.map(({ error }) => String(resolve(error).code));
  expect(codes).toEqual(expect.arrayContaining([expect.stringMatching(/^\d+$/), "UnknownError"]));
  expect(bodies.map(({ status }) => status)).toEqual(expect.arrayContaining(["completed", "Completed", "running", "failed", null]));
});
