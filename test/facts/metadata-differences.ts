import type { Json, JsonObject } from "../../scripts/spec.ts";
import { attributes, children, type Element } from "./csdl.ts";
import { isObject } from "./flatten.ts";

type Schemas = { readonly [name: string]: JsonObject };

/** What the metadata and the spec say differently about one type, one line each. OData annotations are outside of the metadata. */
export function differencesOf(
  type: string,
  metadata: Element,
  tag: "Property" | "Parameter",
  spec: Json | undefined,
  schema: Element,
  schemas: Schemas,
): string[] {
  const own = ownPart(spec);
  const required = Array.isArray(own.required) ? own.required : [];
  const specified = new Map(Object.entries(isObject(own.properties) ? own.properties : {}).filter(([name]) => !name.startsWith("@odata.")));
  // The first parameter of a bound action is what it is bound to: the path.
  const declared = new Map(
    children(metadata, tag)
      .filter(({ Name }) => Name !== "bindingParameter")
      .map((one) => [`${one.Name}`, one]),
  );
  const lines: string[] = [];
  if ((metadata.OpenType === "true") !== (own.additionalProperties !== false)) {
    lines.push(`${type} is ${metadata.OpenType === "true" ? "closed" : "open"} in the spec only`);
  }
  for (const name of new Set([...declared.keys(), ...specified.keys()])) {
    const inMetadata = declared.get(name);
    const inSpec = specified.get(name);
    const at = `${type}.${name}`;
    if (inMetadata === undefined) lines.push(`${at} is in the spec only`);
    else if (inSpec === undefined) lines.push(`${at} is in the metadata only`);
    else lines.push(...memberDifferences(at, inMetadata, inSpec, required.includes(name), schema, schemas));
  }
  return lines;
}

function memberDifferences(at: string, metadata: Element, spec: Json, required: boolean, schema: Element, schemas: Schemas): string[] {
  const { Name: _name, Type = "", Nullable, ...facets } = attributes(metadata);
  // A collection is never null; Nullable would speak of its items. OData CSDL 4.01, section 7.2.1.
  const nullable = Nullable !== "false" && !Type.startsWith("Collection(");
  const wireType = typeOnTheWire(Type, schema);
  const specType = [...typesOf(spec, schemas)].join(" or ");
  const lines: string[] = [];
  if (specType !== wireType) lines.push(`${at} is ${wireType} in the metadata, ${specType} in the spec`);
  if (required === nullable) lines.push(`${at} is ${required ? "required" : "optional"} in the spec only`);
  if (acceptsNull(spec, schemas) !== nullable) lines.push(`${at} may be null in the ${nullable ? "metadata" : "spec"} only`);
  lines.push(...Object.entries(facets).map(([name, value]) => `${at} has ${name}=${value} in the metadata only`));
  const known = ["type", "format", "enum", "anyOf", "items", "$ref", "description"];
  const extra = isObject(spec) ? Object.entries(spec).filter(([key]) => !known.includes(key)) : [];
  return [...lines, ...extra.map(([key, value]) => `${at} has ${key} ${JSON.stringify(value)} in the spec only`)];
}

/** A derived type is `allOf` its base and its own part. */
function ownPart(spec: Json | undefined): JsonObject {
  if (!isObject(spec)) return {};
  return Array.isArray(spec.allOf) ? (spec.allOf.filter(isObject).find(({ $ref }) => $ref === undefined) ?? {}) : spec;
}

/** Enum values travel as strings. */
function typeOnTheWire(type: string, schema: Element): string {
  return type.replace(/graph\.(\w+)/, (whole, name) =>
    children(schema, "EnumType").some(({ Name }) => Name === name) ? "Edm.String" : whole,
  );
}

function typesOf(spec: Json, schemas: Schemas): Set<string> {
  if (!isObject(spec)) return new Set(["anything"]);
  if (typeof spec.$ref === "string") {
    const name = spec.$ref.split("/").at(-1) ?? "";
    const target = schemas[name];
    const isComplex = target?.type === "object" || target?.allOf !== undefined;
    return isComplex ? new Set([`graph.${name.charAt(0).toLowerCase()}${name.slice(1)}`]) : typesOf(target ?? null, schemas);
  }
  if (Array.isArray(spec.anyOf)) return new Set(spec.anyOf.flatMap((one) => [...typesOf(one, schemas)]));
  const types = [spec.type ?? []].flat().filter((type) => type !== "null");
  return new Set(types.map((type) => edmType(`${type}`, spec, schemas)));
}

function edmType(type: string, spec: JsonObject, schemas: Schemas): string {
  if (type === "string") return "Edm.String";
  if (type === "integer" && spec.format === "int32") return "Edm.Int32";
  return type === "array" ? `Collection(${[...typesOf(spec.items ?? null, schemas)].join(" or ")})` : type;
}

function acceptsNull(spec: Json, schemas: Schemas): boolean {
  if (!isObject(spec)) return false;
  if (typeof spec.$ref === "string") return acceptsNull(schemas[spec.$ref.split("/").at(-1) ?? ""] ?? null, schemas);
  if (Array.isArray(spec.anyOf)) return spec.anyOf.some((one) => acceptsNull(one, schemas));
  return [spec.type ?? []].flat().includes("null");
}
