import type { Json, JsonObject } from "../../spec/document.ts";

/** Keywords that say something about values of one type only: a `maxLength` lets every number pass. */
const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  string: ["minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  array: ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains", "unevaluatedItems"],
  object: [
    ...["properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties", "maxProperties"],
    ...["dependentRequired", "dependentSchemas", "unevaluatedProperties"],
  ],
};

/** Whether a keyword can refuse any value that the schema's own types, members and constant let pass. */
export function applies(keyword: string, schema: JsonObject): boolean {
  if ((keyword === "minContains" || keyword === "maxContains") && schema.contains === undefined) return false;
  if ((keyword === "then" || keyword === "else") && schema.if === undefined) return false;
  if (keyword === "if" && schema.then === undefined && schema.else === undefined) return false;
  return mayRefuse(keyword, schema);
}

/** The same by the types alone: whatever other keywords a keyword needs beside it, another schema may have. */
export function mayRefuse(keyword: string, schema: JsonObject): boolean {
  const types = typesOf(schema);
  // A format speaks of texts or of numbers.
  if (keyword === "format") return types === undefined || ["string", "number", "integer"].some((one) => types.has(one));
  const type = Object.keys(keywordsOf).find((one) => keywordsOf[one]?.includes(keyword));
  return type === undefined || types === undefined || types.has(type) || (type === "number" && types.has("integer"));
}

/** The types of the values that may fit; `undefined`: any. */
export function typesOf(schema: JsonObject): ReadonlySet<string> | undefined {
  if (schema.type !== undefined) return new Set([schema.type].flat().map(String));
  const members = membersOf(schema);
  return members === undefined ? undefined : new Set(members.map(typeOf));
}

/** The values that may fit, where a schema lists them. */
export function membersOf({ const: constant, enum: members }: JsonObject): readonly Json[] | undefined {
  return constant !== undefined ? [constant] : Array.isArray(members) ? members : undefined;
}

export function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}

/** Whether some value can be of both types. */
export function overlap(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  const wide = (types: ReadonlySet<string>) => (types.has("number") ? [...types, "integer"] : [...types]);
  return wide(a).some((type) => wide(b).includes(type));
}
