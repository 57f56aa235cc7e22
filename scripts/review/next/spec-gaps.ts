import { breachesOf } from "../../judges/facts/spec-rules.ts";
import { type JsonObject, specPath } from "../../spec/document.ts";
import type { createPlaceFinder } from "../../spec/places.ts";

/** What one place of the spec still asks of another: the tests of facts and of the contract would say it, one after the other. */
export function specGaps(document: JsonObject, placeOf: ReturnType<typeof createPlaceFinder>): string[] {
  return breachesOf(document).map(({ at, cure }) => `${specPath}:${placeOf(at)[0]}: ${cure}`);
}
