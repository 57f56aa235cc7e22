import type { Json } from "../../spec/document.ts";
import { isObject, valueAt } from "../../spec/json.ts";
import type { Meaning } from "../change.ts";
import type { Difference } from "../differences/difference.ts";
import type { Direction } from "../usage.ts";
import type { Context } from "./context.ts";
import { byEffect, joined } from "./values.ts";

/** A property that came, went or has another name. */
export function propertyMeaning(difference: Difference, context: Context): Meaning {
  const { change, path } = difference;
  const { uses } = context;
  const map = path.at(-2);
  if (map === "$defs")
    return { side: "caller", bump: "patch", wire: "no", why: "A definition: what refers to it is judged where it does." };
  if (map === "dependentSchemas") return byEffect(uses, change === "added" ? "narrower" : change === "removed" ? "wider" : "unclear");
  if (map !== "properties" || uses.some(({ lens }) => lens === "inverse" || lens === "unclear")) return byEffect(uses, "unclear");
  if (uses.length === 0) return byEffect(uses, "unclear");
  const holder = valueAt(change === "removed" ? context.base : context.revision, path.slice(0, -2));
  const directions = new Set(uses.map(({ direction }) => direction));
  return joined([...directions].map((direction) => sentence(difference.change, direction, isClosed(holder))));
}

function sentence(change: Difference["change"], direction: Direction, closed: boolean): Meaning {
  if (change === "added")
    return { side: "caller", bump: "minor", wire: "yes", why: direction === "sent" ? "Callers may send it." : "Callers may read it." };
  if (direction === "sent") {
    const old = change === "renamed" ? "the old name" : "it";
    const why = closed
      ? `Callers that send ${old} are refused.`
      : `Callers that send ${old} no longer compile: it has no meaning any more.`;
    return { side: "caller", bump: "major", wire: "yes", why };
  }
  if (change === "renamed")
    return { side: "both", bump: "major", wire: "yes", why: "The service sends the new name: callers that read the old one find nothing." };
  const service = closed ? " The service may no longer send it." : "";
  return { side: closed ? "both" : "caller", bump: "major", wire: "yes", why: `Callers that read it no longer compile.${service}` };
}

/** Whether an object refuses what it does not name. */
function isClosed(node: Json | undefined): boolean {
  return isObject(node) && node.additionalProperties === false;
}
