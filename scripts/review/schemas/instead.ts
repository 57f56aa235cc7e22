import type { JsonObject } from "../../spec/document.ts";
import { same } from "../../spec/json.ts";
import { effectOf } from "./effect.ts";

/** Which texts fit these, nobody can compare. */
const opaque = ["pattern", "format", "contentEncoding", "contentMediaType"];
/** Keywords that may refuse the same values. */
const families = [
  [...opaque, "minLength", "maxLength"],
  ["format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
];

/** Whether a keyword comes in the place of another one: what the one lets pass the other may refuse, so that neither by itself says what fits now. */
export function comesInstead(keyword: string, before: JsonObject, after: JsonObject): boolean {
  return families
    .filter((family) => family.includes(keyword))
    .some((family) => {
      const changed = family.filter((one) => !same(before[one], after[one]));
      const effects = changed.map((one) => effectOf(one, before, after));
      return changed.some((one) => opaque.includes(one)) && effects.includes("narrower") && effects.includes("wider");
    });
}
