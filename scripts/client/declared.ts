import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, resolve } from "../spec/json.ts";

/** Whether a schema names a property: a path of names, `*` for the members of a list. What it merely allows, it does not name. */
export function declares(document: JsonObject, node: Json | undefined, path: readonly string[]): boolean {
  return path.length === 0 || schemasAt(document, node, path).length > 0;
}

/** The properties that a schema names at a path. */
export function namesAt(document: JsonObject, node: Json | undefined, path: readonly string[]): string[] {
  const schemas = schemasAt(document, node, path).flatMap((schema) => alternatives(document, schema));
  return schemas.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : []));
}

function schemasAt(document: JsonObject, node: Json | undefined, [key, ...rest]: readonly string[]): JsonObject[] {
  return alternatives(document, node).flatMap((schema) => {
    if (key === undefined) return [schema];
    const below =
      key === "*"
        ? schema.items
        : isObject(schema.properties) && Object.hasOwn(schema.properties, key)
          ? schema.properties[key]
          : undefined;
    return below === undefined ? [] : schemasAt(document, below, rest);
  });
}

/** A schema, and those of which it is made. The generator refuses one that is made of itself. */
function alternatives(document: JsonObject, node: Json | undefined): JsonObject[] {
  const schema = resolve(document, node);
  if (!isObject(schema)) return [];
  const parts = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [schema, ...parts.flatMap((one) => alternatives(document, one))];
}
