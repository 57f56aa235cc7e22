import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, valueAt } from "../../spec/json.ts";
import type { Meaning } from "../change.ts";
import type { Difference } from "../differences/difference.ts";
import { effectBetween } from "../schemas/within.ts";
import type { Direction } from "../usage.ts";
import type { Context } from "./context.ts";
import { byEffect, directionsOf, joined, major, minor, sameValues } from "./values.ts";

type Sentences = Readonly<Record<Direction, Meaning>>;
const noLongerCompile = "Callers that name it in their code no longer compile.";

/** A form in which a body may come, or that there is one at all. A name may stand for many types: what is wider holds what is narrower. */
export function mediaTypeMeaning(difference: Difference, context: Context): Meaning {
  const { change, path, from = "" } = difference;
  const name = `${path.at(-1)}`;
  const told = (sentences: Sentences) => joined(directionsOf(context.uses).map((direction) => sentences[direction]));
  if (change === "renamed") return told(renamed(covers(name, from), covers(from, name)));
  const { base, revision } = context;
  const others = ([before, after]: readonly JsonObject[]) => valueAt(change === "added" ? before : after, path.slice(0, -1));
  const wider = widerAmong(others([base, revision]), name);
  if (wider !== undefined) return oneOf(difference, wider, context);
  if (change !== "added" && change !== "removed") return byEffect(context.uses, "unclear");
  return told(change === "added" ? added : removed);
}

const added: Sentences = {
  sent: minor("Callers may send a body of this type."),
  received: major("Callers must expect a body of this type."),
};
const removed: Sentences = {
  sent: major("Callers that send a body of this type are refused."),
  received: major("Callers that expect a body of this type and a service that sends it are both wrong now.", "both"),
};

function renamed(isWider: boolean, isNarrower: boolean): Sentences {
  if (isWider && isNarrower) {
    const same: Meaning = { ...major(`A media type has no case. ${noLongerCompile}`), wire: "no" };
    return { sent: same, received: same };
  }
  if (isWider) {
    return {
      sent: major(`Callers may send a body of other types, too. ${noLongerCompile}`),
      received: major(`Callers must expect a body of other types, too. ${noLongerCompile}`),
    };
  }
  if (isNarrower) {
    return {
      sent: major("Callers that send a body of another type are refused."),
      received: major(`The service may no longer send a body of another type. ${noLongerCompile}`, "both"),
    };
  }
  return {
    sent: major("Callers that send a body of the old type are refused."),
    received: major("The service sends a body of the new type: callers that expect the old one are wrong.", "both"),
  };
}

/** What was one of a wider type has an entry of its own now, or the other way round: what changes is what its schemas say. */
function oneOf({ change, path, base, revision }: Difference, wider: string, context: Context): Meaning {
  const all = (document: JsonObject) => valueAt(document, [...path.slice(0, -1), wider]);
  const isNew = change === "added";
  const [before, after] = isNew ? [all(context.base), revision] : [base, all(context.revision)];
  const effect = effectBetween(context.base, schemaOf(before), context.revision, schemaOf(after));
  const entry: Meaning = isNew
    ? { ...minor(`Callers can tell it apart: until now it was one of \`${wider}\`.`), wire: "no" }
    : { ...major(`It is one of \`${wider}\` now. ${noLongerCompile}`), wire: "no" };
  return effect === "none" ? entry : joined([entry, byEffect(context.uses, effect)].filter((one) => one !== sameValues));
}

function schemaOf(body: Json | undefined): Json {
  return isObject(body) ? (body.schema ?? true) : true;
}

/** The entry of a map that holds a type which has none of its own. */
function widerAmong(content: Json | undefined, name: string): string | undefined {
  return isObject(content) ? Object.keys(content).find((one) => covers(one, name)) : undefined;
}

/** Whether every body of the one type is one of the other, as HTTP compares ranges (RFC 9110, section 12.5.1): without case, and without parameters it is any. */
function covers(range: string, name: string): boolean {
  const [[type, subtype, parameters], [ofType, ofSubtype, ofParameters]] = [partsOf(range), partsOf(name)];
  if (type === "*") return subtype === "*";
  if (type !== ofType) return false;
  if (subtype === "*") return true;
  return subtype === ofSubtype && (parameters === "" || parameters === ofParameters);
}

function partsOf(name: string): [type: string, subtype: string, parameters: string] {
  const [whole = "", ...parameters] = name.toLowerCase().split(";");
  const [type = "", subtype = ""] = whole.trim().split("/");
  return [type, subtype, parameters.map((one) => one.trim()).join(";")];
}
