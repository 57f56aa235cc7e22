import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject } from "../../spec/json.ts";
import type { Kind } from "../../spec/kinds.ts";
import { constraintsIn } from "./alternatives.ts";
import { overlap, typesOf } from "./applies.ts";
import type { Effect } from "./effect.ts";
import { opposite } from "./effect.ts";
import { fitsWithin } from "./within.ts";

/**
 * How a schema looks from the message that it is a part of. `open`: another alternative lets everything pass that this one does. `inverse`:
 * below `not` more means less. `unclear`: what it means depends on the rest.
 */
export type Lens = "plain" | "open" | "inverse" | "unclear";

/** What happens to the message when this happens to its part. */
export function through(lens: Lens, effect: Effect): Effect {
  if (effect === "none" || lens === "open") return "none";
  if (lens === "unclear") return "unclear";
  return lens === "inverse" ? opposite(effect) : effect;
}

export function compose(outer: Lens, inner: Lens): Lens {
  if (outer === "open" || inner === "open") return "open";
  if (outer === "unclear" || inner === "unclear") return "unclear";
  return outer === inner ? "plain" : "inverse";
}

/** The lens of one step down: from what holds the key to what stands there. */
export function lensOf(document: JsonObject, holder: Json, kind: Kind, key: string | number, listName: string | undefined): Lens {
  if (kind === "schema" && key === "not") return "inverse";
  if (kind === "schema" && (key === "if" || (key === "contains" && isObject(holder) && holder.maxContains !== undefined))) return "unclear";
  if (kind !== "list:schema" || !Array.isArray(holder) || typeof key !== "number") return "plain";
  const others = holder.filter((_, index) => index !== key);
  if (listName === "anyOf") return others.some((other) => isOpen(document, holder[key] as Json, other)) ? "open" : "plain";
  if (listName === "oneOf") return others.some((other) => mayShare(document, holder[key] as Json, other)) ? "unclear" : "plain";
  return "plain";
}

/** An alternative that asks for nothing but the type, which the one has too: so whatever the one says about its values is but a hint. */
function isOpen(document: JsonObject, one: Json, other: Json): boolean {
  const wide = constraintsIn(document, other);
  if (wide === true) return true;
  return isObject(wide) && Object.keys(wide).join() === "type" && fitsWithin(document, one, document, other);
}

function mayShare(document: JsonObject, one: Json, other: Json): boolean {
  const [a, b] = [constraintsIn(document, one), constraintsIn(document, other)];
  if (a === false || b === false) return false;
  return overlap(a === true ? undefined : typesOf(a), b === true ? undefined : typesOf(b));
}
