import type { Json, JsonObject } from "../spec/document.ts";
import { isObject } from "../spec/json.ts";
import { BadInput } from "../tool/bad-input.ts";
import type { Enumeration, Use } from "./model.ts";
import { child, follow, graphName, isSchemaComponent, isStructure, lineOf, type Part, type Source } from "./openapi-source.ts";

/** What says nothing about values. */
const annotations = [
  "title",
  "description",
  "example",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "externalDocs",
  "xml",
  "$comment",
  "discriminator",
];
const handled = [
  "$ref",
  "type",
  "format",
  "nullable",
  "enum",
  "anyOf",
  "oneOf",
  "allOf",
  "items",
  "properties",
  "required",
  "additionalProperties",
];
/** How OpenAPI writes the types of CSDL. */
const edmTypes: Readonly<Record<string, string>> = {
  "string ": "Edm.String",
  "integer int32": "Edm.Int32",
  "number int32": "Edm.Int32",
  "integer int64": "Edm.Int64",
  "number int64": "Edm.Int64",
  "boolean ": "Edm.Boolean",
  "number double": "Edm.Double",
  "number float": "Edm.Single",
  "number decimal": "Edm.Decimal",
  "string date-time": "Edm.DateTimeOffset",
  "string date": "Edm.Date",
  "string uuid": "Edm.Guid",
  "string duration": "Edm.Duration",
  "string base64url": "Edm.Binary",
};

/** What a schema allows where it is used. */
export function useOf(source: Source, part: Part, depth = 0): Use {
  const target = follow(source, part);
  if (depth > 20) throw new BadInput(`${source.name}:${source.lineOf(part.path)} has a schema that contains itself.`);
  const { node } = target;
  const isRef = target !== part;
  if (isRef && isStructure(target) && isSchemaComponent(target)) {
    return { type: graphName(target.path), nullable: isObject(node) && acceptsNull(node), facets: new Map() };
  }
  if (!isObject(node)) return { type: "anything", nullable: true, facets: new Map() };
  const use = combine([...alternatives(source, target, depth), ...own(source, target, depth)]);
  const enumeration =
    use.enumeration === undefined || !isSchemaComponent(target) ? use.enumeration : { ...use.enumeration, name: graphName(target.path) };
  return { ...use, enumeration, nullable: use.nullable || acceptsNull(node), facets: new Map([...use.facets, ...facetsOf(node)]) };
}

function alternatives(source: Source, part: Part, depth: number): Use[] {
  return ["anyOf", "oneOf", "allOf"].flatMap((key) => {
    const list = child(part, key);
    return Array.isArray(list.node) ? list.node.map((_one, index) => useOf(source, child(list, index), depth + 1)) : [];
  });
}

const nothing: Use = { type: "", nullable: false, facets: new Map() };

/** What the schema itself says, its alternatives aside. */
function own(source: Source, part: Part, depth: number): Use[] {
  const node = part.node as JsonObject;
  const types = [node.type ?? []].flat().filter((type) => type !== "null");
  const values = Array.isArray(node.enum) ? node.enum.filter((value) => value !== null) : undefined;
  if (values !== undefined) {
    const enumeration: Enumeration = {
      name: undefined,
      members: values.map(String),
      open: false,
      flags: false,
      line: lineOf(source, child(part, "enum")),
    };
    return [{ ...nothing, type: "enum", enumeration }];
  }
  if (types.length === 0) {
    const saysMore = ["anyOf", "oneOf", "allOf", "type"].some((key) => node[key] !== undefined);
    return saysMore
      ? []
      : [{ ...nothing, type: node.properties === undefined ? "anything" : "object", nullable: node.properties === undefined }];
  }
  // Microsoft writes "or null" beside a $ref as an object without properties that may be null.
  if (part.path.at(-2) === "anyOf" && node.nullable === true && node.properties === undefined && types[0] === "object") return [];
  return types.map((type) => {
    if (type === "array") {
      const items = useOf(source, child(part, "items"), depth + 1);
      return { ...items, type: `Collection(${items.type})`, nullable: false, nullItems: items.nullable };
    }
    const key = `${type} ${node.format ?? ""}`;
    return { ...nothing, type: edmTypes[key] ?? (type === "object" ? "object" : key.trim()) };
  });
}

/** An enum beside a plain string is an enum that is open. */
function combine(uses: readonly Use[]): Use {
  const enumerations = uses.flatMap((use) => use.enumeration ?? []);
  const [enumeration] = enumerations;
  const members = [...new Set(enumerations.flatMap((one) => one.members))];
  const types = [...new Set(uses.map(({ type }) => type).filter((type) => type !== ""))];
  const open = types.includes("enum") && types.includes("Edm.String");
  return {
    type: types.filter((type) => !(open && type === "Edm.String")).join(" or "),
    nullable: uses.some(({ nullable }) => nullable),
    nullItems: uses.find(({ nullItems }) => nullItems !== undefined)?.nullItems,
    enumeration: enumeration === undefined ? undefined : { ...enumeration, members, open: open || enumerations.some((one) => one.open) },
    facets: new Map(uses.flatMap(({ facets }) => [...facets])),
  };
}

function acceptsNull(node: JsonObject): boolean {
  return [node.type ?? []].flat().includes("null") || node.nullable === true || (Array.isArray(node.enum) && node.enum.includes(null));
}

function facetsOf(node: JsonObject): Map<string, string> {
  const facets = Object.entries(node).filter(([key]) => ![...annotations, ...handled].includes(key) && !key.startsWith("x-"));
  const isInt32 = (value: Json, key: string) => node.format === "int32" && value === (key === "maximum" ? 2147483647 : -2147483648);
  const said = facets.filter(([key, value]) => !(/^(min|max)imum$/.test(key) && isInt32(value, key)));
  return new Map(said.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
}
