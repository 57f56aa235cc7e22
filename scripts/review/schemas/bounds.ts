import type { JsonObject } from "../../spec/document.ts";
import { typesOf } from "./applies.ts";

export type Bound = { readonly limit: number; readonly exclusive: boolean };

/** The largest number that fits, by `maximum` and `exclusiveMaximum` together. */
export function upperBound(schema: JsonObject): Bound {
  return bound(schema, schema.maximum, schema.exclusiveMaximum);
}

/** The smallest number that fits, with its sign turned: so a smaller limit is narrower here too. */
export function lowerBound(schema: JsonObject): Bound {
  return bound(schema, negated(schema.minimum), negated(schema.exclusiveMinimum));
}

function bound(schema: JsonObject, including: unknown, excluding: unknown): Bound {
  const [most, below] = [numberOr(including), numberOr(excluding)];
  const found = below <= most ? { limit: below, exclusive: Number.isFinite(below) } : { limit: most, exclusive: false };
  const types = typesOf(schema);
  if (types === undefined || types.has("number") || !Number.isFinite(found.limit)) return found;
  // Of whole numbers the next one counts: below 10 is at most 9.
  return { limit: found.exclusive ? Math.ceil(found.limit) - 1 : Math.floor(found.limit), exclusive: false };
}

function numberOr(value: unknown): number {
  return typeof value === "number" ? value : Number.POSITIVE_INFINITY;
}

function negated(value: unknown): unknown {
  return typeof value === "number" ? -value : value;
}
