import type { Json, JsonObject } from "../spec/document.ts";
import type { Path } from "../spec/json.ts";
import { type Kind, kindBelow, prose } from "../spec/kinds.ts";
import { changesOf } from "./changes.ts";

/** One change of one constraint, everything else as it was. */
export type Mutant = {
  /** Where the constraint is written. */
  readonly path: Path;
  /** `dropped`, `→ 257`, `renamed to statusX` */
  readonly what: string;
  /** The document with the change, the original untouched. What YAML writes once and uses in several places changes in all of them. */
  readonly apply: () => JsonObject;
};

type Holder = JsonObject | Json[];

/**
 * Every constraint of a document, changed in every way that its keyword allows, one at a time. Keys that nobody thought of are dropped and
 * changed like all others. Only prose is left alone: it constrains nothing. `document` as parsed, so that YAML aliases are the same object.
 */
export function mutantsOf(document: JsonObject): Mutant[] {
  const written = new Set<Json>();
  const found: Mutant[] = [];
  const add = (holder: Holder, path: Path, what: string, change: () => Holder) =>
    found.push({ path, what, apply: () => swap(document, holder, change()) as JsonObject });

  const visit = (node: Json, path: Path, kind: Kind) => {
    if (typeof node !== "object" || node === null || written.has(node)) return;
    written.add(node);
    const entries: [string | number, Json][] = Array.isArray(node) ? [...node.entries()] : Object.entries(node);
    for (const [key, value] of entries) {
      if (typeof key === "string" && prose(kind, key)) continue;
      const here = [...path, key];
      add(node, here, typeof key === "number" ? `${show(value)} dropped` : "dropped", () => without(node, key));
      if (typeof key === "string" && kind.startsWith("map:")) add(node, here, `renamed to ${otherName(key)}`, () => renamed(node, key));
      const below = kindBelow(kind, key);
      for (const change of changesOf(value, here, below, document)) add(node, here, change.what, () => withValue(node, key, change.value));
      visit(value, here, below);
    }
  };
  visit(document, [], "document");
  return found;
}

function without(holder: Holder, key: string | number): Holder {
  if (Array.isArray(holder)) return holder.filter((_, index) => index !== key);
  return Object.fromEntries(Object.entries(holder).filter(([name]) => name !== key));
}

/** The entry stays at its place: order is not what is tried here. */
function renamed(holder: Holder, key: string): Holder {
  return Object.fromEntries(Object.entries(holder).map(([name, value]) => [name === key ? otherName(key) : name, value]));
}

/** A status becomes the next one, a path or a name gets a letter more. */
function otherName(key: string): string {
  if (/^\d{3}$/.test(key)) return `${Number(key) + 1}`;
  return key.includes("/") ? `${key}x` : `${key}X`;
}

function withValue(holder: Holder, key: string | number, value: Json): Holder {
  if (Array.isArray(holder)) return holder.map((member, index) => (index === key ? value : member));
  return { ...holder, [key]: value };
}

/** A copy in which one object, wherever it is used, is another one. */
function swap(node: Json, from: Holder, to: Holder): Json {
  if (node === from) return to;
  if (Array.isArray(node)) return node.map((member) => swap(member, from, to));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, swap(value, from, to)]));
}

function show(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}
