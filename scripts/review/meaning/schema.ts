import type { JsonObject } from "../../spec/document.ts";
import { valueAt } from "../../spec/json.ts";
import { type Kind, kindBelow } from "../../spec/kinds.ts";
import type { Meaning } from "../change.ts";
import type { Difference } from "../differences/difference.ts";
import { type Effect, effectOf, isKnown } from "../schemas/effect.ts";
import { comesInstead } from "../schemas/instead.ts";
import { effectBetween } from "../schemas/within.ts";
import type { Use } from "../usage.ts";
import type { Context } from "./context.ts";
import { asBefore, byEffect, demandMeaning, deprecation, effectFor, joined, orderOnly, sameValues, unknownExtension } from "./values.ts";

/** A member of `allOf` demands more, one of `anyOf` allows more; of `oneOf`, that depends on the others. */
export function alternativeMeaning({ change, path, base, revision }: Difference, context: Context): Meaning {
  if (change === "reordered") return orderOnly;
  const [list] = path.slice(-2);
  if (isLostAbove(path, context)) return sameValues;
  const proved = effectBetween(context.base, { [`${list}`]: base ?? [] }, context.revision, { [`${list}`]: revision ?? [] });
  if (proved !== "unclear" || list === "oneOf") return byEffect(context.uses, proved);
  return byEffect(context.uses, (change === "added") === (list === "allOf") ? "narrower" : "wider");
}

/** A schema that is built in another way, or another one. */
export function rewrittenMeaning({ base, revision, path }: Difference, context: Context): Meaning {
  if (isLostAbove(path, context)) return sameValues;
  return byEffect(context.uses, effectBetween(context.base, base ?? true, context.revision, revision ?? true));
}

export function keywordMeaning(difference: Difference, keyword: string, context: Context): Meaning {
  const { base, revision, change } = difference;
  if (change === "reordered" && keyword !== "prefixItems") return orderOnly;
  if (keyword === "deprecated") return deprecation(base, revision);
  if (keyword.startsWith("x-")) return unknownExtension;
  if (keyword === "default") return defaultMeaning(difference, context.uses);
  if (keyword === "readOnly" || keyword === "writeOnly") return oneWay(difference, keyword, context.uses);
  if (keyword === "nullable" && !`${context.revision.openapi}`.startsWith("3.0"))
    return { ...asBefore, why: "OpenAPI 3.1 does not know `nullable`: it has no effect." };
  if (!isKnown(keyword))
    return { side: "both", bump: "minor", wire: "maybe", why: "A keyword that these checks do not know: judge it yourself." };
  if (keyword === "enum") return membersMeaning(difference, context);
  const effect = keywordEffect(difference, keyword, context);
  const isDemand = keyword === "required" && context.uses.length > 0 && context.uses.every(({ lens }) => lens === "plain");
  if (isDemand && (effect === "narrower" || effect === "wider")) return demandMeaning(effect === "narrower", context.uses);
  return byEffect(context.uses, effect);
}

/** By the schemas as a whole, where that can be proved: two keywords may say the same, or one may leave the other nothing to say. */
function keywordEffect({ holders, path }: Difference, keyword: string, context: Context): Effect {
  if (holders === undefined) return "unclear";
  const [before, after] = holders;
  const effect = effectHere(keyword, before, after, context);
  return effect === "none" || isLostAbove(path, context) ? "none" : effect;
}

/** The effect on the schema that holds the keyword. */
function effectHere(keyword: string, before: JsonObject, after: JsonObject, { base, revision }: Context): Effect {
  const effect = effectOf(keyword, before, after);
  const proved = effect === "none" ? "none" : effectBetween(base, before, revision, after);
  if (proved !== "unclear") return proved;
  return comesInstead(keyword, before, after) ? "unclear" : effect;
}

/** Whether a schema around it, or every message, lets the same values pass as before, whatever this one says. */
function isLostAbove(path: Difference["path"], { base, revision, uses, sameMessages }: Context): boolean {
  if (uses.length > 0 && sameMessages()) return true;
  for (let length = path.length - 1; length > 2; length--) {
    const [before, after] = [valueAt(base, path.slice(0, length)), valueAt(revision, path.slice(0, length))];
    const isSchema = kindAt(path.slice(0, length)) === "schema";
    if (isSchema && before !== undefined && after !== undefined && effectBetween(base, before, revision, after) === "none") return true;
  }
  return false;
}

/** What stands at a path, by what OpenAPI says of each key. */
function kindAt(path: Difference["path"]): Kind {
  return path.reduce<Kind>((kind, key) => kindBelow(kind, key), "document");
}

/** Members that are known by name. Where others fit too, or are announced, callers must be ready for any. */
function membersMeaning({ base, revision, path, holders }: Difference, context: Context): Meaning {
  const { uses } = context;
  const effect = holders === undefined ? "unclear" : effectHere("enum", ...holders, context);
  if (effect === "none") return sameValues;
  const isOpen = uses.length > 0 && uses.every(({ lens }) => lens === "open");
  if (isOpen || isLostAbove(path, context))
    return { side: "caller", bump: "minor", wire: "no", why: `Any other value fits, as before: ${knownByName(effect)}` };
  const isAnnounced = [base, revision].every((list) => Array.isArray(list) && list.includes("unknownFutureValue"));
  if (!isAnnounced || effectFor("received", uses, effect) === "none") return byEffect(uses, effect);
  const why = `Callers must be ready for members that they do not know (\`unknownFutureValue\`): ${knownByName(effect)}`;
  const sent = uses.filter(({ direction }) => direction === "sent");
  return joined([{ side: "caller", bump: "minor", wire: "yes", why }, ...(sent.length === 0 ? [] : [byEffect(sent, effect)])]);
}

function knownByName(effect: Effect): string {
  if (effect === "wider") return "callers may know one more by its name.";
  return effect === "narrower" ? "callers no longer know one by its name." : "callers know others by their names.";
}

/** No message is refused for it; but the generated types demand what has a default. */
function defaultMeaning({ change }: Difference, uses: readonly Use[]): Meaning {
  const isRead = uses.length === 0 || uses.some(({ direction }) => direction === "received");
  const meaning = change === "removed" ? "Nobody says any more what a missing value means" : "A missing value means something else now";
  if (change === "changed") return { side: "caller", bump: "major", wire: "no", why: `${meaning}.` };
  if (change === "added")
    return { side: "caller", bump: "major", wire: "no", why: "A missing value means this now, and the generated types demand the value." };
  const types = isRead ? "the generated types no longer promise one" : "the generated types no longer demand one";
  return { side: "caller", bump: "major", wire: "no", why: `${meaning}, and ${types}.` };
}

/** `readOnly` is for what only the service sends, `writeOnly` for what only the caller does. */
function oneWay({ base, revision }: Difference, keyword: "readOnly" | "writeOnly", uses: readonly Use[]): Meaning {
  if ((base === true) === (revision === true)) return asBefore;
  const against = keyword === "readOnly" ? "sent" : "received";
  const concerned = uses.filter(({ direction }) => direction === against);
  return concerned.length === 0 ? asBefore : byEffect(concerned, revision === true ? "narrower" : "wider");
}
