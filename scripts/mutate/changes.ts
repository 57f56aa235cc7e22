import type { Json, JsonObject } from "../spec/document.ts";
import { type Path, valueAt } from "../spec/json.ts";
import type { Kind } from "../spec/kinds.ts";

/** Another value for a place, in words and as JSON. */
export type Change = { readonly what: string; readonly value: Json };

/** The other values that a constraint is tried with, its removal aside. */
export function changesOf(node: Json, path: Path, kind: Kind, document: JsonObject): Change[] {
  const key = path.at(-1);
  if (kind === "scope") return [];
  if (kind === "value" || typeof key === "number") return valueChanges(node);
  if (kind === "schema") return typeof node === "boolean" ? valueChanges(node) : nullability(node);
  if (key === "required" && Array.isArray(node)) return requiredChanges(node, valueAt(document, [...path.slice(0, -1), "properties"]));
  if (key === "type") return typeChanges(node);
  if (key === "enum" && Array.isArray(node)) return [{ what: "member added", value: [...node, "mutant"] }];
  if (key === "$ref" && typeof node === "string") return swapped(node, document);
  if (key === "pattern") return [to(".*"), to("^mutant$")];
  if (key === "in") return [to(node === "query" ? "header" : "query")];
  if (key === "format") return [to(node === "uuid" ? "date-time" : "uuid")];
  if (key === "openapi") return [to("3.0.3")];
  // The wording of a reason is prose; that there is one is not.
  if (key === "reason") return [];
  if (typeof node === "string" && /^https?:/.test(node)) return addressChanges(node);
  return valueChanges(node);
}

function to(value: Json): Change {
  return { what: `→ ${JSON.stringify(value)}`, value };
}

function valueChanges(node: Json): Change[] {
  if (typeof node === "boolean") return [to(!node)];
  if (typeof node === "number") return [to(node + 1), to(node - 1)];
  if (typeof node === "string") return [{ what: "changed", value: `${node}x` }];
  if (node === null) return [to("mutant")];
  return [];
}

function requiredChanges(node: Json[], properties: Json | undefined): Change[] {
  const names = typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
  const optional = names.filter((name) => !node.includes(name));
  return optional.map((name) => ({ what: `${name} added`, value: [...node, name] }));
}

const otherTypes: Readonly<Record<string, string>> = {
  string: "integer",
  integer: "string",
  number: "string",
  boolean: "string",
  object: "array",
  array: "object",
};

function typeChanges(node: Json): Change[] {
  const types = [node].flat().filter((type): type is string => typeof type === "string");
  const changed = types
    .filter((type) => type !== "null")
    .map((type) => types.map((one) => (one === type ? (otherTypes[one] ?? "string") : one)));
  const alternatives: Json[] = changed.map((list) => (list.length === 1 ? (list[0] ?? "string") : list));
  // Dropping "null" from a list is done where members of lists are dropped.
  if (!types.includes("null")) alternatives.push([...types, "null"]);
  return alternatives.map(to);
}

/** `null` added to alternatives that have none; the schema of an object in full gets no alternative: its `type` is changed instead. */
function nullability(node: Json): Change[] {
  const { $ref, anyOf } = (typeof node === "object" && node !== null ? node : {}) as JsonObject;
  if ($ref !== undefined) return [{ what: "made nullable", value: { anyOf: [{ $ref }, { type: "null" }] } }];
  if (Array.isArray(anyOf) && !anyOf.some((one) => (one as JsonObject | null)?.type === "null"))
    return [{ what: "made nullable", value: { ...(node as JsonObject), anyOf: [...anyOf, { type: "null" }] } }];
  return [];
}

/** The next component of the same section. */
function swapped(ref: string, document: JsonObject): Change[] {
  const [, section = "", name = ""] = /^#\/components\/(\w+)\/(.+)$/.exec(ref) ?? [];
  const all = Object.keys(((document.components as JsonObject | undefined)?.[section] as JsonObject | undefined) ?? {});
  const other = all[(all.indexOf(name) + 1) % all.length];
  return other === undefined || other === name ? [] : [to(`#/components/${section}/${other}`)];
}

/** Another host, and another path. */
function addressChanges(address: string): Change[] {
  return [to(address.replace("://", "://mutant.")), to(`${address.replace(/\/$/, "")}/mutant`)];
}
