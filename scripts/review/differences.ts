import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, type Path, resolve, same } from "../spec/json.ts";
import { type Kind, kindBelow, prose } from "../spec/kinds.ts";

/** One place where two documents differ. */
export type Difference = {
  /** In the revision; what was removed, in the base. */
  readonly path: Path;
  /** Of what holds the last key of the path. */
  readonly holder: Kind;
  /** `reordered`: the same members in another order. `wording`: prose, which constrains nothing. */
  readonly change: "added" | "removed" | "changed" | "reordered" | "wording";
  readonly base?: Json | undefined;
  readonly revision?: Json | undefined;
};

/** Every difference of two documents, each once, at the place where it is written. A `$ref` is compared by what it leads to. */
export function differencesOf(base: JsonObject, revision: JsonObject): Difference[] {
  const found: Difference[] = [];
  const followed = new Set<string>();

  function compare(a: Json, b: Json, path: Path, kind: Kind, holder: Kind): void {
    if (identical(a, b)) return;
    // The name of a scope is what counts; its value is a text for people.
    if (holder === "map:scope") found.push({ path, holder, change: "wording", base: a, revision: b });
    else if (isReference(a) || isReference(b)) compareReferences(a, b, path, kind, holder);
    else if (Array.isArray(a) && Array.isArray(b) && kind === "list:schema") compareAlternatives(a, b, path);
    else if (Array.isArray(a) && Array.isArray(b)) compareLists(a, b, path, kind, holder);
    else if (isObject(a) && isObject(b) && kind !== "value") compareObjects(a, b, path, kind);
    else if (!same(a, b)) found.push({ path, holder, change: "changed", base: a, revision: b });
  }

  function compareObjects(a: JsonObject, b: JsonObject, path: Path, kind: Kind): void {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const [before, after] = [own(a, key), own(b, key)];
      const here = [...path, key];
      if (identical(before, after)) continue;
      if (prose(kind, key)) found.push({ path: here, holder: kind, change: "wording", base: before, revision: after });
      else if (before === undefined) found.push({ path: here, holder: kind, change: "added", revision: after });
      else if (after === undefined) found.push({ path: here, holder: kind, change: "removed", base: before });
      else compare(before, after, here, kindBelow(kind, key), kind);
    }
    const [names, others] = [Object.keys(a), Object.keys(b)];
    // The mock sends the first example.
    if (kind === "map:example" && names.every((name) => others.includes(name)) && names[0] !== others[0])
      found.push({ path, holder: kind, change: "reordered", base: names, revision: others });
  }

  /** Compared as what they lead to; what they lead to in common is compared at its own place. */
  function compareReferences(a: Json, b: Json, path: Path, kind: Kind, holder: Kind): void {
    if (isReference(a) && isReference(b) && a.$ref === b.$ref) {
      compareObjects(withoutRef(a), withoutRef(b), path, kind);
      return;
    }
    const [before, after] = [withSiblings(base, a), withSiblings(revision, b)];
    const pair = `${JSON.stringify(a)} ${JSON.stringify(b)}`;
    if (before === undefined || after === undefined || followed.has(pair)) return;
    followed.add(pair);
    if (isReference(before) || isReference(after)) found.push({ path, holder, change: "changed", base: a, revision: b });
    else compare(before, after, path, kind, holder);
    followed.delete(pair);
  }

  function compareLists(a: Json[], b: Json[], path: Path, kind: Kind, holder: Kind): void {
    const identify = identities[kind];
    if (identify === undefined) {
      if (same(a, b)) return;
      const change = sameMembers(a, b) ? "reordered" : "changed";
      found.push({ path, holder, change, base: a, revision: b });
      return;
    }
    const [before, after] = [named(a, identify(base)), named(b, identify(revision))];
    for (const [name, [index, member]] of before)
      if (!after.has(name)) found.push({ path: [...path, index], holder: kind, change: "removed", base: member });
    for (const [name, [index, member]] of after) {
      const old = before.get(name);
      if (old === undefined) found.push({ path: [...path, index], holder: kind, change: "added", revision: member });
      else compare(old[1], member, [...path, index], kindBelow(kind, index), kind);
    }
    const order = [...after.keys()].filter((name) => before.has(name));
    if ([...before.keys()].filter((name) => after.has(name)).join("\n") !== order.join("\n"))
      found.push({ path, holder, change: "reordered", base: a, revision: b });
  }

  /** What stands in both is the same, wherever it stands; the rest is compared in its order. */
  function compareAlternatives(a: Json[], b: Json[], path: Path): void {
    const kind = "list:schema";
    const texts = (list: Json[]) => new Set(list.map((member) => JSON.stringify(member)));
    const rest = (list: Json[], other: Set<string>) => [...list.entries()].filter(([, member]) => !other.has(JSON.stringify(member)));
    const [before, after] = [rest(a, texts(b)), rest(b, texts(a))];
    for (const [place, [index, member]] of after.entries()) {
      const old = before[place];
      if (old === undefined) found.push({ path: [...path, index], holder: kind, change: "added", revision: member });
      else compare(old[1], member, [...path, index], "schema", kind);
    }
    for (const [index, member] of before.slice(after.length))
      found.push({ path: [...path, index], holder: kind, change: "removed", base: member });
    if (before.length === 0 && after.length === 0) found.push({ path, holder: kind, change: "reordered", base: a, revision: b });
  }

  compareObjects(base, revision, [], "document");
  return found;
}

type Identify = (document: JsonObject) => (member: Json) => string;

const server: Identify = () => (member) => {
  const { "x-cloud": cloud, url } = isObject(member) ? member : {};
  return isObject(cloud) ? `${cloud.name} ${cloud.version}` : `${url}`;
};

/** By what a member of a list is known, so that another order or a member more is not taken for a change of all that follow. */
const identities: Readonly<Record<Kind, Identify | undefined>> = {
  "list:server": server,
  "list:unsupportedCloud": () => (member) => (isObject(member) ? `${member.name} ${member.version ?? ""}` : `${member}`),
  "list:tag": () => (member) => (isObject(member) ? `${member.name}` : `${member}`),
  "list:requirement": () => (member) => JSON.stringify(member),
  "list:parameter": (document) => (member) => {
    const parameter = resolve(document, member);
    return isObject(parameter) ? `${parameter.in} ${parameter.name}` : `${parameter}`;
  },
};

/** Two members of one name: both are kept. */
function named(list: readonly Json[], nameOf: (member: Json) => string): Map<string, [number, Json]> {
  const map = new Map<string, [number, Json]>();
  for (const [index, member] of list.entries()) {
    let name = nameOf(member);
    while (map.has(name)) name += " (again)";
    map.set(name, [index, member]);
  }
  return map;
}

/** The order of keys included: among examples it means something. */
function identical(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sameMembers(a: readonly Json[], b: readonly Json[]): boolean {
  const sorted = (list: readonly Json[]) => list.map((member) => JSON.stringify(member)).sort();
  return same(sorted(a), sorted(b));
}

function isReference(node: Json): node is JsonObject & { $ref: string } {
  return isObject(node) && typeof node.$ref === "string";
}

/** What a reference leads to, with what stands beside it. */
function withSiblings(document: JsonObject, node: Json): Json | undefined {
  const target = resolve(document, node);
  return isReference(node) && isObject(target) && target !== node ? { ...target, ...withoutRef(node) } : target;
}

function withoutRef({ $ref: _, ...rest }: JsonObject): JsonObject {
  return rest;
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
