import type { JsonObject } from "../spec/document.ts";
import { isObject } from "../spec/json.ts";
import { actionName, chainOf, type Metadata, type Model, type Operation, type Structure, scope, type Use } from "./model.ts";
import { membersOf, opennessOf, structureOf } from "./openapi-schema.ts";
import { child, follow, graphName, isStructure, lineOf, type Part, type Source } from "./openapi-source.ts";
import { useOf } from "./openapi-use.ts";

const methods = ["get", "put", "post", "delete", "patch"];

/** Reads an OpenAPI document of Microsoft's, or of anybody who describes the same. */
export function readOpenApiMetadata(source: Source): Metadata {
  const all = addressesOf(source.document);
  const action = all.find(({ address }) => isAction(address));
  const schemas = Object.keys(schemasOf(source.document));
  return {
    format: "openapi",
    microsofts: schemas.some((name) => name.startsWith("microsoft.graph.")),
    versions: [...new Set(serversOf(source.document).flatMap((server) => versionOf(server) ?? []))],
    action: action === undefined ? undefined : lineOf(source, action.part),
    surroundings: new Map([
      ["the type call", schemas.includes("microsoft.graph.call")],
      ["the type updateRecordingStatusOperation", schemas.includes("microsoft.graph.updateRecordingStatusOperation")],
      ["addresses below /communications/calls", all.some(({ address }) => address.includes(" /communications/calls"))],
    ]),
    modelOf: (version, wanted) => {
      const served = all.filter(({ servers }) => servers.length === 0 || servers.some((one) => (versionOf(one) ?? version) === version));
      const needed = [...wanted, ...scope.addresses];
      return openApiModel(
        source,
        served.filter(({ address }) => needed.includes(address) || isAction(address)),
      );
    },
  };
}

export type Address = { readonly address: string; readonly part: Part; readonly servers: readonly JsonObject[] };

/** Every operation, its path in one form: parameters without their names, the action without its namespace. */
export function addressesOf(document: JsonObject): Address[] {
  const paths = isObject(document.paths) ? document.paths : {};
  return Object.entries(paths).flatMap(([path, item]) => {
    if (!isObject(item)) return [];
    return methods
      .filter((method) => isObject(item[method]))
      .map((method) => {
        const part = child({ node: document, path: [] }, "paths", path, method);
        const holders = [part.node, item, document].filter(isObject);
        const holder = holders.find(({ servers }) => Array.isArray(servers) && servers.length > 0) ?? {};
        return { address: `${method.toUpperCase()} ${normalise(path)}`, part, servers: serversOf(holder) };
      });
  });
}

function normalise(path: string): string {
  return path
    .replace(/\/+$/, "")
    .split("/")
    .map((segment) => (/^\{[^}]*\}$/.test(segment) ? "{}" : segment.replace(/^(microsoft\.)?graph\./, "").replace(/\(\)$/, "")))
    .join("/");
}

function isAction(address: string): boolean {
  return address.endsWith(`/${actionName}`);
}

export function serversOf(holder: JsonObject): JsonObject[] {
  return (Array.isArray(holder.servers) ? holder.servers : []).filter(isObject);
}

/** What `x-cloud` says, else the address: `https://graph.microsoft.com/v1.0/` → `v1.0`. */
export function versionOf({ url, "x-cloud": cloud }: JsonObject): string | undefined {
  const said = isObject(cloud) ? cloud.version : undefined;
  return typeof said === "string" ? said : /\/(v1\.0|beta)\/?$/.exec(`${url}`)?.[1];
}

function schemasOf(document: JsonObject): JsonObject {
  const components = isObject(document.components) ? document.components : {};
  return isObject(components.schemas) ? components.schemas : {};
}

/** The model of these operations, and of what they and the types in scope refer to. */
export function openApiModel(source: Source, addresses: readonly Address[]): Model {
  const operations = new Map(addresses.map(({ address, part }) => [address, operationOf(source, address, part)]));
  return { structures: structuresOf(source, operations), operations, because: () => undefined };
}

