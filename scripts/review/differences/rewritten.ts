import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, resolve } from "../../spec/json.ts";
import { effectBetween } from "../schemas/within.ts";
import type { Place, Walk } from "./difference.ts";
import { renamesOf } from "./renames.ts";

/** Two references to different schemas, or one of the two: a word on what they lead to as a whole, where that can be proved. */
export function isRewrittenReference({ base, revision }: Walk, a: Json, b: Json): boolean {
  const effect = effectBetween(base, a, revision, b);
  return effect === "none" || (isReference(a) && isReference(b) && effect !== "unclear");
}

/** Schemas that are built in different ways: their keywords cannot be compared one by one. Whether they were. */
export function compareRewritten(walk: Walk, a: Json, b: Json, { path, holder }: Place): boolean {
  if (isObject(a) && isObject(b) && combinators.every((keyword) => Object.hasOwn(a, keyword) === Object.hasOwn(b, keyword))) return false;
  walk.add({ path, holder, change: "rewritten", base: a, revision: b });
  walk.compare(annotationsOf(a), annotationsOf(b), { path, kind: "schema", holder });
  return true;
}

const combinators = ["anyOf", "oneOf", "allOf"];

/** What stands beside the constraints of a schema: it is compared in any case. */
function annotationsOf(schema: Json): JsonObject {
  const names = ["default", "deprecated", "readOnly", "writeOnly", "description", "title"];
  return Object.fromEntries(Object.entries(isObject(schema) ? schema : {}).filter(([key]) => names.includes(key) || key.startsWith("x-")));
}

/** What a reference leads to, with what stands beside it. */
export function withSiblings(document: JsonObject, node: Json): Json | undefined {
  const target = resolve(document, node);
  return isReference(node) && isObject(target) && target !== node ? { ...target, ...withoutRef(node) } : target;
}

export function isReference(node: Json): node is JsonObject & { $ref: string } {
  return isObject(node) && typeof node.$ref === "string";
}

export function withoutRef({ $ref: _, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** What the base demands, by the names that its properties have now. */
export function withNewNames({ required, properties: before }: JsonObject, { properties: after }: JsonObject): Json | undefined {
  if (!Array.isArray(required) || !isObject(before) || !isObject(after)) return required;
  const newNames = new Map([...renamesOf("map:schema", before, after)].map(([name, old]) => [old, name]));
  return required.map((name) => newNames.get(`${name}`) ?? name);
}
