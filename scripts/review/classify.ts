import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, type Path, resolve, toPointer, valueAt } from "../spec/json.ts";
import { methods } from "../spec/kinds.ts";
import type { Change, Verdict } from "./change.ts";
import { classifyCloud } from "./classify-cloud.ts";
import {
  alternativeChange,
  asBefore,
  byEffect,
  deprecation,
  keywordChange,
  orderOnly,
  propertyChange,
  unknownExtension,
} from "./classify-schema.ts";
import type { Difference } from "./differences.ts";
import { showChange, subject } from "./show.ts";
import type { Direction } from "./usage.ts";

export type Context = {
  readonly base: JsonObject;
  readonly revision: JsonObject;
  /** Who writes what stands there, in either document. */
  readonly directions: ReadonlySet<Direction>;
};

/** Whom a difference can break, and which version it asks for. */
export function classify(difference: Difference, context: Context): Change {
  const { side, bump, why } = verdictOn(difference, context);
  const { path, change, base, revision } = difference;
  const what = change === "changed" ? showChange(base, revision) : change === "wording" ? "other words" : change;
  return {
    path: toPointer(path),
    side,
    bump,
    message: `${subject(path, change === "removed" ? context.base : context.revision)}: ${what}. ${why}`,
  };
}

function verdictOn(difference: Difference, context: Context): Verdict {
  const { holder, change, path } = difference;
  const key = `${path.at(-1)}`;
  if (change === "wording") return { side: "caller", bump: "patch", why: "The meaning stays." };
  if (path[0] === "x-unsupported-clouds" || belongsToServers(path)) return classifyCloud(difference, context);
  if (isExample(difference)) return exampleChange(difference);
  if (key === "parameters" && change === "reordered") return orderOnly;
  if (path[0] === "components" && path.length === 3 && path[1] !== "securitySchemes" && (change === "added" || change === "removed"))
    return componentChange(change);
  if (holder === "map:schema") return propertyChange(difference, context);
  if (holder === "list:schema") return alternativeChange(difference, context);
  if (holder === "schema") return keywordChange(difference, key, context);
  if (holder === "map:response") return answerChange(difference, context);
  if (holder === "map:header") return headerChange(difference, context);
  if (holder === "response" && key === "headers") return headerChange(difference, context);
  if (holder === "response" && key === "content") return byEffect(context.directions, "other");
  if (holder === "map:mediaType") return byEffect(context.directions, change === "added" ? "wider" : "narrower");
  if (holder === "header" || holder === "parameter" || holder === "list:parameter" || holder === "requestBody")
    return inputChange(difference, key, context);
  if (holder === "operation") return operationChange(difference, key, context);
  if (holder === "list:requirement") return alternativeSecurity(difference);
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

function headerChange({ change, revision, path }: Difference, { revision: document }: Context): Verdict {
  if (change === "removed") return { side: "caller", bump: "major", why: "Callers that read the header no longer find it." };
  const headers = path.at(-1) === "headers" && isObject(revision) ? Object.values(revision) : [revision];
  if (headers.some((one) => isRequired(document, one)))
    return { side: "service", bump: "major", why: "Answers without it, which were right, are wrong now." };
  return { side: "caller", bump: "minor", why: "Callers may read one header more." };
}

/** Parameters, request bodies and headers: whether they must be there, and how they are named. */
function inputChange({ change, base, revision, holder }: Difference, key: string, { directions, revision: document }: Context): Verdict {
  if (key === "required" && (base === true) === (revision === true)) return asBefore;
  if (key === "required") return byEffect(directions, revision === true ? "narrower" : "wider");
  if (key === "deprecated") return deprecation(base, revision);
  if (key.startsWith("x-")) return unknownExtension;
  if (holder !== "list:parameter") return byEffect(directions, "other");
  if (change === "removed") return { side: "caller", bump: "major", why: "Callers that send it no longer compile." };
  return byEffect(directions, isRequired(document, revision) ? "narrower" : "wider");
}

function operationChange({ change, base, revision, path }: Difference, key: string, { revision: document }: Context): Verdict {
  const named = path[0] === "webhooks" ? "The type of the notification" : "The client's function";
  if (key === "operationId") return { side: "caller", bump: "major", why: `${named} has another name.` };
  if (key === "deprecated") return deprecation(base, revision);
  if (key === "x-successor") return { side: "caller", bump: "minor", why: "Callers are sent to another operation." };
  if (key === "tags") return { side: "caller", bump: "patch", why: "Only the documentation is ordered by tags." };
  if (key === "security" && change === "reordered")
    return { side: "caller", bump: "minor", why: "The least privileged permission comes first: callers are told another one." };
  if (key === "security")
    return { side: "caller", bump: "major", why: "Whether a token is needed, and with which permission, is another." };
  if (key === "requestBody") {
    const required = change === "removed" || isRequired(document, revision);
    return { side: "caller", bump: required ? "major" : "minor", why: "What callers send with it is another." };
  }
  if (key === "x-ended-call-state")
    return { side: "caller", bump: "minor", why: "The client ends recordings at another state of their call." };
  if (key.startsWith("x-")) return unknownExtension;
  return { side: "both", bump: change === "added" ? "minor" : "major", why: "Both sides see another operation." };
}

function hasAllOf(revision: Json | undefined, base: Json | undefined): boolean {
  return Array.isArray(revision) && Array.isArray(base) && base.every((one) => revision.includes(one));
}

function isRequired(document: JsonObject, node: Json | undefined): boolean {
  const found = resolve(document, node);
  return isObject(found) && found.required === true;
}

function alternativeSecurity({ change, base, revision }: Difference): Verdict {
  const member = change === "added" ? revision : base;
  if (isObject(member) && Object.keys(member).length === 0)
    return { side: "caller", bump: "major", why: change === "added" ? "No token is needed any more." : "A token is needed now." };
  if (change === "added") return { side: "caller", bump: "minor", why: "One more permission will do." };
  return { side: "caller", bump: "major", why: "Callers that have only this permission are refused." };
}

/** Paths, methods, webhooks, components, security schemes, the document itself. */
function elsewhere({ change, holder, path, base, revision }: Difference, key: string): Verdict {
  if (holder === "document" && key === "openapi") return { side: "both", bump: "minor", why: "Tools read the document by other rules." };
  if (path[0] === "info" || path[0] === "tags")
    return { side: "caller", bump: "patch", why: "Neither side sends or expects anything else." };
  if (path[1] === "securitySchemes" && path.includes("scopes"))
    return { side: "caller", bump: change === "removed" ? "major" : "minor", why: "The list of permissions is another." };
  if (path[1] === "securitySchemes" && `${path[3]}`.startsWith("x-"))
    return {
      side: "caller",
      bump: change === "added" || hasAllOf(revision, base) ? "minor" : "major",
      why: "The verifier takes notifications of other senders.",
    };
  if (path[1] === "securitySchemes")
    return { side: "caller", bump: change === "added" ? "minor" : "major", why: "Callers get or send their token in another way." };
  if (holder === "map:pathItem" || methods.includes(key))
    return change === "added"
      ? { side: "caller", bump: "minor", why: path[0] === "webhooks" ? "Callers may be told more." : "Callers can do more." }
      : { side: "caller", bump: "major", why: "Callers that use it no longer compile." };
  if (path[0] === "components" && path.length === 2) return componentChange(change);
  if (key === "security")
    return { side: "caller", bump: "major", why: "Whether a token is needed, and with which permission, is another." };
  if (holder === "response" && key === "x-retryable")
    return { side: "caller", bump: "minor", why: "The client repeats a report after this answer, or no longer." };
  if (key.startsWith("x-")) return unknownExtension;
  return {
    side: "both",
    bump: change === "added" ? "minor" : "major",
    why: "What these checks do not know has changed: judge it yourself.",
  };
}
