import { type Json, type JsonObject, specPath } from "../../spec/document.ts";
import { isObject, type Path, resolve, valueAt } from "../../spec/json.ts";
import type { createPlaceFinder } from "../../spec/places.ts";

type Gap = { readonly at: Path; readonly cure: string };

const request = ["components", "requestBodies", "UpdateRecordingStatus", "content", "application/json", "examples"];
const schemas = ["components", "schemas"];

/** What one place of the spec still asks of another: the tests of facts and of the contract would say it, one after the other. */
export function specGaps(document: JsonObject, placeOf: ReturnType<typeof createPlaceFinder>): string[] {
  return [...examplesMissing(document), ...marksWithoutWords(document), ...cloudsLeftOut(document)].map(
    ({ at, cure }) => `${specPath}:${placeOf(at)[0]}: ${cure}`,
  );
}

function examplesMissing(document: JsonObject): Gap[] {
  const values = members(document, request).flatMap(([, example]) => {
    const { value } = object(resolve(document, example));
    return isObject(value) ? [value] : [];
  });
  const properties = members(document, [...schemas, "UpdateRecordingStatusRequest", "properties"]).map(([name]) => name);
  const { enum: statuses = [] } = object(valueAt(document, [...schemas, "ReportableStatus"]));
  const absent = properties.filter((name) => !values.some((value) => Object.hasOwn(value, name)));
  const unshown = (statuses as Json[]).filter((status) => !values.some((value) => value.status === status));
  const asked = [...absent.map((name) => `gives \`${name}\``), ...unshown.map((status) => `reports \`${status}\``)];
  return asked.map((what) => ({ at: request, cure: `add an example that ${what}: it is the test that it leaves.` }));
}

function marksWithoutWords(document: JsonObject): Gap[] {
  return members(document, ["components", "responses"]).flatMap(([name, answer]) => {
    const { description, "x-retryable": marked = false } = object(answer);
    const said = !/not retryable/i.test(`${description}`) && /retryable/i.test(`${description}`);
    if (said === marked) return [];
    const cure = marked ? 'begin the description with "Retryable."' : 'add `x-retryable: true`, or write "Not retryable."';
    return [{ at: ["components", "responses", name], cure: `${cure.replace(/^./, (first) => first.toLowerCase())}` }];
  });
}

function cloudsLeftOut(document: JsonObject): Gap[] {
  const list = (value: Json | undefined) => (Array.isArray(value) ? value.map(object) : []);
  const served = list(document.servers).map((one) => object(one["x-cloud"]));
  const refused = list(document["x-unsupported-clouds"]);
  const [names, versions] = [new Set(served.map(({ name }) => name)), new Set(served.map(({ version }) => version))];
  const isKnown = (name: Json | undefined, version: Json | undefined) =>
    [...served, ...refused].some((one) => one.name === name && (one.version ?? version) === version);
  return [...names].flatMap((name) =>
    [...versions]
      .filter((version) => !isKnown(name, version))
      .map((version) => ({
        at: ["x-unsupported-clouds"],
        cure: `\`${name}\` ${version} is neither served nor refused: add it here with the reason, or to servers.`,
      })),
  );
}

function members(document: JsonObject, path: Path): [string, Json][] {
  return Object.entries(object(valueAt(document, path)));
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
