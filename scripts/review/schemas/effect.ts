import type { Json, JsonObject } from "../../spec/document.ts";
import { same } from "../../spec/json.ts";
import { applies, typesOf } from "./applies.ts";
import { type Bound, lowerBound, upperBound } from "./bounds.ts";

/**
 * What a change does to the set of values that fit: fewer, more, some fewer and some more, as many as before; or unclear, where nobody can
 * tell by looking at it.
 */
export type Effect = "narrower" | "wider" | "other" | "none" | "unclear";

type Value = Json | undefined;
/** By the keyword's values, and by the schemas that hold them. */
type Judge = (base: Value, revision: Value, before: JsonObject, after: JsonObject) => Effect;

const none: Judge = () => "none";

/** A limit from above: lower is narrower, none is widest. */
const upper: Judge = (base, revision) => order(base ?? Number.POSITIVE_INFINITY, revision ?? Number.POSITIVE_INFINITY);
const lower: Judge = (base, revision) => order(revision ?? Number.NEGATIVE_INFINITY, base ?? Number.NEGATIVE_INFINITY);
/** A count, which is never below 0. */
const least: Judge = (base, revision) => lower(base ?? 0, revision ?? 0, {}, {});
/** Two keywords make one bound: which of them changes is no matter. */
const numericUpper: Judge = (_, __, before, after) => byBound(upperBound(before), upperBound(after));
const numericLower: Judge = (_, __, before, after) => byBound(lowerBound(before), lowerBound(after));
/** Present is narrower than absent; whether another one is, cannot be seen. */
const restriction: Judge = (base, revision) => (base === undefined ? "narrower" : revision === undefined ? "wider" : "unclear");
/** A list of what is allowed; absent allows all. */
const allowed: Judge = (base, revision) => {
  if (base === undefined || revision === undefined) return restriction(base, revision, {}, {});
  return combine(lost(base, revision), lost(revision, base));
};
/** A list of what is demanded. */
const demanded: Judge = (base, revision) => combine(lost(revision ?? [], base ?? []), lost(base ?? [], revision ?? []));
/** What other names or items may hold: anything, something, nothing. */
const rest: Judge = (base, revision) => {
  const rank = (value: Value) => (value === undefined || value === true || isEmpty(value) ? 2 : value === false ? 0 : 1);
  return rank(base) === rank(revision)
    ? rank(base) !== 1 || same(base, revision)
      ? "none"
      : "unclear"
    : order(rank(base), rank(revision));
};
const flag: Judge = (base, revision) => order(revision === true ? 1 : 0, base === true ? 1 : 0);
/** Every whole number is a multiple of 1. */
const multiple: Judge = (own, other, before, after) => {
  const unit = (value: Value, schema: JsonObject) => value ?? (schema.type === "integer" ? 1 : undefined);
  const [base, revision] = [unit(own, before), unit(other, after)];
  if (base === revision) return "none";
  if (typeof base !== "number" || typeof revision !== "number") return restriction(base, revision, {}, {});
  return revision % base === 0 ? "narrower" : base % revision === 0 ? "wider" : "other";
};
const sameConstant: Judge = (base, revision) =>
  base === undefined || revision === undefined ? restriction(base, revision, {}, {}) : "other";

const types: Judge = (base, revision) => {
  if (base === undefined || revision === undefined) return restriction(base, revision, {}, {});
  const list = (value: Json) => [value].flat().flatMap((type) => (type === "number" ? ["number", "integer"] : [type]));
  return combine(lost(list(base), list(revision)), lost(list(revision), list(base)));
};

const judges: Readonly<Record<string, Judge>> = {
  type: types,
  enum: allowed,
  const: sameConstant,
  required: demanded,
  maxLength: upper,
  maximum: numericUpper,
  exclusiveMaximum: numericUpper,
  minimum: numericLower,
  exclusiveMinimum: numericLower,
  multipleOf: multiple,
  maxItems: upper,
  maxProperties: upper,
  maxContains: upper,
  minLength: least,
  minItems: least,
  minProperties: least,
  minContains: (base, revision) => lower(base ?? 1, revision ?? 1, {}, {}),
  uniqueItems: flag,
  additionalProperties: rest,
  unevaluatedProperties: rest,
  items: rest,
  unevaluatedItems: rest,
  contains: rest,
  propertyNames: rest,
  pattern: restriction,
  format: restriction,
  contentEncoding: restriction,
  contentMediaType: restriction,
  dependentRequired: restriction,
  dependentSchemas: restriction,
  patternProperties: () => "unclear",
  prefixItems: () => "unclear",
  not: restriction,
  // What stands there is a definition until somebody refers to it.
  $defs: none,
};

/** Keywords whose effect these checks know. */
export function isKnown(keyword: string): boolean {
  return Object.hasOwn(judges, keyword) || ["if", "then", "else", "anyOf", "oneOf", "allOf", "properties"].includes(keyword);
}

/** The effect of a keyword's change within its schema. */
export function effectOf(keyword: string, before: JsonObject, after: JsonObject): Effect {
  if (!applies(keyword, before) && !applies(keyword, after)) return "none";
  const judge = Object.hasOwn(judges, keyword) ? judges[keyword] : undefined;
  return judge?.(before[keyword], after[keyword], before, after) ?? "unclear";
}

export function opposite(effect: Effect): Effect {
  return effect === "narrower" ? "wider" : effect === "wider" ? "narrower" : effect;
}

/** Whether both schemas allow the same types of values, as far as they say. */
export function sameTypes(before: JsonObject, after: JsonObject): boolean {
  return same([...(typesOf(before) ?? [])].sort(), [...(typesOf(after) ?? [])].sort());
}

function byBound(before: Bound, after: Bound): Effect {
  if (before.limit !== after.limit) return after.limit < before.limit ? "narrower" : "wider";
  return before.exclusive === after.exclusive ? "none" : after.exclusive ? "narrower" : "wider";
}

function order(before: Json, after: Json): Effect {
  if (typeof before !== "number" || typeof after !== "number") return "unclear";
  return after < before ? "narrower" : after > before ? "wider" : "none";
}

function lost(from: Json, to: Json): boolean {
  const [before, after] = [[from].flat(), [to].flat()];
  return before.some((member) => !after.some((one) => same(one, member)));
}

function combine(narrower: boolean, wider: boolean): Effect {
  return narrower && wider ? "other" : narrower ? "narrower" : wider ? "wider" : "none";
}

function isEmpty(value: Json): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
