import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, valueAt } from "../../spec/json.ts";
import { methods } from "../../spec/kinds.ts";
import type { Meaning } from "../change.ts";
import type { Difference } from "../differences/difference.ts";
import { renamesOf } from "../differences/renames.ts";

/** What one token must have, such as "graphApplication Calls.AccessMedia.All"; all of one alternative. */
type Alternative = ReadonlySet<string>;
type Demand = readonly Alternative[];
type Documents = { readonly base: JsonObject; readonly revision: JsonObject };

/** Which token is demanded. The alternatives are judged together: one that went may have been joined to another one. */
export function securityMeaning({ path, base, revision }: Difference, documents: Documents): Meaning {
  const isDefault = path.length === 1;
  if (isDefault && !isInherited(documents.base) && !isInherited(documents.revision))
    return noMatter("Every operation says itself what it demands.");
  // Whoever takes the document's demand before or after only is judged at its own place.
  if (isDefault && !staysInherited(documents)) return noMatter("What each operation demands is told there.");
  const [before, after] = [demandOf(base, newSchemeNames(documents)), demandOf(revision, new Map())];
  const lost = before.filter((one) => !letsPass(after, one));
  const gained = after.filter((one) => !letsPass(before, one));
  const isOurs = path[0] !== "webhooks" && !path.includes("callbacks");
  if (lost.length === 0 && gained.length === 0) return sameDemand(before, after, isOurs);
  return isOurs ? ofCallers(before, after, lost, gained) : ofService(after, lost, gained);
}

/** Whether whoever has just this passes. */
function letsPass(demand: Demand, has: Alternative): boolean {
  return demand.some((alternative) => [...alternative].every((one) => has.has(one)));
}

function ofCallers(before: Demand, after: Demand, lost: Demand, gained: Demand): Meaning {
  const more = isFree(after) ? "No token is demanded any more: callers may send without one." : `Callers pass with ${show(gained)}, too.`;
  if (lost.length === 0) return { side: "caller", bump: "minor", wire: "yes", why: more };
  const less = isFree(before)
    ? "A token is demanded now: callers without one are refused."
    : `Callers that have no more than ${show(lost)} are refused.`;
  const instead = gained.length === 0 || isFree(before) || lost.some((one) => letsPass([one], gained[0] ?? new Set()));
  return { side: "caller", bump: "major", wire: "yes", why: instead ? less : `${less} ${more}` };
}

function ofService(after: Demand, lost: Demand, gained: Demand): Meaning {
  if (lost.length === 0) {
    const why = isFree(after)
      ? "The service's own token is no longer demanded: the bot takes notifications from anybody."
      : "The bot takes notifications with another token of the service, too.";
    return { side: "caller", bump: "major", wire: "yes", why };
  }
  const why = gained.some((one) => !lost.some((old) => letsPass([old], one)))
    ? "The service must send another token."
    : "The bot refuses notifications with less of a token than this.";
  return { side: "service", bump: "major", wire: "yes", why };
}

/** The same callers pass; but the permission that stands first is the one that callers are told to take. */
function sameDemand(before: Demand, after: Demand, isOurs: boolean): Meaning {
  const first = ([alternative]: Demand) => [...(alternative ?? [])].sort().join();
  if (!isOurs || first(before) === first(after)) return noMatter("The same callers pass as before.");
  return { side: "caller", bump: "minor", wire: "no", why: "The least privileged permission comes first: callers are told another one." };
}

function noMatter(why: string): Meaning {
  return { side: "caller", bump: "patch", wire: "no", why };
}

function isFree(demand: Demand): boolean {
  return demand.some((alternative) => alternative.size === 0);
}

/** Nothing demanded is one alternative that demands nothing. */
function demandOf(list: Json | undefined, names: ReadonlyMap<string, string>): Demand {
  const alternatives = Array.isArray(list) ? list.filter(isObject) : [];
  if (alternatives.length === 0) return [new Set()];
  return alternatives.map((one) => new Set(Object.entries(one).flatMap(([scheme, scopes]) => each(names.get(scheme) ?? scheme, scopes))));
}

function each(scheme: string, scopes: Json): string[] {
  return [scheme, ...[scopes].flat().map((scope) => `${scheme} ${scope}`)];
}

/** By its old name the new name of a scheme. */
function newSchemeNames({ base, revision }: Documents): ReadonlyMap<string, string> {
  const schemes = (document: JsonObject) => {
    const found = valueAt(document, ["components", "securitySchemes"]);
    return isObject(found) ? found : {};
  };
  return new Map([...renamesOf("map:securityScheme", schemes(base), schemes(revision))].map(([name, old]) => [old, name]));
}

/** Whether some operation has no demand of its own. */
function isInherited(document: JsonObject): boolean {
  return inheritors(document).length > 0;
}

/** Whether some operation has none of its own before and after; it may have got another address or another name. */
function staysInherited({ base, revision }: Documents): boolean {
  const before = new Set(inheritors(base).flat());
  return inheritors(revision).some((names) => names.some((name) => before.has(name)));
}

/** The operations without a demand of their own, each by its address and its name. */
function inheritors(document: JsonObject): string[][] {
  return [document.paths, document.webhooks].flatMap((all) =>
    Object.entries(isObject(all) ? all : {}).flatMap(([address, item]) =>
      methods.flatMap((method) => {
        const operation = isObject(item) ? item[method] : undefined;
        return isObject(operation) && operation.security === undefined ? [[`${method} ${address}`, `${operation.operationId}`]] : [];
      }),
    ),
  );
}

/** A demand in words, such as "A or B". */
export function showDemand(list: Json | undefined): string {
  return show(demandOf(list, new Map()));
}

/** A scheme that stands for its permissions is not named. */
function show(demand: Demand): string {
  const words = demand.map((alternative) => {
    const permissions = [...alternative].filter((one) => one.includes(" ")).map((one) => one.slice(one.indexOf(" ") + 1));
    const schemes = [...alternative].filter((one) => !one.includes(" ") && ![...alternative].some((other) => other.startsWith(`${one} `)));
    return [...schemes, ...permissions].join(" and ") || "no token";
  });
  return words.join(" or ");
}
