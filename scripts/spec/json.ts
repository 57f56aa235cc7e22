import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject } from "./document.ts";

export type Path = readonly (string | number)[];

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property of the object's own. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The order of keys is free, that of items is not. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  return isDeepStrictEqual(a, b);
}

/** What stands at a path, `undefined` where it ends early. */
export function valueAt(node: Json | undefined, path: Path): Json | undefined {
  let found = node;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as JsonObject)[key];
  }
  return found;
}

/** The keys of a local `$ref`, unescaped (RFC 6901). With a percent escape that is none, it is taken as written, and leads nowhere. */
export function refPath(ref: string): string[] {
  const keys = ref.replace(/^#\//, "").split("/");
  return keys.map((key) => percentDecoded(key).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `#/components/schemas/A`, RFC 6901. */
export function toPointer(path: Path): string {
  return `#${path.map((key) => `/${`${key}`.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")}`;
}

/** Follows a local `$ref`, chains of them included; a ref that leads nowhere or in a circle is left as it is. */
export function resolve(document: JsonObject, node: Json | undefined): Json | undefined {
  let found = node;
  for (let steps = 0; steps < 20 && isObject(found) && typeof found.$ref === "string"; steps++) {
    const target: Json | undefined = valueAt(document, refPath(found.$ref));
    if (target === undefined) return node;
    found = target;
  }
  return found;
}
