import { isObject, type Path, toPointer, valueAt } from "../json.ts";
import { methods } from "../kinds.ts";
import type { Json, JsonObject } from "../spec.ts";
import type { Bump, Change, Side } from "./change.ts";
import { classifyCloud } from "./classify-cloud.ts";
import type { Difference } from "./differences.ts";
import { type Effect, effectOf } from "./schema-change.ts";
import { show, subject } from "./show.ts";
import type { Direction } from "./usage.ts";

export type Context = {
  readonly base: JsonObject;
  readonly revision: JsonObject;
  /** Who writes what stands there, in either document. */
  readonly directions: ReadonlySet<Direction>;
};
/** `why` tells what it means for whom. */
export type Verdict = { readonly side: Side; readonly bump: Bump; readonly why: string };

/** Whom a difference can break, and which version it asks for. */
export function classify(difference: Difference, context: Context): Change {
  const { side, bump, why } = verdictOn(difference, context);
  const { path, change, base, revision } = difference;
  const what = change === "changed" ? `${show(base)} → ${show(revision)}` : change === "wording" ? "other words" : change;
  return { path: toPointer(path), side, bump, message: `${subject(path, context)}: ${what}. ${why}` };
}

function verdictOn(difference: Difference, context: Context): Verdict {
  const { holder, change, path } = difference;
  const key = `${path.at(-1)}`;
  if (change === "wording") return { side: "caller", bump: "patch", why: "The meaning stays." };
  if (path[0] === "x-unsupported-clouds" || belongsToServers(path)) return classifyCloud(difference, context);
  if (isExample(difference)) return exampleChange(difference);
  if (key === "parameters" && change === "reordered") return { side: "caller", bump: "patch", why: "The order has no meaning." };
  if (path[0] === "components" && path.length === 3 && path[1] !== "securitySchemes" && (change === "added" || change === "removed"))
    return componentChange(change);
  if (holder === "map:schema") return propertyChange(difference, context);
  if (holder === "list:schema") return alternativeChange(difference, context);
  if (holder === "schema") return keywordChange(difference, key, context);
  if (holder === "map:response") return answerChange(difference, context);
  if (holder === "map:header") return headerChange(difference);
  if (holder === "map:mediaType") return byEffect(context.directions, change === "added" ? "wider" : "narrower");
  if (holder === "header" || holder === "parameter" || holder === "list:parameter" || holder === "requestBody")
    return inputChange(difference, key, context);
  if (holder === "operation") return operationChange(difference, key);
  if (holder === "list:requirement") return alternativeSecurity(change);
  return elsewhere(difference, key);
}

/** Of the document, of a path or of an operation; elsewhere it is a name like any other. */
function belongsToServers(path: Path): boolean {
  const [room, , below, belowMethod] = path;
  return room === "servers" || ((room === "paths" || room === "webhooks") && (below === "servers" || belowMethod === "servers"));
}

function isExample({ holder, path, change }: Difference): boolean {
  const key = path.at(-1);
  if (holder === "value" || holder === "example") return true;
  // In a map it is a name that somebody chose.
  if ((key === "example" || key === "examples") && !holder.startsWith("map:")) return true;
  return holder === "map:example" || (change === "reordered" && path.includes("examples"));
}

function exampleChange({ change }: Difference): Verdict {
  const why = change === "added" ? "One more case for the tests." : "The mock and the tests show something else.";
  return { side: "caller", bump: "patch", why };
}

/** The names of components are names of types. */
function componentChange(change: Difference["change"]): Verdict {
  if (change === "added") return { side: "caller", bump: "minor", why: "A new type." };
  return { side: "caller", bump: "major", why: "Callers that use the type no longer compile." };
}

