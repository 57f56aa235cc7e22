import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, type Path, resolve, valueAt } from "../../spec/json.ts";
import { methods } from "../../spec/kinds.ts";
import { type Breach, members, object } from "./breach.ts";
import { cloudRules } from "./cloud-rules.ts";

const update = ["components", "requestBodies", "UpdateRecordingStatus", "content", "application/json", "examples"];
const updated = ["components", "responses", "RecordingStatusUpdated"];
const schemas = ["components", "schemas"];

/** What must hold between several places of the spec, whatever their values are: nothing that a schema could say. The review tells each under Next. */
export function breachesOf(document: JsonObject): Breach[] {
  const rules = [cloudRules, tokensDemanded, successors, requestExamples, longestContext, asDocumented, claims, ids, retryAfter, marks];
  return rules.flatMap((rule) => rule(document));
}

/** Whatever media type the body has: where it has not the one that the path names, another one stands for it. */
function inItsMediaType(document: JsonObject, at: Path): Path {
  const place = at.indexOf("content") + 1;
  const [first, ...more] = members(document, at.slice(0, place)).map(([type]) => type);
  const named = at[place];
  return place === 0 || first === undefined || [first, ...more].some((type) => type === named) ? at : at.with(place, first);
}

function operationsOf(document: JsonObject): { readonly at: Path; readonly operation: JsonObject }[] {
  return ["paths", "webhooks"].flatMap((room) =>
    members(document, [room]).flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const operation = object(item)[method];
        return isObject(operation) ? [{ at: [room, path, method], operation }] : [];
      }),
    ),
  );
}

function tokensDemanded(document: JsonObject): Breach[] {
  return operationsOf(document).flatMap(({ at, operation }) => {
    const demand = operation.security ?? document.security;
    const alternatives = Array.isArray(demand) ? demand : [];
    const isFree = alternatives.length === 0 || alternatives.some((one) => Object.keys(object(one)).length === 0);
    const cure = `\`${operation.operationId}\` must demand a token: without \`security\` the client sends none, and \`{}\` in it would mean "or none".`;
    return isFree ? [{ at: operation.security === undefined ? at : [...at, "security"], cure }] : [];
  });
}

function successors(document: JsonObject): Breach[] {
  const operations = operationsOf(document);
  const names = operations.map(({ operation }) => operation.operationId);
  return operations.flatMap(({ at, operation: { "x-successor": successor } }) =>
    successor === undefined || names.includes(successor)
      ? []
      : [{ at: [...at, "x-successor"], cure: `there is no operation \`${successor}\`: name one by its operationId.` }],
  );
}

/** Each is a case of the contract tests by that alone. */
function requestExamples(document: JsonObject): Breach[] {
  const at = inItsMediaType(document, update);
  const values = members(document, at).flatMap(([, example]) => {
    const { value } = object(resolve(document, example));
    return isObject(value) ? [value] : [];
  });
  const properties = members(document, [...schemas, "UpdateRecordingStatusRequest", "properties"]).map(([name]) => name);
  const { enum: statuses = [] } = object(
    resolve(document, valueAt(document, [...schemas, "UpdateRecordingStatusRequest", "properties", "status"])),
  );
  const absent = properties.filter((name) => !values.some((value) => Object.hasOwn(value, name)));
  const unshown = (statuses as Json[]).filter((status) => !values.some((value) => value.status === status));
  const asked = [...absent.map((name) => `gives \`${name}\``), ...unshown.map((status) => `reports \`${status}\``)];
  return asked.map((what) => ({ at, cure: `add an example that ${what}: it is the test that it leaves.` }));
}

function longestContext(document: JsonObject): Breach[] {
  const at = [...inItsMediaType(document, update), "contextAtLimit", "value", "clientContext"];
  const context = valueAt(document, at);
  const limit = valueAt(document, [...schemas, "UpdateRecordingStatusRequest", "properties", "clientContext", "maxLength"]);
  if (typeof context !== "string" || typeof limit !== "number" || [...context].length === limit) return [];
  return [{ at, cure: `the example at the limit has ${[...context].length} characters, and ${limit} are allowed: give it as many.` }];
}

