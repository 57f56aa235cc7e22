// Every constraint in the spec is stated a second time in the facts-*.ts files here, by hand and with its source. So an edit of the
// spec fails by name, also after `npm run generate` has carried it everywhere else.
import { expect, test } from "vitest";
import { compareWithFacts } from "./compare.ts";
import { constraintsOf } from "./constraints.ts";
import { collect } from "./fact.ts";
import { documentFacts } from "./facts-document.ts";
import { exampleFacts } from "./facts-examples.ts";
import { operationFacts } from "./facts-operations.ts";
import { responseFacts } from "./facts-responses.ts";
import { schemaFacts } from "./facts-schemas.ts";
import { spec } from "./read-spec.ts";

const facts = collect(documentFacts, operationFacts, responseFacts, schemaFacts, exampleFacts);
const constraints = constraintsOf(spec);
const messages = compareWithFacts(constraints, facts);

for (const pointer of new Set([...facts.keys(), ...constraints.keys()])) {
  test(pointer, () => {
    const message = messages.get(pointer);
    if (message !== undefined) throw disagreement(message, facts.get(pointer)?.statedAt);
  });
}

/** Where a fact is stated is all that the report shows: the line to look at is there, not in this file. */
function disagreement(message: string, statedAt = ""): Error {
  const error = new Error(message);
  error.stack = statedAt === "" ? "" : `Error: ${message}\n${statedAt}`;
  return error;
}

test("the comparison sees a changed, a lost and a new constraint", () => {
  const edited = { components: { schemas: { A: { type: "string", maxLength: 255, minLength: 1 } } } };
  const stated = collect({
    "schema A: type": { value: "string", source: "docs", statedAt: "" },
    "schema A: maxLength": { value: 256, source: "docs", statedAt: "" },
    "schema A: pattern": { value: "^a", source: "docs", statedAt: "" },
  });
  expect([...compareWithFacts(constraintsOf(edited), stated).values()]).toEqual([
    "schema A: maxLength is 255 in openapi/recording-status.yaml, but the fact is 256 (docs). If the fact itself changed, change test/facts too.",
    'schema A: pattern is gone from openapi/recording-status.yaml, but the fact is "^a" (docs). If the fact itself changed, change test/facts too.',
    "schema A: minLength is new in openapi/recording-status.yaml (1): state it in test/facts with its source, or take it out of the spec.",
  ]);
});
