import type { Json, JsonObject } from "../spec/document.ts";
import { resolve } from "../spec/json.ts";
import { type Kind, kindBelow } from "../spec/kinds.ts";
import { effectBetween } from "./schemas/within.ts";

/** Whether what every body, parameter and header of every operation may hold is proved to be the same as before. */
export function haveSameMessages(base: JsonObject, revision: JsonObject): boolean {
  const [before, after] = [schemasOf(base), schemasOf(revision)];
  const proved = new Map<string, boolean>();
  const isSame = (a: Json, b: Json) => {
    const pair = JSON.stringify([a, b]);
    const known = proved.get(pair) ?? effectBetween(base, a, revision, b) === "none";
    proved.set(pair, known);
    return known;
  };
  return [...after].every(([place, schema]) => {
    const old = before.get(place);
    return old !== undefined && isSame(old, schema);
  });
}

/** The schemas of the messages, by where the operations lead to them. */
function schemasOf(document: JsonObject): Map<string, Json> {
  const found = new Map<string, Json>();
  const visit = (node: Json, place: string, kind: Kind): void => {
    if (kind === "schema") found.set(place, node);
    const target = resolve(document, node);
    if (kind === "schema" || kind === "value" || kind === "map:example" || typeof target !== "object" || target === null) return;
    for (const [key, value] of Array.isArray(target) ? target.entries() : Object.entries(target))
      visit(value, `${place}/${key}`, kindBelow(kind, key));
  };
  visit(document.paths ?? {}, "paths", "map:pathItem");
  visit(document.webhooks ?? {}, "webhooks", "map:pathItem");
  return found;
}
