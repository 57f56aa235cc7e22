import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, same } from "../../spec/json.ts";
import { type Kind, methods } from "../../spec/kinds.ts";

/** By the new name the old one: what stands under one name before and under another one after, and is the same but for its prose. */
export function renamesOf(kind: Kind, before: JsonObject, after: JsonObject): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  if ((!kind.startsWith("map:") && kind !== "pathItem") || kind === "map:scope") return renames;
  const names = (object: JsonObject) => Object.keys(object).filter((name) => kind !== "pathItem" || methods.includes(name));
  const gone = names(before).filter((name) => !Object.hasOwn(after, name));
  const fresh = names(after).filter((name) => !Object.hasOwn(before, name));
  for (const name of fresh) {
    const twins = (all: readonly string[], object: JsonObject) =>
      all.filter((one) => isTwin(kind, [one, object[one]], [name, after[name]]));
    const [old, another] = twins(gone, before);
    // Where it could be either of two, nobody can tell.
    if (old !== undefined && another === undefined && twins(fresh, after).length === 1) renames.set(name, old);
  }
  return renames;
}

type Entry = readonly [name: string, value: Json | undefined];

function isTwin(kind: Kind, [nameBefore, before]: Entry, [nameAfter, after]: Entry): boolean {
  if (kind === "map:pathItem" && template(nameBefore) === template(nameAfter)) return true;
  if (kind === "map:header" && isSameHeader(nameBefore, nameAfter)) return true;
  // What falls under the other one is no other status.
  if (kind === "map:response" && [nameBefore, nameAfter].some((name) => !/^\d{3}$/.test(name))) return false;
  return same(bare(before), bare(after));
}

/** A path without the names between its braces. */
export function template(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, "{}");
}

/** Whether a name between the braces stands at another place than before: whoever fills in the path by names fills in another one. */
export function exchangesNames(before: string, after: string): boolean {
  const names = (path: string): string[] => path.match(/\{[^}]*\}/g) ?? [];
  const [old, now] = [names(before), names(after)];
  return template(before) === template(after) && old.some((name, place) => now.includes(name) && now[place] !== name);
}

/** The name of a header has no case. */
export function isSameHeader(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Without prose and examples: those may have changed with the name. */
function bare(node: Json | undefined): Json | undefined {
  if (Array.isArray(node)) return node.map((member) => bare(member) ?? null);
  if (!isObject(node)) return node;
  const kept = Object.entries(node).filter(([key]) => !["description", "summary", "title", "example", "examples"].includes(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value) ?? null]));
}
