import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, same } from "../../spec/json.ts";
import { alternatives, constraintsIn, without } from "./alternatives.ts";
import { applies, mayRefuse, membersOf, overlap, typeOf, typesOf } from "./applies.ts";
import { type Effect, effectOf } from "./effect.ts";

/** What a schema becomes, as far as it can be proved; `unclear` is the answer that needs no proof. */
export function effectBetween(base: JsonObject, before: Json, revision: JsonObject, after: Json): Effect {
  const kept = fitsWithin(base, before, revision, after);
  const none = fitsWithin(revision, after, base, before);
  return kept ? (none ? "none" : "wider") : none ? "narrower" : "unclear";
}

/** Whether every value that fits the one schema is proved to fit the other. `false` proves nothing. */
export function fitsWithin(of: JsonObject, one: Json, inDocument: JsonObject, other: Json): boolean {
  return within(one, other, 0);

  function within(a: Json, b: Json, depth: number): boolean {
    return fits(constraintsIn(of, a), constraintsIn(inDocument, b), depth + 1);
  }

  function fits(a: boolean | JsonObject, b: boolean | JsonObject, depth: number): boolean {
    if (b === true || a === false) return true;
    // A schema that refers to itself is proved as far as anybody reads.
    if (b === false || depth > 24) return false;
    return alternatives(of, a === true ? {} : a).every((simple) => {
      if (isImpossible(simple)) return true;
      const spelt = { ...uuidLength(simple), ...simple, ...(simple.const === undefined ? {} : spelling(simple.const)) };
      return Object.keys(b).every((keyword) => implied(keyword, spelt, b, depth));
    });
  }

  function implied(keyword: string, a: JsonObject, b: JsonObject, depth: number): boolean {
    const demand = b[keyword] as Json;
    if (!mayRefuse(keyword, a) || !applies(keyword, b)) return true;
    const list = Array.isArray(demand) ? demand : [];
    switch (keyword) {
      case "allOf":
        return list.every((member) => fits(a, constraintsIn(inDocument, member), depth + 1));
      case "anyOf":
        return list.some((member) => fits(a, constraintsIn(inDocument, member), depth + 1));
      case "oneOf":
        return oneFits(a, list, depth);
      case "properties":
        return isObject(demand) && propertiesFit(a, demand, depth);
      case "additionalProperties":
        return restFits(a, b, depth);
      case "items":
        return a.prefixItems === undefined && within(a.items ?? true, demand, depth);
      default:
        return isAtLeast(keyword, a, b);
    }
  }

  /** One alternative lets it pass, and no other one can. */
  function oneFits(a: JsonObject, list: Json[], depth: number): boolean {
    const possible = list
      .map((member) => constraintsIn(inDocument, member))
      .filter((inner) => inner !== false && overlap(typesOf(a), inner === true ? undefined : typesOf(inner)));
    return possible.length === 1 && fits(a, possible[0] ?? false, depth + 1);
  }

  function propertiesFit(a: JsonObject, demand: JsonObject, depth: number): boolean {
    if (a.patternProperties !== undefined) return false;
    const own = isObject(a.properties) ? a.properties : {};
    const at = (name: string) => (Object.hasOwn(own, name) ? own[name] : a.additionalProperties) ?? true;
    return Object.entries(demand).every(([name, node]) => within(at(name), node, depth));
  }

  function restFits(a: JsonObject, b: JsonObject, depth: number): boolean {
    if (a.patternProperties !== undefined || b.patternProperties !== undefined) return false;
    const known = isObject(b.properties) ? b.properties : {};
    const more = Object.entries(isObject(a.properties) ? a.properties : {}).filter(([name]) => !Object.hasOwn(known, name));
    return [...more.map(([, node]) => node), a.additionalProperties ?? true].every((node) =>
      within(node, b.additionalProperties ?? true, depth),
    );
  }
}

/** Whether the one demands by a keyword what the other one demands, or more. */
function isAtLeast(keyword: string, a: JsonObject, b: JsonObject): boolean {
  const demand = b[keyword] as Json;
  if (same(demand, a[keyword]) && !JSON.stringify(demand).includes('"$ref"')) return true;
  if (keyword === "enum" || keyword === "const") return a.const !== undefined && (membersOf(b) ?? []).some((one) => same(one, a.const));
  if (keyword === "not") return isExcluded(a, demand);
  if (keyword === "dependentRequired")
    return isObject(demand) && Object.entries(demand).every(([name, others]) => needsNoMore(a, name, others));
  if (keyword === "pattern" && typeof a.const === "string") return matches(`${demand}`, a.const);
  if (keyword === "maxProperties" && hasAtMost(a, demand)) return true;
  if (keyword === "minProperties" && [a.required ?? []].flat().length >= Number(demand)) return true;
  if (isObject(demand)) return false;
  const before = { ...without(a, ...numeric), ...Object.fromEntries(numeric.map((one) => [one, b[one] ?? null])), [keyword]: demand };
  return ["none", "narrower"].includes(effectOf(keyword, before, a));
}

/** A format that leaves no choice of the length. */
function uuidLength({ type, format }: JsonObject): JsonObject {
  return type === "string" && format === "uuid" ? { minLength: 36, maxLength: 36 } : {};
}

/** Bounds are compared together. */
const numeric = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

/** A constant of another type than the schema's is no value at all. */
function isImpossible(schema: JsonObject): boolean {
  return schema.const !== undefined && schema.type !== undefined && !overlap(typesOf(schema), new Set([typeOf(schema.const)]));
}

/** Whether no value that fits the one can be a member of what the other excludes. */
function isExcluded(a: JsonObject, demand: Json): boolean {
  const members = isObject(demand) && Object.keys(demand).length === 1 ? membersOf(demand) : undefined;
  return (
    members?.every((member) => (a.const === undefined ? !overlap(typesOf(a), new Set([typeOf(member)])) : !same(member, a.const))) ?? false
  );
}

function hasAtMost({ properties, additionalProperties, patternProperties }: JsonObject, most: Json): boolean {
  const count = Object.keys(isObject(properties) ? properties : {}).length;
  return additionalProperties === false && patternProperties === undefined && count <= Number(most);
}

/** Whether a property cannot come, or never without the others. */
function needsNoMore(a: JsonObject, name: string, others: Json): boolean {
  const [required, known] = [[a.required ?? []].flat(), isObject(a.properties) ? a.properties : {}];
  const never = a.additionalProperties === false && a.patternProperties === undefined && !Object.hasOwn(known, name);
  return never || [others].flat().every((other) => required.includes(other));
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return false;
  }
}

/** A constant in other keywords, so that a limit can be compared with it. */
function spelling(value: Json): JsonObject {
  if (typeof value === "string") return { type: "string", minLength: [...value].length, maxLength: [...value].length };
  if (typeof value === "number") return { type: typeOf(value), minimum: value, maximum: value };
  return { type: typeOf(value) };
}
