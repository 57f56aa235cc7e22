// Edits of a document, made by rule: every keyword of every schema taken out, loosened, tightened and put in; every other key taken out or
// changed; every list shortened and turned round.
import type { Json, JsonObject } from "../../scripts/spec/document.ts";
import { type Kind, kindBelow, prose } from "../../scripts/spec/kinds.ts";
import { isObject } from "./oracle-atoms.ts";

export type GeneratedEdit = { readonly what: string; readonly document: JsonObject };
type Path = readonly (string | number)[];

/** What can be put into a schema: one that loosens nothing, and several that tighten. */
const additions: readonly [keyword: string, value: Json][] = [
  ["type", "string"],
  ["type", ["string", "null"]],
  ["type", "integer"],
  ["enum", ["zzz", "a"]],
  ["const", "zzz"],
  ["minLength", 0],
  ["minLength", 30],
  ["maxLength", 300],
  ["maxLength", 3],
  ["pattern", "^z"],
  ["format", "uuid"],
  ["minimum", 1],
  ["maximum", 1],
  ["exclusiveMinimum", 0],
  ["exclusiveMaximum", 2],
  ["multipleOf", 1],
  ["multipleOf", 2],
  ["minItems", 0],
  ["minItems", 2],
  ["maxItems", 1],
  ["uniqueItems", true],
  ["uniqueItems", false],
  ["items", { type: "string" }],
  ["items", {}],
  ["contains", { type: "string" }],
  ["prefixItems", [{ type: "string" }]],
  ["minProperties", 0],
  ["minProperties", 3],
  ["maxProperties", 2],
  ["required", ["zzz"]],
  ["required", []],
  ["additionalProperties", true],
  ["additionalProperties", false],
  ["additionalProperties", { type: "string" }],
  ["propertyNames", { maxLength: 6 }],
  ["patternProperties", { "^z": { type: "integer" } }],
  ["dependentRequired", { zzz: ["id"] }],
  ["unevaluatedProperties", true],
  ["allOf", [{}]],
  ["allOf", [{ maxLength: 3 }]],
  ["anyOf", [{ type: "string" }, {}]],
  ["anyOf", [{ type: "string" }]],
  ["oneOf", [{ type: "string" }, { type: "null" }]],
  ["not", { const: "zzz" }],
  ["not", {}],
  ["nullable", true],
  ["deprecated", true],
  ["deprecated", false],
  ["default", "a"],
  ["readOnly", true],
  ["writeOnly", true],
  ["title", "A"],
  ["$comment", "A"],
  ["x-note", 1],
  ["example", "a"],
  ["examples", ["a"]],
];

export function* generateEdits(document: JsonObject): Generator<GeneratedEdit> {
  yield* below(document, [], "document");

  function* below(node: Json, path: Path, kind: Kind): Generator<GeneratedEdit> {
    if (kind === "value" || kind === "map:example" || typeof node !== "object" || node === null) return;
    if (kind === "schema" && isObject(node)) yield* schemaEdits(node, path);
    yield* Array.isArray(node) ? listEdits(node, path) : keyEdits(node, path, kind);
    for (const [key, value] of Array.isArray(node) ? node.entries() : Object.entries(node))
      yield* below(value, [...path, key], kindBelow(kind, key));
  }

  function* schemaEdits(node: JsonObject, path: Path): Generator<GeneratedEdit> {
    for (const [keyword, value] of additions)
      if (!Object.hasOwn(node, keyword) && !isHardToMeet(node, keyword))
        yield edited(path, { ...node, [keyword]: value }, `${keyword} ${JSON.stringify(value)} added`);
    const { description, ...rest } = node;
    for (const combinator of ["allOf", "anyOf", "oneOf"])
      yield edited(path, { ...(description === undefined ? {} : { description }), [combinator]: [rest] }, `wrapped in ${combinator}`);
    yield edited(path, { anyOf: [node, { type: "null" }] }, "null allowed beside it");
    yield edited(path, {}, "emptied");
    if (isObject(node.properties)) {
      yield edited(path, { ...node, properties: { ...node.properties, zzz: { type: "integer" } } }, "a property added");
      yield edited(
        path,
        { ...node, required: [...[node.required ?? []].flat(), "zzz"], properties: { ...node.properties, zzz: { type: "integer" } } },
        "a required property added",
      );
      for (const name of Object.keys(node.properties)) yield edited(path, renamed(node, name), `${name} renamed`);
    }
  }

  function* keyEdits(node: JsonObject, path: Path, kind: Kind): Generator<GeneratedEdit> {
    for (const [key, value] of Object.entries(node)) {
      const { [key]: _, ...rest } = node;
      yield edited(path, rest, `${key} taken out`);
      for (const other of changesOf(key, value)) yield edited([...path, key], other, `${key} is ${JSON.stringify(other).slice(0, 60)}`);
      if (kind.startsWith("map:")) yield edited(path, { ...rest, [kind === "map:response" ? "418" : `${key}-2`]: value }, `${key} renamed`);
      if (prose(kind, key)) yield edited([...path, key], "Other words.", `${key} in other words`);
    }
    if (["operation", "response", "parameter", "header", "securityScheme", "server"].includes(kind))
      yield edited(path, { ...node, "x-note": 1 }, "x-note added");
  }

  function* listEdits(node: readonly Json[], path: Path): Generator<GeneratedEdit> {
    for (const index of node.keys()) yield edited(path, node.toSpliced(index, 1), `${index} taken out`);
    if (node.length > 1) yield edited(path, node.toReversed(), "turned round");
    if (path.at(-1) !== "type" && path.at(-1) !== "enum") yield edited(path, [], "emptied");
    if (path.at(-1) !== "type" && node.every((member) => typeof member === "string"))
      yield edited(path, [...node, "zzz"], "a member added");
    if (path.at(-1) === "security") {
      yield edited(path, [...node, {}], "no token will do");
      yield edited(
        path,
        [
          Object.assign({}, ...node, {
            graphApplication: node.flatMap((one) => (isObject(one) ? [one.graphApplication ?? []].flat() : [])),
          }),
        ],
        "joined",
      );
    }
  }

  function edited(path: Path, value: Json, what: string): GeneratedEdit {
    return { what: `${path.join("/")}: ${what}`, document: put(document, path, value) as JsonObject };
  }
}

/** Beside a format or a pattern no value may be at hand that shows what another keyword does. */
function isHardToMeet(node: JsonObject, keyword: string): boolean {
  return (node.format !== undefined || node.pattern !== undefined) && ["minLength", "maxLength", "not", "allOf"].includes(keyword);
}

function changesOf(key: string, value: Json): Json[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value - 1, value + 1, 0];
  if (key === "type")
    return ["string", "integer", "object", "null", ["string", "null"], [value].flat()].filter(
      (one) => JSON.stringify(one) !== JSON.stringify(value),
    );
  if (typeof value === "string" && key !== "$ref" && key !== "description" && key !== "summary") return [`${value}x`];
  return [];
}

function renamed(node: JsonObject, name: string): JsonObject {
  const entries = Object.entries(node.properties as JsonObject).map(([one, value]): [string, Json] => [one === name ? "zzz" : one, value]);
  const required = Array.isArray(node.required) ? { required: node.required.map((one) => (one === name ? "zzz" : one)) } : {};
  return { ...node, ...required, properties: Object.fromEntries(entries) };
}

/** A copy with another value at a path; the rest is shared. */
function put(node: Json, path: Path, value: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(node)) return node.with(key as number, put(node[key as number] as Json, rest, value));
  return { ...(node as JsonObject), [key]: put((node as JsonObject)[key] as Json, rest, value) };
}
