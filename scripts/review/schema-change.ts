import type { Json } from "../spec/document.ts";
import { same } from "../spec/json.ts";

/** What a change of a schema's keyword does to the set of values that fit: fewer, more, some fewer and some more, or as many as before. */
export type Effect = "narrower" | "wider" | "other" | "none";

type Judge = (base: Json | undefined, revision: Json | undefined) => Effect;

const none: Judge = () => "none";

/** A limit from above: lower is narrower, none is widest. */
const upper: Judge = (base, revision) => order(base ?? Number.POSITIVE_INFINITY, revision ?? Number.POSITIVE_INFINITY);
const lower: Judge = (base, revision) => order(revision ?? Number.NEGATIVE_INFINITY, base ?? Number.NEGATIVE_INFINITY);
/** A count, which is never below 0. */
const least: Judge = (base, revision) => lower(base ?? 0, revision ?? 0);
/** Present is narrower than absent; another one is neither. */
const restriction: Judge = (base, revision) => (base === undefined ? "narrower" : revision === undefined ? "wider" : "other");
/** A list of what is allowed; absent allows all. */
const allowed: Judge = (base, revision) => {
  if (base === undefined || revision === undefined) return restriction(base, revision);
  return combine(lost(base, revision), lost(revision, base));
};
/** A list of what is demanded. */
const demanded: Judge = (base, revision) => combine(lost(revision ?? [], base ?? []), lost(base ?? [], revision ?? []));
/** What other names or items may hold: anything, something, nothing. */
const rest: Judge = (base, revision) => {
  const rank = (value: Json | undefined) => (value === undefined || value === true ? 2 : value === false ? 0 : 1);
  return rank(base) === rank(revision) ? (same(base ?? true, revision ?? true) ? "none" : "other") : order(rank(base), rank(revision));
};
const flag: Judge = (base, revision) => order(revision === true ? 1 : 0, base === true ? 1 : 0);

const types: Judge = (base, revision) => {
  if (base === undefined || revision === undefined) return restriction(base, revision);
  const list = (value: Json) => [value].flat().flatMap((type) => (type === "number" ? ["number", "integer"] : [type]));
  return combine(lost(list(base), list(revision)), lost(list(revision), list(base)));
};

const judges: Readonly<Record<string, Judge>> = {
  type: types,
  enum: allowed,
  const: restriction,
  required: demanded,
  nullable: (base, revision) => flag(revision, base),
  maxLength: upper,
  maximum: upper,
  exclusiveMaximum: upper,
  maxItems: upper,
  maxProperties: upper,
  maxContains: upper,
  minLength: least,
  minimum: lower,
  exclusiveMinimum: lower,
  minItems: least,
  minProperties: least,
  minContains: lower,
  uniqueItems: flag,
  additionalProperties: rest,
  unevaluatedProperties: rest,
  items: rest,
  unevaluatedItems: rest,
  example: none,
  examples: none,
};

/** The effect of a keyword's change; a keyword that only restricts is the rule. */
export function effectOf(keyword: string, base: Json | undefined, revision: Json | undefined): Effect {
  return (Object.hasOwn(judges, keyword) ? (judges[keyword] ?? restriction) : restriction)(base, revision);
}

function order(before: Json, after: Json): Effect {
  if (typeof before !== "number" || typeof after !== "number") return "other";
  return after < before ? "narrower" : after > before ? "wider" : "none";
}

function lost(from: Json, to: Json): boolean {
  const [before, after] = [[from].flat(), [to].flat()];
  return before.some((member) => !after.some((one) => same(one, member)));
}

function combine(narrower: boolean, wider: boolean): Effect {
  return narrower && wider ? "other" : narrower ? "narrower" : wider ? "wider" : "none";
}
