import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, resolve } from "../../spec/json.ts";
import { overlap, typesOf } from "./applies.ts";
import { merged } from "./merged.ts";

/** What says nothing about the values that fit. */
const annotations = [
  ...[
    "title",
    "description",
    "$comment",
    "example",
    "examples",
    "default",
    "deprecated",
    "externalDocs",
    "summary",
    "xml",
    "discriminator",
  ],
  ...["$defs", "$id", "$anchor", "$schema", "readOnly", "writeOnly", "nullable"],
];

/** A schema without annotations, its `$ref` followed; what says nothing is `true`. What stands beside a `$ref` counts as well as what it leads to. */
export function constraintsIn(document: JsonObject, node: Json): boolean | JsonObject {
  const target = resolve(document, node);
  if (!isObject(target)) return target !== false;
  const constraints = plain(target);
  if (!isObject(node) || target === node) return constraints;
  const siblings = plain(node, "$ref");
  if (siblings === true || constraints === true) return siblings === true ? constraints : siblings;
  return { allOf: [constraints, siblings] };
}

function plain(schema: JsonObject, ...but: readonly string[]): true | JsonObject {
  const silent = [...annotations, ...but];
  const kept = Object.entries(leftOver(schema)).filter(([key]) => !silent.includes(key) && !key.startsWith("x-"));
  return kept.length === 0 ? true : Object.fromEntries(kept);
}

/** The alternatives of a schema, each without alternatives of its own. Together they let at least as much pass as the schema does. */
export function alternatives(document: JsonObject, schema: JsonObject, depth = 0): JsonObject[] {
  // Whoever nests deeper is taken as it is: that lets more pass, which proves less.
  if (depth > 8) return [without(schema, "allOf", "anyOf", "oneOf")];
  const of = (part: JsonObject) => alternatives(document, part, depth + 1);
  const inner = (list: Json[]) => list.map((member) => constraintsIn(document, member)).filter((part) => part !== false);
  const { allOf, anyOf, oneOf, enum: members, type } = schema;
  if (Array.isArray(allOf)) {
    if (allOf.some((member) => constraintsIn(document, member) === false)) return [];
    return inner(allOf).reduce<JsonObject[]>(
      (cases, part) => (part === true ? cases : together(cases, of(part))),
      of(without(schema, "allOf")),
    );
  }
  for (const [keyword, list] of [
    ["anyOf", anyOf],
    ["oneOf", oneOf],
  ] as const) {
    if (!Array.isArray(list)) continue;
    const rest = of(without(schema, keyword));
    return inner(list).flatMap((part) => (part === true ? rest : together(rest, of(part))));
  }
  if (Array.isArray(members) && schema.const === undefined) return members.map((member) => ({ ...without(schema, "enum"), const: member }));
  return Array.isArray(type) ? type.map((one) => ({ ...schema, type: one })) : [schema];
}

/** What fits one of the first and one of the second. */
function together(some: readonly JsonObject[], others: readonly JsonObject[]): JsonObject[] {
  return some.flatMap((one) => others.filter((other) => overlap(typesOf(one), typesOf(other))).map((other) => merged([one, other]) ?? one));
}

/** What evaluates properties or items beside those that the schema names itself. */
const evaluating = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "contains"];

/** Where nothing else evaluates anything, what is not evaluated is what the schema does not name: the other keyword says so, and wins if it is there. */
function leftOver(schema: JsonObject): JsonObject {
  const { unevaluatedProperties: properties, unevaluatedItems: items, ...rest } = schema;
  if ((properties === undefined && items === undefined) || evaluating.some((keyword) => rest[keyword] !== undefined)) return schema;
  return {
    ...(properties === undefined ? {} : { additionalProperties: properties }),
    ...(items === undefined ? {} : { items }),
    ...rest,
  };
}

export function without({ ...schema }: JsonObject, ...keywords: readonly string[]): JsonObject {
  for (const keyword of keywords) delete schema[keyword];
  return schema;
}
