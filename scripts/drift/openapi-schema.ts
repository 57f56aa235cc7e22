import { isObject } from "../spec/json.ts";
import type { Member, Structure } from "./model.ts";
import { child, follow, graphName, lineOf, type Part, type Source } from "./openapi-source.ts";
import { useOf } from "./openapi-use.ts";

/** The properties of a schema in its parts; OData's annotations are outside of the metadata. */
export function membersOf(source: Source, ...parts: readonly Part[]): Map<string, Member> {
  const required = requiredBy(parts);
  const all = parts.flatMap((part) => {
    const { node } = child(part, "properties");
    const names = isObject(node) ? Object.keys(node).filter((name) => !name.startsWith("@")) : [];
    return names.map((name): [string, Part] => [name, child(part, "properties", name)]);
  });
  return new Map(all.map(([name, at]) => [name, { ...useOf(source, at), required: required.includes(name), line: lineOf(source, at) }]));
}

function requiredBy(parts: readonly Part[]): string[] {
  return parts.flatMap(({ node }) => (isObject(node) && Array.isArray(node.required) ? node.required.map(String) : []));
}

/** `open` by default, as JSON Schema has it. Microsoft writes it as `additionalProperties: { type: object }`. */
export function opennessOf(parts: readonly Part[]): string {
  const said = parts
    .map(({ node }) => (isObject(node) ? node.additionalProperties : undefined))
    .filter((one) => one !== undefined && one !== true);
  if (said.includes(false)) return "closed";
  const schema = said.find((one) => isObject(one) && !["{}", '{"type":"object"}'].includes(JSON.stringify(one)));
  return schema === undefined ? "open" : `open to ${JSON.stringify(schema)}`;
}

/** A schema of `components`: what it derives from is the `$ref` in its `allOf`. */
export function structureOf(source: Source, part: Part): Omit<Structure, "kind"> {
  const node = isObject(part.node) ? part.node : {};
  const branches = Array.isArray(node.allOf) ? node.allOf.map((_one, index) => child(part, "allOf", index)) : [];
  const bases = branches.filter((branch) => isObject(branch.node) && branch.node.$ref !== undefined);
  const own = [part, ...branches.filter((branch) => !bases.includes(branch))];
  const members = membersOf(source, ...own);
  return {
    name: graphName(part.path),
    base: bases.length === 0 ? undefined : bases.map((base) => graphName(follow(source, base).path)).join(" and "),
    openness: opennessOf(own),
    abstract: false,
    key: undefined,
    members,
    requires: requiredBy(own).filter((name) => !members.has(name)),
    line: lineOf(source, part),
  };
}
