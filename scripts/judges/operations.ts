// Reads the operations of documents that differ from a good one in one place: what is the same is read once, and is the same object.

import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, refPath, valueAt } from "../spec/json.ts";
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

/**
 * For each path a document that has all that Prism reads for it, with components in place of the references to them: Prism then need not go
 * through the other components. A document with a reference that is not as plain as that, wherever it stands, has no such parts.
 */
function partsOf(document: JsonObject): JsonObject[] | undefined {
  const { paths, webhooks, components, ...rest } = document;
  const inline = createInliner(document);
  try {
    const [items, all] = [inline(paths ?? null), inline(components ?? null)];
    // Prism reads no webhooks, but refuses a document in which a reference leads nowhere.
    inline(webhooks ?? null);
    if (!isObject(items) || !isObject(all)) return undefined;
    const needed: JsonObject = all.securitySchemes === undefined ? {} : { securitySchemes: all.securitySchemes };
    return Object.entries(items).map(([path, item]) => ({ ...rest, paths: { [path]: item }, components: needed }));
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** A reference that leads nowhere, or in a circle, or elsewhere than to a component, or that stands beside something else. */
class NotPlain extends Error {}

function createInliner(document: JsonObject): (node: Json) => Json {
  const done = new Map<string, Json>();
  const begun = new Set<string>();
  const follow = (ref: string): Json => {
    const target = /^#\/components\/[^/]+\/[^/]+$/.test(ref) ? valueAt(document, refPath(ref)) : undefined;
    if (target === undefined || begun.has(ref)) throw new NotPlain(ref);
    begun.add(ref);
    const whole = inline(target);
    done.set(ref, whole);
    return whole;
  };
  const inline = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(inline);
    if (!isObject(node)) return node;
    const { $ref: ref } = node;
    if (typeof ref !== "string") return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inline(value)]));
    if (Object.keys(node).length > 1) throw new NotPlain(ref);
    return done.get(ref) ?? follow(ref);
  };
  return inline;
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
