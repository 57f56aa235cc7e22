import type { Json } from "../../spec/document.ts";
import { isObject, same } from "../../spec/json.ts";
import { type Kind, kindBelow } from "../../spec/kinds.ts";
import type { Place, Walk } from "./difference.ts";

export function compareLists(walk: Walk, a: Json[], b: Json[], place: Place): void {
  const { path, kind } = place;
  const identify = identities[kind];
  if (identify === undefined) {
    if (same(a, b)) return;
    const { holder, holders } = place;
    walk.add({ path, holder, change: sameMembers(a, b) ? "reordered" : "changed", base: a, revision: b, holders });
    return;
  }
  const [before, after] = [named(a, identify), named(b, identify)];
  const renamed = kind === "list:server" ? renamedServers(before, after) : new Map<string, string>();
  for (const [name, [index, member]] of before)
    if (!after.has(name) && ![...renamed.values()].includes(name))
      walk.add({ path: [...path, index], holder: kind, change: "removed", base: member });
  for (const [name, [index, member]] of after) {
    const here = [...path, index];
    const from = renamed.get(name);
    const old = before.get(from ?? name);
    if (from !== undefined) walk.add({ path: here, holder: kind, change: "renamed", from, base: old?.[1], revision: member });
    else if (old === undefined) walk.add({ path: here, holder: kind, change: "added", revision: member });
    else walk.compare(old[1], member, { path: here, kind: kindBelow(kind, index), holder: kind });
  }
  const order = [...after.keys()].filter((name) => before.has(name));
  if ([...before.keys()].filter((name) => after.has(name)).join("\n") !== order.join("\n"))
    walk.add({ path, holder: place.holder, change: "reordered", base: a, revision: b });
}

/** What stands in both is the same, wherever it stands; the rest is compared in its order. */
export function compareAlternatives(walk: Walk, a: Json[], b: Json[], path: Place["path"]): void {
  const kind = "list:schema";
  const texts = (list: Json[]) => new Set(list.map((member) => JSON.stringify(member)));
  const rest = (list: Json[], other: Set<string>) => [...list.entries()].filter(([, member]) => !other.has(JSON.stringify(member)));
  const [before, after] = [rest(a, texts(b)), rest(b, texts(a))];
  for (const [place, [index, member]] of after.entries()) {
    const old = before[place];
    if (old === undefined) walk.add({ path: [...path, index], holder: kind, change: "added", base: a, revision: b });
    else walk.compare(old[1], member, { path: [...path, index], kind: "schema", holder: kind });
  }
  for (const [index] of before.slice(after.length))
    walk.add({ path: [...path, index], holder: kind, change: "removed", base: a, revision: b });
  if (before.length === 0 && after.length === 0) walk.add({ path, holder: kind, change: "reordered", base: a, revision: b });
}

type Identify = (member: Json) => string;

const cloudName: Identify = (member) => {
  const { "x-cloud": cloud, url } = isObject(member) ? member : {};
  return isObject(cloud) ? `${cloud.name} ${cloud.version}` : `${url}`;
};

/** By what a member of a list is known, so that another order or a member more is not taken for a change of all that follow. */
const identities: Readonly<Record<Kind, Identify | undefined>> = {
  "list:server": cloudName,
  "list:unsupportedCloud": (member) => (isObject(member) ? `${member.name} ${member.version ?? ""}` : `${member}`),
  "list:tag": (member) => (isObject(member) ? `${member.name}` : `${member}`),
};

type Named = ReadonlyMap<string, readonly [index: number, member: Json]>;

/** Two members of one name: both are kept. */
function named(list: readonly Json[], nameOf: Identify): Named {
  const map = new Map<string, [number, Json]>();
  for (const [index, member] of list.entries()) {
    let name = nameOf(member);
    while (map.has(name)) name += " (again)";
    map.set(name, [index, member]);
  }
  return map;
}

/** By the new name the old one: the same address and the same tokens, which belong to another cloud or version now. */
function renamedServers(before: Named, after: Named): Map<string, string> {
  const place = (member: Json) => {
    const { url, "x-cloud": cloud } = isObject(member) ? member : {};
    return isObject(cloud) ? `${url} ${cloud.authorityHost} ${cloud.tokenScope}` : undefined;
  };
  const gone = [...before].filter(([name]) => !after.has(name));
  const fresh = [...after].filter(([name]) => !before.has(name));
  return new Map(
    fresh.flatMap(([name, [, member]]) => {
      const [old, another] = gone.filter(([, [, one]]) => place(one) !== undefined && place(one) === place(member));
      return old === undefined || another !== undefined ? [] : [[name, old[0]] as const];
    }),
  );
}

function sameMembers(a: readonly Json[], b: readonly Json[]): boolean {
  const sorted = (list: readonly Json[]) => list.map((member) => JSON.stringify(member)).sort();
  return same(sorted(a), sorted(b));
}
