import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, own, type Path, same, valueAt } from "../../spec/json.ts";
import { kindBelow, prose } from "../../spec/kinds.ts";
import { type Difference, identical, type Place, type Walk } from "./difference.ts";
import { compareAlternatives, compareLists } from "./lists.ts";
import { compareParameters } from "./parameters.ts";
import { renamesOf } from "./renames.ts";
import { compareRewritten, isReference, isRewrittenReference, withNewNames, withoutRef, withSiblings } from "./rewritten.ts";

/** Every difference of two documents, each once, at the place where it is written. A `$ref` is compared by what it leads to. */
export function differencesOf(base: JsonObject, revision: JsonObject): Difference[] {
  const found: Difference[] = [];
  const followed = new Set<string>();
  const walk: Walk = { base, revision, add: (difference) => void found.push(difference), compare };
  compareObjects(base, revision, { path: [], kind: "document", holder: "other" });
  return found;

  function compare(a: Json, b: Json, place: Place): void {
    const { path, kind, holder, holders } = place;
    if (identical(a, b)) return;
    // The name of a scope is what counts; its value is a text for people.
    if (holder === "map:scope") walk.add({ path, holder, change: "wording", base: a, revision: b });
    else if (isReference(a) || isReference(b)) compareReferences(a, b, place);
    else if (kind === "schema" && compareRewritten(walk, a, b, place)) return;
    else if (Array.isArray(a) && Array.isArray(b) && isAlternatives(place)) compareAlternatives(walk, a, b, path);
    else if (Array.isArray(a) && Array.isArray(b)) compareLists(walk, a, b, place);
    else if (isObject(a) && isObject(b) && kind !== "value") compareObjects(a, b, { path, kind, holder });
    else if (!same(a, b)) walk.add({ path, holder, change: "changed", base: a, revision: b, holders });
  }

  /** `holders`: the objects with their `$ref`, where there is one. */
  function compareObjects(a: JsonObject, b: JsonObject, { path, kind, holders = [a, b] }: Place): void {
    const renames = renamesOf(kind, a, b);
    const gone = new Set(renames.values());
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (gone.has(key) || (key === "parameters" && (kind === "pathItem" || kind === "operation"))) continue;
      const [here, from] = [[...path, key], renames.get(key)];
      const before = kind === "schema" && key === "required" ? withNewNames(a, b) : own(a, from ?? key);
      const after = own(b, key);
      if (from !== undefined) walk.add({ path: here, holder: kind, change: "renamed", from, base: before, revision: after });
      if (!identical(before, after)) compareEntries(before, after, { path: here, kind: kindBelow(kind, key), holder: kind, holders });
    }
    if (kind === "pathItem") compareParameters(walk, { path: oldPath(path), item: a }, { path, item: b }, renames);
    if (kind === "map:example" && gone.size === 0) compareFirst(Object.keys(a), Object.keys(b), path);
  }

  function compareEntries(before: Json | undefined, after: Json | undefined, place: Place): void {
    const { path, kind, holder, holders } = place;
    const isDemand = path.at(-1) === "security" && (holder === "operation" || holder === "document");
    if (prose(holder, `${path.at(-1)}`)) walk.add({ path, holder, change: "wording", base: before, revision: after });
    // What says nothing of its own demands what the document does.
    else if (isDemand)
      walk.add({ path, holder, change: "changed", base: before ?? base.security ?? [], revision: after ?? revision.security ?? [] });
    // A map that is not there holds nothing: what came or went is each of its members.
    else if (kind.startsWith("map:")) compare(before ?? {}, after ?? {}, place);
    // So does a list of this kind; one of servers would not hold none, but those of the level above.
    else if (kind === "list:unsupportedCloud" || kind === "list:tag") compare(before ?? [], after ?? [], place);
    else if (before === undefined) walk.add({ path, holder, change: "added", revision: after, holders });
    else if (after === undefined) walk.add({ path, holder, change: "removed", base: before, holders });
    else compare(before, after, place);
  }

  /** Compared as what they lead to; what they lead to in common is compared at its own place. */
  function compareReferences(a: Json, b: Json, place: Place): void {
    if (isReference(a) && isReference(b) && a.$ref === b.$ref) {
      compareObjects(withoutRef(a), withoutRef(b), { ...place, holders: [a, b] });
      return;
    }
    const [before, after] = [withSiblings(base, a), withSiblings(revision, b)];
    const pair = `${JSON.stringify(a)} ${JSON.stringify(b)}`;
    if (before === undefined || after === undefined || followed.has(pair)) return;
    followed.add(pair);
    const { path, kind, holder } = place;
    if (isReference(before) || isReference(after)) walk.add({ path, holder, change: "changed", base: a, revision: b });
    else if (kind === "schema" && isRewrittenReference(walk, a, b)) walk.add({ path, holder, change: "rewritten", base: a, revision: b });
    else compare(before, after, place);
    followed.delete(pair);
  }

  /** The first example is what the mock sends; the order of the others has no meaning. */
  function compareFirst(names: readonly string[], others: readonly string[], path: Path): void {
    if (names.every((name) => others.includes(name)) && names[0] !== others[0])
      walk.add({ path, holder: "map:example", change: "reordered", base: [...names], revision: [...others] });
  }

  /** Where a path of the revision stands in the base. */
  function oldPath(path: Path): Path {
    const [all, name] = [path.slice(0, -1), `${path.at(-1)}`];
    const [before, after] = [valueAt(base, all), valueAt(revision, all)];
    const from = isObject(before) && isObject(after) ? renamesOf("map:pathItem", before, after).get(name) : undefined;
    return [...all, from ?? name];
  }
}

function isAlternatives({ kind, path }: Place): boolean {
  return kind === "list:schema" && path.at(-1) !== "prefixItems";
}
