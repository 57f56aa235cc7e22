import { callableOperations, type Json, type JsonObject, type Spec, SpecError } from "../spec/document.ts";
import { resolve } from "../spec/json.ts";
import { annotations } from "../spec/kinds.ts";
import { endedCallState, notificationToken } from "./notification-facts.ts";
import { retryableStatuses } from "./retryable-statuses.ts";

const prefix = "#/components/schemas/";

/** Compiles what the client must know at run time: schemas, clouds, permissions. */
export function generateConstants(spec: Spec): string {
  const { schemas, parameters } = spec.components;
  const parts = [
    ...inOrderOfUse(schemas).map((name) => declare(constantName(name), printSchema(schemas[name] as Json))),
    ...Object.entries(parameters).map(([name, { schema }]) => declare(`${camel(name)}ParameterSchema`, printSchema(schema))),
    declare("requests", print(requests(spec)), "How each operation is asked for, by its operationId."),
    declare(
      "clouds",
      print(cloudTable(spec)),
      "Base URLs by cloud and version, with the Entra authority host and the token scope of each cloud.",
    ),
    declare("unsupportedClouds", print(spec["x-unsupported-clouds"] ?? []), "What has no such action, with the reason."),
    declare(
      "permissions",
      print(permissions(spec)),
      "Application permissions by operation, the least privileged first: any one of them will do.",
    ),
    declare(
      "retryableStatuses",
      print(retryableStatuses(spec)),
      "The statuses of answers that are marked x-retryable: a later attempt may change them.",
    ),
    declare(
      "notificationToken",
      print(notificationToken(spec)),
      "What the token of a notification must be: where its keys are found, who may have issued it, how it is signed, which claim names the tenant.",
    ),
    declare("endedCallState", print(endedCallState(spec)), "The state of a call that is over, as a notification tells it."),
  ];
  return parts.join("\n");
}

function declare(name: string, source: string, comment?: string): string {
  return `${comment === undefined ? "" : `/** ${comment} */\n`}export const ${name} = ${source} as const;\n`;
}

function camel(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (head) => head.toLowerCase());
}

function constantName(schema: string): string {
  return `${camel(schema)}Schema`;
}

/** Method, path, and the media type of the body, for each operation. */
function requests(spec: Spec): Record<string, Json> {
  const asked = callableOperations(spec).map(({ path, method, operation }) => {
    const { content = {} } = (resolve(spec as unknown as JsonObject, operation.requestBody) ?? {}) as { content?: JsonObject };
    const [contentType] = Object.keys(content);
    return [`${operation.operationId}`, { method: method.toUpperCase(), path, ...(contentType === undefined ? {} : { contentType }) }];
  });
  return Object.fromEntries(asked) as Record<string, Json>;
}

/** Schemas after those they refer to, so that each constant is declared before its use. */
function inOrderOfUse(schemas: Record<string, JsonObject>): string[] {
  const done: string[] = [];
  const visit = (name: string, trail: readonly string[]) => {
    if (done.includes(name)) return;
    const path = ["components", "schemas", trail.at(-1) ?? name];
    if (trail.includes(name))
      throw new SpecError(`${[...trail, name].join(" → ")}: a schema that refers to itself cannot be a constant.`, { path });
    const schema = schemas[name];
    if (schema === undefined)
      throw new SpecError(`${prefix}${name} leads nowhere (used by ${trail.at(-1)}): correct the $ref or add the schema.`, { path });
    for (const used of referencesIn(schema)) visit(used, [...trail, name]);
    done.push(name);
  };
  for (const name of Object.keys(schemas)) visit(name, []);
  return done;
}

function referencesIn(node: Json): string[] {
  if (node === null || typeof node !== "object") return [];
  if (!Array.isArray(node) && typeof node.$ref === "string") return [schemaOf(node.$ref)];
  return Object.values(node).flatMap((child) => referencesIn(child));
}

function schemaOf(ref: string): string {
  if (!ref.startsWith(prefix)) throw new SpecError(`$ref ${ref}: a schema may refer to ${prefix}… only.`);
  return ref.slice(prefix.length);
}

/** A schema as source text: without annotations, references as the names of their constants. */
function printSchema(node: Json, isPropertyMap = false): string {
  if (Array.isArray(node)) return list(node.map((item) => printSchema(item)));
  if (node === null || typeof node !== "object") return JSON.stringify(node);
  if (!isPropertyMap && typeof node.$ref === "string") return constantName(schemaOf(node.$ref));
  // Names of properties are not keywords: a property may be called "description".
  const kept = Object.entries(node).filter(([key]) => isPropertyMap || !annotations.has(key));
  return record(kept.map(([key, value]) => [key, printSchema(value, !isPropertyMap && key === "properties")]));
}

function print(value: unknown): string {
  if (Array.isArray(value)) return list(value.map(print));
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return record(Object.entries(value).map(([key, child]) => [key, print(child)]));
}

function list(items: string[]): string {
  return bracket("[", items, "]");
}

function record(entries: [key: string, source: string][]): string {
  return bracket(
    "{",
    entries.map(([key, source]) => `${/^[a-zA-Z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${source}`),
    "}",
  );
}

/** On one line if it fits, so that a small edit gives a small diff that can be read. */
function bracket(open: string, items: string[], close: string): string {
  const space = open === "{" && items.length > 0 ? " " : "";
  const line = `${open}${space}${items.join(", ")}${space}${close}`;
  if (line.length <= 100 && !line.includes("\n")) return line;
  return `${open}\n${items.map((item) => `  ${item.replaceAll("\n", "\n  ")},\n`).join("")}${close}`;
}

type Cloud = { authorityHost: string; tokenScope: string; versions: Record<string, string> };

export function cloudTable(spec: Spec): Record<string, Cloud> {
  const table: Record<string, Cloud> = {};
  for (const server of spec.servers) {
    const cloud = server["x-cloud"];
    for (const key of ["name", "version", "authorityHost", "tokenScope"] as const) {
      if (typeof cloud?.[key] !== "string")
        throw new SpecError(`Server ${server.url} has no x-cloud.${key}: the client's cloud table needs it.`, { path: ["servers"] });
    }
    const { name, version, authorityHost, tokenScope } = cloud as NonNullable<typeof cloud>;
    table[name] ??= { authorityHost, tokenScope, versions: {} };
    const entry = table[name];
    if (entry.authorityHost !== authorityHost || entry.tokenScope !== tokenScope) {
      throw new SpecError(`The servers of cloud ${name} disagree on authorityHost or tokenScope: a cloud has one of each.`);
    }
    if (entry.versions[version] !== undefined) throw new SpecError(`Cloud ${name} has two servers for ${version}: remove one.`);
    entry.versions[version] = server.url;
  }
  return table;
}

export function permissions(spec: Spec): Record<string, string[]> {
  return Object.fromEntries(
    callableOperations(spec).map(({ operation }) => [
      operation.operationId,
      (operation.security ?? spec.security ?? []).flatMap((entry) => Object.values(entry).flat()),
    ]),
  );
}
