import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, resolve, valueAt } from "../../spec/json.ts";
import type { Meaning } from "../change.ts";
import type { Difference } from "../differences/difference.ts";
import { isSameHeader } from "../differences/renames.ts";
import { effectBetween } from "../schemas/within.ts";
import { otherParts, standsElsewhere } from "./address.ts";
import type { Context } from "./context.ts";
import { asBefore, byEffect, demandMeaning, deprecation, directionsOf, joined, major, minor, unknownExtension } from "./values.ts";

/** A status that may be answered. */
export function answerMeaning({ change, path, revision }: Difference, { uses, base, revision: document }: Context): Meaning {
  // What the bot answers to a webhook is the caller's to choose.
  if (directionsOf(uses).includes("sent")) {
    if (change === "added") return minor("Callers may answer so, too.");
    return major(change === "renamed" ? "Callers must answer with the new status." : "Callers that answer so are wrong now.");
  }
  const status = `${path.at(-1)}`;
  const others = (where: JsonObject) => coveredBy(valueAt(where, path.slice(0, -1)), status);
  if (change === "added") {
    const cover = others(base);
    if (cover === undefined) return major("Callers must expect one answer more.");
    const isSame = isSameAnswer(base, valueAt(base, [...path.slice(0, -1), cover]), document, revision);
    return { ...minor(`Callers can tell it apart: until now it was one of \`${cover}\`.`), wire: isSame ? "no" : "yes" };
  }
  if (change === "renamed") return major("The service answers with the new status: callers that wait for the old one miss it.", "both");
  const cover = others(document);
  if (change === "removed" && cover !== undefined) {
    const isSame = isSameAnswer(base, valueAt(base, path), document, valueAt(document, [...path.slice(0, -1), cover]));
    return { ...major(`It is one of \`${cover}\` now: callers that expect it no longer compile.`), wire: isSame ? "no" : "yes" };
  }
  return major("Callers that expect it and a service that sends it are both wrong now.", "both");
}

/** Whether an answer looks like another one: a body of the same types, with the same headers. */
function isSameAnswer(base: JsonObject, before: Json | undefined, revision: JsonObject, after: Json | undefined): boolean {
  const parts = (document: JsonObject, answer: Json | undefined) => {
    const { content, headers } = { content: {}, headers: {}, ...(resolve(document, answer) as JsonObject | undefined) };
    return { content: isObject(content) ? content : {}, headers: isObject(headers) ? headers : {} };
  };
  const [a, b] = [parts(base, before), parts(revision, after)];
  const names = (all: JsonObject) => Object.keys(all).sort().join("\n");
  const schema = (body: Json | undefined) => (isObject(body) ? (body.schema ?? true) : true);
  return (
    names(a.content) === names(b.content) &&
    names(a.headers) === names(b.headers) &&
    Object.keys(b.content).every((type) => effectBetween(base, schema(a.content[type]), revision, schema(b.content[type])) === "none") &&
    Object.keys(b.headers).every((name) => isRequired(base, a.headers[name]) === isRequired(revision, b.headers[name]))
  );
}

/** The wider entry that a status falls under when it has none of its own. */
function coveredBy(responses: Json | undefined, status: string): string | undefined {
  if (!isObject(responses) || status === "default") return undefined;
  return [`${status[0]}XX`, "default"].find((name) => name !== status && Object.hasOwn(responses, name));
}

/** A name in another case: the same on the wire, another one in the generated types. */
const otherCase: Meaning = {
  side: "caller",
  bump: "major",
  wire: "no",
  why: "The name of a header has no case. Callers that name it in their code no longer compile.",
};

export function headerMeaning({ change, path, from, revision }: Difference, { uses, revision: document }: Context): Meaning {
  if (from !== undefined && isSameHeader(from, `${path.at(-1)}`)) return otherCase;
  return joined(
    directionsOf(uses.length === 0 ? [{ direction: "received", lens: "plain" }] : uses).map((direction) => {
      const [who, must] =
        direction === "sent" ? ["send", "Callers must send it."] : ["read", "Answers without it, which were right, are wrong now."];
      if (change === "removed")
        return major(direction === "sent" ? "Callers that send it no longer compile." : "Callers that read it may no longer find it.");
      if (change === "renamed")
        return major(
          `Callers that ${who} the old name ${who === "send" ? "are not understood" : "no longer find it"}.`,
          who === "send" ? "caller" : "both",
        );
      return isRequired(document, revision)
        ? major(must, direction === "sent" ? "caller" : "service")
        : minor(`Callers may ${who} one header more.`);
    }),
  );
}

/** Parameters, request bodies, headers and media types: whether they must be there, and how they are written. */
export function inputMeaning(difference: Difference, key: string, context: Context): Meaning {
  const { base, revision, change, holder } = difference;
  if (holder === "list:parameter") return parameterMeaning(difference, context);
  if (key === "required" && (base === true) === (revision === true)) return asBefore;
  if (key === "required") return demandMeaning(revision === true, context.uses);
  if (key === "deprecated") return deprecation(base, revision);
  if (key.startsWith("x-")) return unknownExtension;
  if (key === "schema") return byEffect(context.uses, change === "added" ? "narrower" : "wider");
  if (key === "name" || key === "in") return nameMeaning(difference, key, context);
  if (styleOf(difference, key)) return asBefore;
  return byEffect(context.uses, "unclear");
}

function parameterMeaning({ change, revision }: Difference, { uses, revision: document }: Context): Meaning {
  const isSent = directionsOf(uses).includes("sent");
  if (change === "removed") return major(isSent ? "Callers that send it no longer compile." : "The service no longer sends it.");
  if (change !== "added") return byEffect(uses, "unclear");
  if (!isSent) return minor("The service may send it.");
  return isRequired(document, revision) ? major("Callers that do not send it are refused.") : minor("Callers may send it.");
}

/** In a path the place counts: the name between the braces is for people and compilers, as long as it keeps its place. */
function nameMeaning({ path, base, revision: name }: Difference, key: string, context: Context): Meaning {
  const { uses, revision } = context;
  const holder = valueAt(revision, path.slice(0, -1));
  if (key === "name" && isObject(holder) && holder.in === "header" && isSameHeader(`${base}`, `${name}`)) return otherCase;
  if (key === "name" && isObject(holder) && holder.in === "path") {
    if (standsElsewhere([`${base}`, `${name}`], context)) return otherParts;
    return { ...major("The address stays. Callers that name the parameter in their code no longer compile."), wire: "no" };
  }
  const isSent = directionsOf(uses).includes("sent");
  return isSent
    ? major(key === "name" ? "Callers that send the old name are not understood." : "Callers that send it where it was are not understood.")
    : major("Callers that read it as before no longer find it.", "both");
}

/** The style that holds anyway, written down. */
function styleOf({ base, revision, holders }: Difference, key: string): boolean {
  const place = holders?.[1].in ?? "header";
  const style = place === "query" || place === "cookie" ? "form" : "simple";
  const usual: Readonly<Record<string, Json>> = { style, explode: style === "form", allowReserved: false, allowEmptyValue: false };
  return Object.hasOwn(usual, key) && (base ?? usual[key]) === (revision ?? usual[key]);
}

export function isRequired(document: JsonObject, node: Json | undefined): boolean {
  const found = resolve(document, node);
  return isObject(found) && found.required === true;
}