/** Letter for letter: the order of the fields counts. */
const documented: readonly (readonly [at: Path, text: string])[] = [
  [
    [...updated, "content", "application/json", "examples", "documented", "value"],
    '{"@odata.type":"#microsoft.graph.updateRecordingStatusOperation","clientContext":"clientContext-value","id":"0fe0623f-d628-42ed-b4bd-8ac290072cc5","resultInfo":null,"status":"completed"}',
  ],
  [
    [...updated, "headers", "Location", "example"],
    '"https://graph.microsoft.com/v1.0/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/operations/0fe0623f-d628-42ed-b4bd-8ac290072cc5"',
  ],
];
const orHere = "or state another one in scripts/judges/facts/spec-rules.ts";

function asDocumented(document: JsonObject): Breach[] {
  return documented.flatMap(([path, text]) => {
    const at = inItsMediaType(document, path);
    const cure = `this example is the documentation's, letter for letter: take the edit back, ${orHere}.`;
    return JSON.stringify(valueAt(document, at)) === text ? [] : [{ at, cure }];
  });
}

function claims(document: JsonObject): Breach[] {
  const at = ["components", "responses", "Unauthorized", "headers", "WWW-Authenticate", "examples", "claimsChallenge", "value"];
  const [, base64 = ""] = /\bclaims="([^"]+)"/.exec(`${valueAt(document, at)}`) ?? [];
  const text = Buffer.from(base64, "base64").toString("utf8");
  if (text === '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}') return [];
  return [{ at, cure: `\`claims\` must be base64 of the claims that the next token needs: take the edit back, ${orHere}.` }];
}

function ids(document: JsonObject): Breach[] {
  const some = [".", "..", "...", ".a", "a..", "57dab8b1-894c-409a-b240-bd8beae78896", "57DAB8B1894C409AB240BD8BEAE78896", "19:a/b?c#d"];
  return ["CallId", "OperationId"].flatMap((name) => {
    const at = ["components", "parameters", name, "schema", "pattern"];
    const refused = some.filter((id) => !matches(valueAt(document, at), id));
    const cure = `ids are opaque: the pattern must refuse \`.\` and \`..\`, and nothing else. Take the edit back, ${orHere}.`;
    return refused.join(" ") === ". .." ? [] : [{ at, cure }];
  });
}

function retryAfter(document: JsonObject): Breach[] {
  const right = ["0", "10", "Mon, 23 Nov 2026 18:00:00 GMT"];
  const wrong = ["", "-5", "1.5", "10 s", "Mon, 23 Nov 2026 18:00:00 CET", "2026-11-23T18:00:00Z"];
  return ["TooManyRequests", "ServiceUnavailable"].flatMap((name) => {
    const at = ["components", "responses", name, "headers", "Retry-After", "schema", "pattern"];
    const taken = [...right, ...wrong].filter((text) => matches(valueAt(document, at), text));
    const cure = `Retry-After is whole seconds or an HTTP date: the pattern must take both, and nothing else. Take the edit back, ${orHere}.`;
    return taken.join("\n") === right.join("\n") ? [] : [{ at, cure }];
  });
}

function marks(document: JsonObject): Breach[] {
  return members(document, ["components", "responses"]).flatMap(([name, answer]) => {
    const { description, "x-retryable": marked = false } = object(answer);
    const said = !/not retryable/i.test(`${description}`) && /retryable/i.test(`${description}`);
    const cure = marked ? 'begin the description with "Retryable."' : 'add `x-retryable: true`, or write "Not retryable."';
    return said === marked ? [] : [{ at: ["components", "responses", name], cure }];
  });
}

function matches(pattern: Json | undefined, text: string): boolean {
  return typeof pattern === "string" && new RegExp(pattern, "u").test(text);
}
