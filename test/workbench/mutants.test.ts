// Every constraint is changed, in every way that its keyword allows, and nothing else is.
import { describe, expect, test } from "vitest";
import { constraintsOf } from "../../scripts/judges/facts/constraints.ts";
import { mutantsOf } from "../../scripts/mutate/mutants.ts";
import { type JsonObject, readDocument, readSpecText } from "../../scripts/spec/document.ts";
import { whenAll } from "../support/when-all.ts";

const spec = readDocument(readSpecText());

whenAll(() => {
  test("each constraint that the facts state is changed by some mutant, and each mutant changes something", () => {
    const textOf = (constraints: ReadonlyMap<string, unknown>) =>
      new Map([...constraints].map(([at, value]) => [at, JSON.stringify(value)]));
    const before = textOf(constraintsOf(spec));
    const copy = structuredClone(spec);
    const changed = new Set<string>();
    for (const { path, what, apply } of mutantsOf(spec)) {
      const after = textOf(constraintsOf(apply()));
      const pointers = [...new Set([...before.keys(), ...after.keys()])].filter((pointer) => before.get(pointer) !== after.get(pointer));
      expect(pointers.length, `${path.join(" › ")} ${what} changes no constraint`).toBeGreaterThan(0);
      for (const pointer of pointers) changed.add(pointer);
    }
    expect([...before.keys()].filter((pointer) => !changed.has(pointer))).toEqual([]);
    expect(spec).toEqual(copy);
  });
});

describe("how a keyword is changed", () => {
  const cases: readonly [what: string, document: JsonObject, mutants: readonly string[]][] = [
    [
      "an enum",
      schema({ enum: ["a", "b"] }),
      ["enum dropped", "enum member added", "enum › 0 a dropped", "enum › 0 changed", "enum › 1 b dropped", "enum › 1 changed"],
    ],
    ["a limit", schema({ maxLength: 256 }), ["maxLength dropped", "maxLength → 257", "maxLength → 255"]],
    ["a pattern", schema({ pattern: "^a" }), ["pattern dropped", 'pattern → ".*"', 'pattern → "^mutant$"']],
    ["a format", schema({ format: "uuid" }), ["format dropped", 'format → "date-time"']],
    ["a type", schema({ type: "string" }), ["type dropped", 'type → "integer"', 'type → ["string","null"]']],
    [
      "a type that may be null",
      schema({ type: ["string", "null"] }),
      [
        "type dropped",
        'type → ["integer","null"]',
        "type › 0 string dropped",
        "type › 0 changed",
        "type › 1 null dropped",
        "type › 1 changed",
      ],
    ],
    ["a flag", schema({ additionalProperties: false }), ["additionalProperties dropped", "additionalProperties → true"]],
    [
      "required",
      schema({ required: ["a"], properties: { a: {}, b: {} } }),
      [
        "required dropped",
        "required b added",
        "required › 0 a dropped",
        "required › 0 changed",
        "properties dropped",
        "properties › a dropped",
        "properties › a renamed to aX",
        "properties › b dropped",
        "properties › b renamed to bX",
      ],
    ],
    [
      "alternatives",
      schema({ anyOf: [{ type: "string" }] }),
      [
        "made nullable",
        "anyOf dropped",
        'anyOf › 0 {"type":"string"} dropped',
        "anyOf › 0 › type dropped",
        'anyOf › 0 › type → "integer"',
        'anyOf › 0 › type → ["string","null"]',
      ],
    ],
    ["a keyword that nobody thought of", schema({ "x-new": 7 }), ["x-new dropped", "x-new → 8", "x-new → 6"]],
    ["prose", schema({ description: "Words.", title: "T", $comment: "c" }), []],
  ];
  test.each(cases)("%s", (_, document, expected) => {
    const inside = mutantsOf(document).filter(({ path }) => path.length > 3 || (path.length === 3 && document.components !== undefined));
    const shown = inside.map(({ path, what }) => [...path.slice(3)].concat("").join(" › ").replace(/ › $/, " ") + what);
    expect(shown.filter((line) => line !== "dropped" && line !== "renamed to AX")).toEqual(expected);
  });

  test("a property may be called description, and is no prose", () => {
    const paths = mutantsOf(schema({ properties: { description: { type: "string" } } })).map(({ path }) => path.join("/"));
    expect(paths).toContain("components/schemas/A/properties/description/type");
  });

  test("a $ref leads to the next component, a status becomes the next, an address gets another host", () => {
    const document: JsonObject = {
      servers: [{ url: "https://a.example/v1" }],
      paths: { "/a": { get: { responses: { "404": { $ref: "#/components/responses/A" } } } } },
      components: { responses: { A: {}, B: {} } },
    };
    expect(mutantsOf(document).map(({ path, what }) => `${path.join("/")} ${what}`)).toEqual(
      expect.arrayContaining([
        'servers/0/url → "https://mutant.a.example/v1"',
        "paths//a/get/responses/404 renamed to 405",
        'paths//a/get/responses/404/$ref → "#/components/responses/B"',
        "paths//a renamed to /ax",
      ]),
    );
  });

  test("what YAML writes once and uses twice changes in both places", () => {
    const document = readDocument("components: { headers: { A: &a { required: true }, B: *a } }");
    const mutant = mutantsOf(document).find(({ what }) => what === "→ false");
    expect(mutant?.apply()).toEqual({ components: { headers: { A: { required: false }, B: { required: false } } } });
  });
});

function schema(A: JsonObject): JsonObject {
  return { components: { schemas: { A } } };
}
