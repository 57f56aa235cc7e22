// The spec as the contract tests read it: by itself, not through generated/ or scripts/, so that a fault there cannot hide a fault here.
import { readFileSync } from "node:fs";
import { parse } from "yaml";

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** One operation under `paths`. The webhook is not one: Prism ignores webhooks, and it is Graph that calls it. */
export type SpecOperation = {
  readonly operationId: string;
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  /** `POST /communications/calls/{id}/updateRecordingStatus` */
  readonly title: string;
  /** The path's and the operation's own, resolved. */
  readonly parameters: readonly JsonObject[];
  readonly node: JsonObject;
};

export type CloudServer = { readonly url: string; readonly cloud: string; readonly version: string; readonly tokenScope: string };
export type UnsupportedCloud = { readonly name: string; readonly version?: string; readonly url: string; readonly reason: string };

const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export const document: JsonObject = parse(readFileSync(new URL("../../openapi/recording-status.yaml", import.meta.url), "utf8"), {
  maxAliasCount: 1000,
});

/** The object at a place, or what its `$ref` leads to; an empty one where the spec has nothing. */
export function resolve(node: Json | undefined): JsonObject {
  if (!isObject(node)) return {};
  const { $ref } = node;
  if (typeof $ref !== "string") return node;
  const target = lookUp(...$ref.replace(/^#\//, "").split("/"));
  if (!isObject(target)) throw new Error(`$ref ${$ref} leads to nothing.`);
  return resolve(target);
}

/** What the spec has at a path of names, without following `$ref`. */
export function lookUp(...names: readonly string[]): Json | undefined {
  let node: Json | undefined = document;
  for (const name of names) node = isObject(node) ? node[name] : undefined;
  return node;
}

export function isObject(node: Json | undefined): node is JsonObject {
  return typeof node === "object" && node !== null && !Array.isArray(node);
}

export const operations: readonly SpecOperation[] = Object.entries(resolve(document.paths)).flatMap(([path, item]) =>
  Object.entries(resolve(item))
    .filter(([method]) => httpMethods.includes(method))
    .map(([method, operation]) => describeOperation(path, method.toUpperCase(), resolve(item), resolve(operation))),
);

/** The operation that the project is about. */
export const mainOperation = operationById("updateRecordingStatus");

export const operationsWithBody = operations.filter(({ node }) => node.requestBody !== undefined);

export function operationById(id: string): SpecOperation {
  const found = operations.find(({ operationId }) => operationId === id);
  if (found === undefined) throw new Error(`The spec has no operation ${id}.`);
  return found;
}

/** The path with the spec's own examples of its parameters, or with other values; each becomes one encoded segment. */
export function pathOf({ path, parameters }: SpecOperation, values: { readonly [name: string]: string } = {}): string {
  return path.replace(/\{(.+?)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? exampleOf(parameters, name)));
}

/** The same values, not encoded, by name: what the fetch client takes. */
export function pathParametersOf({ path, parameters }: SpecOperation): { [name: string]: string } {
  return Object.fromEntries([...path.matchAll(/\{(.+?)\}/g)].map(([, name = ""]) => [name, exampleOf(parameters, name)]));
}

/** Every place where the action can be reached, path-level servers included, each once. */
export function cloudServers(): CloudServer[] {
  const lists = [document.servers, ...Object.values(resolve(document.paths)).map((item) => resolve(item).servers)];
  const found = lists.flatMap((list) => (Array.isArray(list) ? list : [])).map((server: Json) => readServer(resolve(server)));
  return [...new Map(found.map((server) => [server.url, server])).values()];
}

export function unsupportedClouds(): UnsupportedCloud[] {
  return document["x-unsupported-clouds"] as unknown as UnsupportedCloud[];
}

/** The application permissions of an operation: either will do. */
export function permissionsOf({ node }: SpecOperation): string[] {
  const alternatives = Array.isArray(node.security) ? node.security : [];
  return alternatives.flatMap((alternative: Json) => Object.values(resolve(alternative)).flat() as string[]);
}

/** The statuses of answers that the spec marks as retryable. */
export const retryableStatuses: readonly number[] = [
  ...new Set(
    operations.flatMap(({ node }) =>
      Object.entries(resolve(node.responses)).flatMap(([status, answer]) =>
        resolve(answer)["x-retryable"] === true ? [Number(status)] : [],
      ),
    ),
  ),
].sort();

function describeOperation(path: string, method: string, item: JsonObject, node: JsonObject): SpecOperation {
  const parameters = [item.parameters, node.parameters].flatMap((list) => (Array.isArray(list) ? list : [])).map(resolve);
  return { operationId: String(node.operationId), method, path, title: `${method} ${path}`, parameters, node };
}

function exampleOf(parameters: readonly JsonObject[], name: string): string {
  const example = parameters.find((parameter) => parameter.in === "path" && parameter.name === name)?.example;
  if (typeof example !== "string") throw new Error(`The path parameter ${name} has no example.`);
  return example;
}

function readServer(server: JsonObject): CloudServer {
  const { name, version, tokenScope } = resolve(server["x-cloud"]);
  return { url: String(server.url), cloud: String(name), version: String(version), tokenScope: String(tokenScope) };
}
