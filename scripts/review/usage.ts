import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, type Path, refPath, toPointer, valueAt } from "../spec/json.ts";
import { type Kind, kindBelow } from "../spec/kinds.ts";

/** `sent`: the caller of the client writes it. `received`: the service does, and the caller must expect it. */
export type Direction = "sent" | "received";

/** Who writes what stands at a path: by the operations that use it. A webhook is called by the service. */
export function createUsage(document: JsonObject): (path: Path) => ReadonlySet<Direction> {
  const used = new Map<string, Set<Direction>>();

  function mark(node: Json, path: Path, kind: Kind, direction: Direction | undefined, called: "by us" | "by them"): void {
    if (typeof node !== "object" || node === null) return;
    if (direction !== undefined) {
      const pointer = toPointer(path);
      const known = used.get(pointer) ?? new Set();
      if (known.has(direction)) return;
      used.set(pointer, known.add(direction));
    }
    if (isObject(node) && typeof node.$ref === "string") {
      const target = lookUp(node.$ref);
      if (target !== undefined) mark(target.value, target.path, kind, direction, called);
    }
    for (const [key, value] of Array.isArray(node) ? node.entries() : Object.entries(node)) {
      const caller = key === "callbacks" && kind === "operation" ? "by them" : called;
      mark(value, [...path, key], kindBelow(kind, key), direction ?? directionBelow(kind, `${key}`, caller), caller);
    }
  }

  function lookUp($ref: string): { value: Json; path: string[] } | undefined {
    const path = refPath($ref);
    const value = valueAt(document, path);
    return value === undefined ? undefined : { value, path };
  }

  mark(document.paths ?? {}, ["paths"], "map:pathItem", undefined, "by us");
  mark(document.webhooks ?? {}, ["webhooks"], "map:pathItem", undefined, "by them");
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const found = used.get(toPointer(path.slice(0, length)));
      if (found !== undefined) return found;
    }
    return new Set();
  };
}

function directionBelow(kind: Kind, key: string, called: "by us" | "by them"): Direction | undefined {
  if (kind !== "operation" && kind !== "pathItem") return undefined;
  if (key === "parameters" || key === "requestBody") return called === "by us" ? "sent" : "received";
  if (key === "responses") return called === "by us" ? "received" : "sent";
  return undefined;
}
