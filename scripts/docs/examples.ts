import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, resolve } from "../spec/json.ts";

/** One example of the spec. */
export type Example = { readonly name: string; readonly summary: string | undefined; readonly value: Json };
/** Where examples are used: `403` of `updateRecordingStatus`. */
export type Use = { readonly operationId: string; readonly status?: string };
/** The examples of one body, header or parameter. What several operations share stands here once, with all its uses. */
export type ExampleGroup = {
  readonly kind: "request" | "answer" | "header" | "parameter" | "notification";
  /** A media type, or the name of the header or parameter. */
  readonly name: string;
  readonly description: string;
  readonly uses: Use[];
  readonly examples: readonly Example[];
};

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Every example of the spec: of requests, answers, their headers, parameters and notifications. */
export function examplesOf(document: JsonObject): ExampleGroup[] {
  const { at, members } = lookUpIn(document);
  const { groups, add } = collectGroups(document);
  const addAnswer = (response: JsonObject, use: Use) => {
    for (const [type, media] of members(response.content)) add("answer", type, response.description, media, use);
    for (const [name, header] of members(response.headers)) {
      const node = at(header);
      add("header", name, isObject(node) ? node.description : undefined, node, use);
    }
  };
  for (const { kind, operation, item } of operationsOf(document)) {
    const operationId = text(operation.operationId) ?? "";
    const body = asObject(at(operation.requestBody));
    for (const [type, media] of members(body.content)) add(kind, type, body.description, media, { operationId });
    for (const parameter of [...list(item.parameters), ...list(operation.parameters)].map(at).filter(isObject))
      add("parameter", `${parameter.name}`, parameter.description, parameter, { operationId });
    for (const [status, reference] of members(operation.responses)) addAnswer(asObject(at(reference)), { operationId, status });
  }
  return [...groups.values()];
}

/** Follows references. */
function lookUpIn(document: JsonObject) {
  const at = (node: Json | undefined) => resolve(document, node);
  return { at, members: (node: Json | undefined) => Object.entries(asObject(at(node))) };
}

/** Groups examples by the object that holds them: what YAML or a `$ref` shares is one object. */
function collectGroups(document: JsonObject) {
  const { at, members } = lookUpIn(document);
  const groups = new Map<Json, ExampleGroup>();
  const named = (node: JsonObject): Example[] => {
    if (node.example !== undefined) return [{ name: "example", summary: undefined, value: node.example }];
    return members(node.examples).flatMap(([name, reference]) => {
      const example = asObject(at(reference));
      return example.value === undefined
        ? []
        : [{ name, summary: text(example.summary) ?? text(example.description), value: example.value }];
    });
  };
  const add = (kind: ExampleGroup["kind"], name: string, description: Json | undefined, holder: Json | undefined, use: Use) => {
    const node = at(holder);
    if (!isObject(node)) return;
    const known = groups.get(node);
    if (known !== undefined) return void known.uses.push(use);
    const examples = named(node);
    if (examples.length > 0) groups.set(node, { kind, name, description: text(description) ?? "", uses: [use], examples });
  };
  return { groups, add };
}

function operationsOf(document: JsonObject) {
  const { at, members } = lookUpIn(document);
  const rooms = [
    ["request", document.paths],
    ["notification", document.webhooks],
  ] as const;
  return rooms.flatMap(([kind, room]) =>
    members(room).flatMap(([, reference]) => {
      const item = asObject(at(reference));
      return methods.flatMap((method) => {
        const operation = at(item[method]);
        return isObject(operation) ? [{ kind, item, operation }] : [];
      });
    }),
  );
}

function asObject(node: Json | undefined): JsonObject {
  return isObject(node) ? node : {};
}

function list(node: Json | undefined): Json[] {
  return Array.isArray(node) ? node : [];
}

function text(node: Json | undefined): string | undefined {
  return typeof node === "string" ? node : undefined;
}
