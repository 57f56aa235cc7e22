import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, type Path, resolve } from "../../spec/json.ts";
import { methods } from "../../spec/kinds.ts";
import type { Walk } from "./difference.ts";

type PathItem = { readonly path: Path; readonly item: JsonObject };
type Found = { readonly at: Path; readonly node: Json };
type Parameters = ReadonlyMap<string, Found>;

/** The parameters of each operation, whether they stand at the path or at the operation itself. `renames`: by a method its old one. */
export function compareParameters(walk: Walk, before: PathItem, after: PathItem, renames: ReadonlyMap<string, string>): void {
  const told = new Set<string>();
  // What stands at the path is said once, however many operations have it.
  const once: Once = (at, tell) => {
    const name = JSON.stringify(at);
    if (!told.has(name)) tell();
    told.add(name);
  };
  for (const method of methods) {
    const old = parametersOf(walk.base, before, renames.get(method) ?? method);
    const now = parametersOf(walk.revision, after, method);
    if (old !== undefined && now !== undefined) compareEach(walk, old, now, [...after.path, "parameters"], once);
  }
}

type Once = (at: Path, tell: () => void) => void;

function compareEach(walk: Walk, old: Parameters, now: Parameters, list: Path, once: Once): void {
  for (const [name, { at, node }] of now) {
    const known = old.get(name);
    if (known === undefined) once(at, () => walk.add({ path: at, holder: "list:parameter", change: "added", revision: node }));
    else once(at, () => walk.compare(known.node, node, { path: at, kind: "parameter", holder: "list:parameter" }));
  }
  for (const [name, { at, node }] of old)
    if (!now.has(name)) once(["removed", ...at], () => walk.add({ path: at, holder: "list:parameter", change: "removed", base: node }));
  const both = [...now.keys()].filter((name) => old.has(name));
  if (both.some((name) => old.get(name)?.at.length !== now.get(name)?.at.length))
    once(["moved"], () => walk.add({ path: list, holder: "pathItem", change: "moved" }));
  else if ([...old.keys()].filter((name) => now.has(name)).join("\n") !== both.join("\n"))
    once(["reordered"], () => walk.add({ path: now.get(both[0] ?? "")?.at.slice(0, -1) ?? list, holder: "pathItem", change: "reordered" }));
}

/** What an operation takes, by where it is sent and its name; `undefined`: there is no such operation. */
function parametersOf(document: JsonObject, { path, item }: PathItem, method: string): Parameters | undefined {
  const operation = Object.hasOwn(item, method) ? resolve(document, item[method]) : undefined;
  if (!isObject(operation)) return undefined;
  const listed = (list: Json | undefined, at: Path) =>
    (Array.isArray(list) ? list : []).map(
      (node, index) => [identity(document, `${path.at(-1)}`, node), { at: [...at, index], node }] as const,
    );
  return new Map([...listed(item.parameters, [...path, "parameters"]), ...listed(operation.parameters, [...path, method, "parameters"])]);
}

/** In a path the place counts, the name is but a name; that of a header has no case. */
function identity(document: JsonObject, template: string, node: Json): string {
  const parameter = resolve(document, node);
  if (!isObject(parameter)) return `${parameter}`;
  const place = [...template.matchAll(/\{([^}]*)\}/g)].findIndex(([, name]) => name === parameter.name);
  if (parameter.in === "path" && place !== -1) return `path ${place}`;
  return parameter.in === "header" ? `header "${parameter.name}"`.toLowerCase() : `${parameter.in} "${parameter.name}"`;
}