function propertyChange({ change, base, revision, path }: Difference, { directions, base: document }: Context): Verdict {
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
function alternativeChange({ change, path }: Difference, { directions }: Context): Verdict {
  const restricts = path.at(-2) === "allOf";
  if (change !== "added" && change !== "removed") return byEffect(directions, "other");
  return byEffect(directions, (change === "added") === restricts ? "narrower" : "wider");
}

function keywordChange({ base, revision, change }: Difference, keyword: string, { directions }: Context): Verdict {
  if (change === "reordered") return { side: "caller", bump: "patch", why: "The order has no meaning." };
  if (keyword === "deprecated") return deprecation(revision);
  if (keyword.startsWith("x-")) return unknownExtension;
  if (keyword === "default")
    return {
      side: "caller",
      bump: "major",
      why: "What a missing value means is another, and so is whether the generated types demand it.",
    };
  if (["anyOf", "oneOf", "allOf", "properties"].includes(keyword)) return byEffect(directions, change === "added" ? "narrower" : "wider");
  return byEffect(directions, effectOf(keyword, base, revision));
}

function answerChange({ change, path }: Difference, { directions, base }: Context): Verdict {
  // What the bot answers to a webhook is the caller's to choose.
  if (directions.has("sent")) return byEffect(new Set(["sent"]), change === "added" ? "wider" : "narrower");
  if (change === "removed")
    return { side: "both", bump: "major", why: "Callers that expect it and a service that sends it are both wrong now." };
  if (change !== "added") return { side: "both", bump: "major", why: "The answer is another one." };
  const responses = valueAt(base, path.slice(0, -1));
  const expected = isObject(responses) && responses.default !== undefined;
  return { side: "caller", bump: expected ? "minor" : "major", why: "Callers must expect one answer more." };
}

function headerChange({ change, revision }: Difference): Verdict {
  if (change === "removed") return { side: "caller", bump: "major", why: "Callers that read the header no longer find it." };
  const required = isObject(revision) && revision.required === true;
  if (required) return { side: "service", bump: "major", why: "Answers without it, which were right, are wrong now." };
  return { side: "caller", bump: "minor", why: "Callers may read one header more." };
}

/** Parameters, request bodies and headers: whether they must be there, and how they are named. */
function inputChange({ change, base, revision, holder }: Difference, key: string, { directions }: Context): Verdict {
  if (key === "required") return byEffect(directions, revision === true ? "narrower" : "wider");
  if (key === "deprecated") return deprecation(revision);
  if (key.startsWith("x-")) return unknownExtension;
  if (holder !== "list:parameter") return byEffect(directions, "other");
  const entry = change === "added" ? revision : base;
  if (change === "removed") return { side: "caller", bump: "major", why: "Callers that send it no longer compile." };
  return byEffect(directions, isObject(entry) && entry.required === true ? "narrower" : "wider");
}

function operationChange({ change, revision }: Difference, key: string): Verdict {
  if (key === "operationId") return { side: "caller", bump: "major", why: "The client's function has another name." };
  if (key === "deprecated") return deprecation(revision);
  if (key === "x-successor") return { side: "caller", bump: "minor", why: "Callers are sent to another operation." };
  if (key === "tags") return { side: "caller", bump: "patch", why: "Only the documentation is ordered by tags." };
  if (key === "security" && change === "reordered")
    return { side: "caller", bump: "minor", why: "The least privileged permission comes first: callers are told another one." };
  if (key === "security")
    return { side: "caller", bump: "major", why: "Whether a token is needed, and with which permission, is another." };
  if (key === "requestBody") {
    const required = change === "removed" || (isObject(revision) && revision.required !== false);
    return { side: "caller", bump: required ? "major" : "minor", why: "What callers send with it is another." };
  }
  if (key.startsWith("x-")) return unknownExtension;
  return { side: "both", bump: change === "added" ? "minor" : "major", why: "Both sides see another operation." };
}

function alternativeSecurity(change: Difference["change"]): Verdict {
  if (change === "added") return { side: "caller", bump: "minor", why: "One more permission will do." };
  return { side: "caller", bump: "major", why: "Callers that have only this permission are refused." };
}

function deprecation(revision: Json | undefined): Verdict {
  const why = revision === true ? "Callers are told to move away from it." : "Callers are no longer told to move away from it.";
  return { side: "caller", bump: "minor", why };
}

const unknownExtension: Verdict = { side: "both", bump: "minor", why: "An extension that these checks do not know: judge it yourself." };

/** Paths, methods, webhooks, components, security schemes, the document itself. */
function elsewhere({ change, holder, path }: Difference, key: string): Verdict {
  if (holder === "document" && key === "openapi") return { side: "both", bump: "minor", why: "Tools read the document by other rules." };
  if (path[0] === "info" || path[0] === "tags")
    return { side: "caller", bump: "patch", why: "Neither side sends or expects anything else." };
  if (path.at(-2) === "scopes" || path.includes("scopes"))
    return { side: "caller", bump: change === "removed" ? "major" : "minor", why: "The list of permissions is another." };
  if (path[1] === "securitySchemes")
    return { side: "caller", bump: change === "added" ? "minor" : "major", why: "Callers get or send their token in another way." };
  if (holder === "map:pathItem" || methods.includes(key))
    return change === "added"
      ? { side: "caller", bump: "minor", why: "Callers can do more." }
      : { side: "caller", bump: "major", why: "Callers that use it no longer compile." };
  if (path[0] === "components") return componentChange(change);
  if (key === "security")
    return { side: "caller", bump: "major", why: "Whether a token is needed, and with which permission, is another." };
  if (key.startsWith("x-")) return unknownExtension;
  return { side: "both", bump: change === "added" ? "minor" : "major", why: "Both sides see another document." };
}

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