/** The types in scope, what they derive from, and what their properties are of: the rest of the document may be as it likes. */
function structuresOf(source: Source, operations: ReadonlyMap<string, Operation>): Map<string, Structure> {
  const parts = new Map(
    Object.keys(schemasOf(source.document)).map((key) => {
      const part = child({ node: source.document, path: [] }, "components", "schemas", key);
      return [graphName(part.path), part];
    }),
  );
  const found = new Map<string, Omit<Structure, "kind">>();
  const waiting: string[] = [...scope.structures, ...[...operations.values()].flatMap(({ returns }) => namesIn(returns))];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const part = parts.get(name);
    if (part === undefined || found.has(name) || !isStructure(part)) continue;
    const structure = structureOf(source, part);
    found.set(name, structure);
    waiting.push(...(structure.base?.split(" and ") ?? []), ...[...structure.members.values()].flatMap(namesIn));
  }
  return complete(found);
}

function namesIn(use: Use | undefined): string[] {
  return use?.type.match(/[\w.]+/g) ?? [];
}

/** What follows from the whole chain: an entity is what derives from `entity`, and nothing is open below a closed base. */
function complete(found: ReadonlyMap<string, Omit<Structure, "kind">>): Map<string, Structure> {
  const draft = new Map([...found].map(([name, one]): [string, Structure] => [name, { ...one, kind: "a complex type" }]));
  return new Map(
    [...draft].map(([name, one]) => {
      const chain = chainOf(draft, name);
      const kind = chain.some((each) => each.name === "entity") ? "an entity type" : "a complex type";
      const openness = chain.find((each) => each.openness !== "open")?.openness ?? "open";
      return [name, { ...one, kind, openness }];
    }),
  );
}

function operationOf(source: Source, address: string, part: Part): Operation {
  const body = follow(source, child(part, "requestBody"));
  const schema = jsonSchema(body);
  return {
    address,
    body: schema === undefined ? undefined : { ...bodyOf(source, schema), required: isObject(body.node) && body.node.required === true },
    returns: returnsOf(source, part),
    keys: keysOf(source, part),
    line: lineOf(source, part),
  };
}

/** Written in place or as a component, in one part or in several. */
function bodyOf(source: Source, schema: Part) {
  const parts = partsOf(source, schema);
  return { openness: opennessOf(parts), members: membersOf(source, ...parts) };
}

function partsOf(source: Source, schema: Part, depth = 0): Part[] {
  const part = follow(source, schema);
  const { node } = child(part, "allOf");
  if (!Array.isArray(node) || depth > 20) return [part];
  return [part, ...node.flatMap((_one, index) => partsOf(source, child(part, "allOf", index), depth + 1))];
}

/** Of the first success that has a body; it may be left out if another success has none. */
function returnsOf(source: Source, part: Part): Use | undefined {
  const { node } = child(part, "responses");
  const successes = Object.keys(isObject(node) ? node : {}).filter((status) => /^2(\d\d|XX)$/i.test(status));
  const schemas = successes.map((status) => jsonSchema(follow(source, child(part, "responses", status))));
  const schema = schemas.find((one) => one !== undefined);
  if (schema === undefined) return undefined;
  const use = useOf(source, schema);
  return { ...use, nullable: use.nullable || schemas.includes(undefined) };
}

function jsonSchema(part: Part): Part | undefined {
  const { node } = child(part, "content");
  const type = Object.keys(isObject(node) ? node : {}).find((name) => /^application\/json\b/i.test(name));
  return type === undefined ? undefined : child(part, "content", type, "schema");
}

function keysOf(source: Source, part: Part): (string | undefined)[] {
  const path = `${part.path[1]}`;
  const all = [part, child({ node: source.document, path: [] }, "paths", path)].flatMap((holder) => {
    const { node } = child(holder, "parameters");
    return Array.isArray(node) ? node.map((_one, index) => child(holder, "parameters", index)) : [];
  });
  const find = (parts: readonly Part[], name: string) =>
    parts.find(({ node }) => isObject(node) && node.in === "path" && node.name === name);
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => {
    // What only other parameters refer to may lead nowhere: it is not needed.
    const parameter =
      find(all, name) ??
      find(
        all.filter(({ node }) => isObject(node) && node.$ref !== undefined).map((one) => follow(source, one)),
        name,
      );
    const schema = parameter === undefined ? undefined : child(parameter, "schema");
    return schema?.node === undefined ? undefined : useOf(source, schema).type;
  });
}
