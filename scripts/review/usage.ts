import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, type Path, refPath, toPointer, valueAt } from "../spec/json.ts";
import { type Kind, kindBelow } from "../spec/kinds.ts";
import { compose, type Lens, lensOf } from "./schemas/lens.ts";

/** `sent`: the caller of the client writes it. `received`: the service does, and the caller must expect it. */
export type Direction = "sent" | "received";

/** One way in which messages use a part of the document. */
export type Use = { readonly direction: Direction; readonly lens: Lens };

type Step = { readonly node: Json; readonly path: Path; readonly kind: Kind };
type From = { readonly use: Use | undefined; readonly called: "by us" | "by them" };

/** Who writes what stands at a path, and through which lens: by the operations that use it. A webhook is called by the service. */
export function createUsage(document: JsonObject): (path: Path) => readonly Use[] {
  const used = new Map<string, Map<string, Use>>();

  function mark({ node, path, kind }: Step, { use, called }: From): void {
    if (typeof node !== "object" || node === null) return;
    if (use !== undefined) {
      const pointer = toPointer(path);
      const known = used.get(pointer) ?? new Map();
      const name = `${use.direction} ${use.lens}`;
      if (known.has(name)) return;
      used.set(pointer, known.set(name, use));
    }
    if (isObject(node) && typeof node.$ref === "string") {
      const target = refPath(node.$ref);
      const found = valueAt(document, target);
      if (found !== undefined) mark({ node: found, path: target, kind }, { use, called });
    }
    for (const [key, value] of Array.isArray(node) ? node.entries() : Object.entries(node)) {
      const caller = key === "callbacks" && kind === "operation" ? "by them" : called;
      const direction = use?.direction ?? directionBelow(kind, `${key}`, caller);
      const lens = compose(use?.lens ?? "plain", lensOf(document, node, kind, key, nameOf(path)));
      const below = { node: value, path: [...path, key], kind: kindBelow(kind, key) };
      mark(below, { use: direction === undefined ? undefined : { direction, lens }, called: caller });
    }
  }

  mark({ node: document.paths ?? {}, path: ["paths"], kind: "map:pathItem" }, { use: undefined, called: "by us" });
  mark({ node: document.webhooks ?? {}, path: ["webhooks"], kind: "map:pathItem" }, { use: undefined, called: "by them" });
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const found = used.get(toPointer(path.slice(0, length)));
      if (found !== undefined) return [...found.values()];
    }
    return [];
  };
}

function nameOf(path: Path): string | undefined {
  return path.length === 0 ? undefined : `${path.at(-1)}`;
}

function directionBelow(kind: Kind, key: string, called: "by us" | "by them"): Direction | undefined {
  if (kind !== "operation" && kind !== "pathItem") return undefined;
  if (key === "parameters" || key === "requestBody") return called === "by us" ? "sent" : "received";
  if (key === "responses") return called === "by us" ? "received" : "sent";
  return undefined;
}
