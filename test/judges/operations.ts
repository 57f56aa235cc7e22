// Reads the operations of documents that differ from a good one in one place: what is the same is read once, and is the same object.
import { isObject, refPath, valueAt } from "../../scripts/json.ts";
import type { Json, JsonObject } from "../../scripts/spec.ts";
import { type Operations, readOperations } from "./prism.ts";

/** A reader for variants of a good document. Prism keeps its validators by object, so for what is shared they are made once, too. */
export async function createOperationsReader(good: JsonObject): Promise<(document: JsonObject) => Promise<Operations>> {
  const read = async (part: JsonObject) => ({ text: JSON.stringify(part), operations: await readOperations(part) });
  const known = await Promise.all((partsOf(good) ?? []).map(read));
  return async (document) => {
    const parts = partsOf(document);
    if (parts === undefined) return readOperations(document);
    const ofParts = parts.map(async (part, index) => {
      const before = known[index];
      return before?.text === JSON.stringify(part) ? before.operations : sharing(before?.operations, await readOperations(part));
    });
    return (await Promise.all(ofParts)).flat();
  };
}

/** For each path a document that has all that Prism reads for it. With a `$ref` that leads nowhere, wherever it stands, there are none. */
function partsOf(document: JsonObject): JsonObject[] | undefined {
  const { paths, webhooks: _, components = {}, ...rest } = document;
  if (!isObject(paths) || !isObject(components) || !collectTargets(document, document, new Map())) return undefined;
  const { securitySchemes } = components;
  return Object.entries(paths).map(([path, item]) => {
    const targets = new Map<string, Json>();
    collectTargets(document, item, targets);
    const needed: JsonObject = securitySchemes === undefined ? {} : { securitySchemes };
    for (const [ref, target] of targets) {
      const [, group = "", name = ""] = refPath(ref);
      needed[group] = { ...(needed[group] as JsonObject), [name]: target };
    }
    return { ...rest, paths: { [path]: item }, components: needed };
  });
}

/** Collects what the references below a node lead to; false when one leads nowhere, or elsewhere than to a component. */
function collectTargets(document: JsonObject, node: Json, found: Map<string, Json>): boolean {
  if (typeof node !== "object" || node === null) return true;
  if (isObject(node) && typeof node.$ref === "string" && !found.has(node.$ref)) {
    const target = /^#\/components\/[^/]+\/[^/]+$/.test(node.$ref) ? valueAt(document, refPath(node.$ref)) : undefined;
    if (target === undefined) return false;
    found.set(node.$ref, target);
    if (!collectTargets(document, target, found)) return false;
  }
  return Object.values(node).every((child) => collectTargets(document, child, found));
}

/** The same value, with every part that is equal to the old value's as the old value's object. */
export function sharing<T>(old: T | undefined, value: T): T {
  if (typeof value !== "object" || value === null || typeof old !== "object" || old === null) return value;
  const [before, after] = [old as Record<string, unknown>, value as Record<string, unknown>];
  const keys = Object.keys(after);
  for (const key of keys) after[key] = sharing(before[key], after[key]);
  const isSame =
    Array.isArray(old) === Array.isArray(value) &&
    Object.keys(before).join("\n") === keys.join("\n") &&
    keys.every((key) => before[key] === after[key]);
  return isSame ? old : value;
}
