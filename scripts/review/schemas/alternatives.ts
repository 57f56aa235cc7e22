import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, resolve } from "../../spec/json.ts";
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

/** A schema without annotations, its `$ref` followed; what says nothing is `true`. */
export function constraintsIn(document: JsonObject, node: Json): boolean | JsonObject {
  const target = resolve(document, node);
  if (!isObject(target)) return target !== false;
  const { $ref, ...siblings } = isObject(node) ? node : {};
  const all = $ref === undefined || target === node ? target : { ...target, ...siblings };
  const kept = Object.entries(all).filter(([key]) => !annotations.includes(key) && !key.startsWith("x-"));
  return kept.length === 0 ? true : Object.fromEntries(kept);
}

/** The alternatives of a schema, each without alternatives of its own. Together they let at least as much pass as the schema does. */
export function alternatives(document: JsonObject, schema: JsonObject, depth = 0): JsonObject[] {
  const { allOf, anyOf, oneOf, enum: members, type } = schema;
  const joined = (whole: JsonObject, parts: (boolean | JsonObject)[]) => {
    if (parts.includes(false) || depth > 8) return parts.includes(false) ? [] : [whole];
    return alternatives(document, merged([whole, ...parts.filter((part) => part !== true).filter(isObject)]) ?? whole, depth + 1);
  };
  const inner = (list: Json[]) => list.map((member) => constraintsIn(document, member));
  if (Array.isArray(allOf)) return joined(without(schema, "allOf"), inner(allOf));
  if (Array.isArray(anyOf)) return inner(anyOf).flatMap((part) => joined(without(schema, "anyOf"), [part]));
  if (Array.isArray(oneOf)) return inner(oneOf).flatMap((part) => joined(without(schema, "oneOf"), [part]));
  if (Array.isArray(members) && schema.const === undefined) return members.map((member) => ({ ...without(schema, "enum"), const: member }));
  if (Array.isArray(type)) return type.map((one) => ({ ...schema, type: one }));
  return [schema];
}

export function without({ ...schema }: JsonObject, ...keywords: readonly string[]): JsonObject {
  for (const keyword of keywords) delete schema[keyword];
  return schema;
}
