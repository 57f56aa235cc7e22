import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, type Path, valueAt } from "../../spec/json.ts";

/** A place of the spec that does not fit another one, and what to write there. */
export type Breach = { readonly at: Path; readonly cure: string };

export function members(document: JsonObject, path: Path): [string, Json][] {
  return Object.entries(object(valueAt(document, path)));
}

export function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
