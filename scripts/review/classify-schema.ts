import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, valueAt } from "../spec/json.ts";
import type { Verdict } from "./change.ts";
import type { Difference } from "./differences.ts";
import { type Effect, effectOf } from "./schema-change.ts";
import type { Direction } from "./usage.ts";

type Context = { readonly base: JsonObject; readonly directions: ReadonlySet<Direction> };

export function propertyChange({ change, base, revision, path }: Difference, { directions, base: document }: Context): Verdict {
  if (change === "added")
    return { side: "caller", bump: "minor", why: directions.has("sent") ? "Callers may send more." : "Callers may read more." };
  if (change === "changed") return byEffect(directions, base === true ? "narrower" : revision === true ? "wider" : "other");
  const closed = isClosed(document, path);
  const why = "Callers that use the property no longer compile.";
  return { side: directions.has("received") && closed ? "both" : "caller", bump: "major", why };
}

function isClosed(document: JsonObject, path: readonly (string | number)[]): boolean {
  const node = valueAt(document, path.slice(0, -2));
  return isObject(node) && node.additionalProperties === false;
}

/** A member of `allOf` demands more, one of `anyOf` or `oneOf` allows more. */
export function alternativeChange({ change, path }: Difference, { directions }: Context): Verdict {
  const restricts = path.at(-2) === "allOf";
  if (change === "reordered") return orderOnly;
  if (change !== "added" && change !== "removed") return byEffect(directions, "other");
  return byEffect(directions, (change === "added") === restricts ? "narrower" : "wider");
}

export function keywordChange({ base, revision, change, path }: Difference, keyword: string, { directions }: Context): Verdict {
  if (change === "reordered") return orderOnly;
  if (keyword === "deprecated") return deprecation(base, revision);
  if (keyword.startsWith("x-")) return unknownExtension;
  if (keyword === "default")
    return {
      side: "caller",
      bump: "major",
      why: "What a missing value means is another, and so is whether the generated types demand it.",
    };
  if (["anyOf", "oneOf", "allOf", "properties"].includes(keyword)) return byEffect(directions, change === "added" ? "narrower" : "wider");
  const effect = effectOf(keyword, base, revision);
  // Below `not`, more means less: which it is depends on the rest.
  return byEffect(directions, path.includes("not") && effect !== "none" ? "other" : effect);
}

export function deprecation(base: Json | undefined, revision: Json | undefined): Verdict {
  if ((base === true) === (revision === true)) return asBefore;
  const why = revision === true ? "Callers are told to move away from it." : "Callers are no longer told to move away from it.";
  return { side: "caller", bump: "minor", why };
}

export const asBefore: Verdict = { side: "caller", bump: "patch", why: "It means the same as before." };

export const orderOnly: Verdict = { side: "caller", bump: "patch", why: "The order has no meaning." };

export const unknownExtension: Verdict = {
  side: "both",
  bump: "minor",
  why: "An extension that these checks do not know: judge it yourself.",
};

/** What fewer or more values mean for whom. */
export function byEffect(directions: ReadonlySet<Direction>, effect: Effect): Verdict {
  if (effect === "none") return { side: "caller", bump: "patch", why: "As many values fit as before." };
  const verdicts: Verdict[] = [];
  // What nothing uses is judged as if both used it.
  const used = directions.size === 0 ? (["sent", "received"] as const) : [...directions];
  for (const direction of used) verdicts.push(meaning(direction, effect));
  const [first = meaning("sent", effect), ...others] = verdicts;
  return others.reduce(
    (a, b) => ({
      side: a.bump === b.bump ? (a.side === b.side ? a.side : "both") : a.bump === "major" ? a.side : b.side,
      bump: a.bump === "major" || b.bump === "major" ? "major" : "minor",
      why: a.why === b.why ? a.why : `${a.why} ${b.why}`,
    }),
    first,
  );
}

function meaning(direction: Direction, effect: Exclude<Effect, "none">): Verdict {
  if (direction === "sent") {
    if (effect === "wider") return { side: "caller", bump: "minor", why: "Callers may send more." };
    return { side: "caller", bump: "major", why: "Callers that send what was allowed are refused." };
  }
  if (effect === "wider") return { side: "caller", bump: "major", why: "Callers must expect more than before." };
  if (effect === "narrower") return { side: "service", bump: "major", why: "Answers of the service that were right are wrong now." };
  return { side: "both", bump: "major", why: "Callers must expect other answers, and answers that were right are wrong now." };
}
