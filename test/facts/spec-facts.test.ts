// Every constraint in the spec is stated a second time in the facts-*.ts files here, by hand and with its source. So an edit of the
// spec fails by name, also after `npm run generate` has carried it everywhere else.
import { expect, test } from "vitest";
import { facts } from "../../scripts/judges/facts/all-facts.ts";
import { compareWithFacts } from "../../scripts/judges/facts/compare.ts";
import { constraintsOf } from "../../scripts/judges/facts/constraints.ts";
import { collect } from "../../scripts/judges/facts/fact.ts";
import { spec } from "./read-spec.ts";

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

test("the comparison sees a changed, a lost and a new constraint, and says at which line to state what", () => {
  const edited = { components: { schemas: { A: { type: "string", maxLength: 255, minLength: 1 }, Z: { type: "string" } } } };
  const at = (line: number) => `    at file:///elsewhere/scripts/judges/facts/facts-schemas.ts:${line}:51`;
  const stated = collect({
    "schema A: type": { value: "string", source: "docs", statedAt: at(6) },
    "schema A: maxLength": { value: 256, source: "docs", statedAt: at(7) },
    "schema A: pattern": { value: "^a", source: "docs", statedAt: at(8) },
    "schema Z: type": { value: "string", source: "docs", statedAt: at(9) },
  });
  expect([...compareWithFacts(constraintsOf(edited), stated).values()]).toEqual([
    "schema A: maxLength is 255 in openapi/recording-status.yaml, but the fact is 256 (docs). If the fact itself changed, change it at scripts/judges/facts/facts-schemas.ts:7 too.",
    'schema A: pattern is gone from openapi/recording-status.yaml, but the fact is "^a" (docs). If the fact itself changed, change it at scripts/judges/facts/facts-schemas.ts:8 too.',
    'schema A: minLength is new in openapi/recording-status.yaml (1): state it near scripts/judges/facts/facts-schemas.ts:7, "schema A: minLength": fact(1, "<its source>"), or take it out of the spec.',
  ]);
});

test("a new example is no new fact, unless the mock would send it unasked; a changed or lost one is", () => {
  const stated = collect({
    "response A: application/json: examples": { value: ["one", "two"], source: "docs", statedAt: "" },
    "response A: application/json: example one": { value: 1, source: "docs", statedAt: "" },
    "response A: application/json: example two": { value: 2, source: "docs", statedAt: "" },
  });
  const wrong = (values: Record<string, number>) => {
    const examples = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
    const edited = { components: { responses: { A: { content: { "application/json": { examples } } } } } };
    return [...compareWithFacts(constraintsOf(edited), stated).keys()];
  };
  expect(wrong({ one: 1, two: 2, three: 3 })).toEqual([]);
  expect(wrong({ one: 1, half: 0.5, two: 2 })).toEqual([]);
  expect(wrong({ zero: 0, one: 1, two: 2 })).toEqual(["response A: application/json: examples"]);
  expect(wrong({ two: 2, one: 1 })).toEqual(["response A: application/json: examples"]);
  expect(wrong({ one: 1, two: 3 })).toEqual(["response A: application/json: example two"]);
  expect(wrong({ one: 1 })).toEqual(["response A: application/json: examples", "response A: application/json: example two"]);
});

test("a shared example must be stated when a stated answer refers to it: the mock must send it", () => {
  const reference = "#/components/examples/demanded";
  const stated = collect({ "response A: application/json: example one": { value: reference, source: "docs", statedAt: "" } });
  const content = { "application/json": { examples: { one: { $ref: reference } } } };
  const examples = { demanded: { value: { a: 1 } }, another: { value: 2 } };
  const messages = compareWithFacts(constraintsOf({ components: { responses: { A: { content } }, examples } }), stated);
  expect(messages.get("example demanded")).toContain(
    'state it near scripts/judges/facts, "example demanded": fact({"a":1}, "<its source>"),',
  );
  expect(messages.get("example another")).toBeUndefined();
});
