import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, same } from "../../spec/json.ts";
import { effectOf } from "./effect.ts";

/** One schema that says what all of these say together; `undefined` where they cannot be written as one. */
export function merged(parts: readonly JsonObject[]): JsonObject | undefined {
  if (!mayShareNames(parts)) return undefined;
  const all: JsonObject = {};
  for (const part of parts) {
    for (const [keyword, value] of Object.entries(part)) {
      const joined = all[keyword] === undefined ? value : both(keyword, all[keyword], value);
      if (joined === undefined) return undefined;
      all[keyword] = joined;
    }
  }
  return all;
}

function both(keyword: string, a: Json, b: Json): Json | undefined {
  if (same(a, b)) return a;
  if (keyword === "required") return [...new Set([a, b].flat())];
  if (keyword === "properties" && isObject(a) && isObject(b)) return joinedProperties(a, b);
  if (keyword === "additionalProperties") return a === true ? b : b === true ? a : undefined;
  const effect = effectOf(keyword, { [keyword]: a }, { [keyword]: b });
  return effect === "narrower" ? b : effect === "wider" ? a : undefined;
}

function joinedProperties(a: JsonObject, b: JsonObject): JsonObject {
  const joined = { ...a, ...b };
  for (const name of Object.keys(a)) if (Object.hasOwn(b, name)) joined[name] = { allOf: [a[name] as Json, b[name] as Json] };
  return joined;
}

/** What a part says about other names counts its own ones only: joined to others it would say less. */
function mayShareNames(parts: readonly JsonObject[]): boolean {
  const names = (part: JsonObject) => (isObject(part.properties) ? Object.keys(part.properties) : []);
  const isOpen = ({ additionalProperties, patternProperties }: JsonObject) =>
    (additionalProperties === undefined || additionalProperties === true) && patternProperties === undefined;
  const every = new Set(parts.flatMap(names));
  return parts.every((part) => isOpen(part) || names(part).length === every.size);
}
