// What stands where in an OpenAPI document: needed to tell a name that somebody chose from a keyword, and prose from a constraint.

/** `map:` holds entries by name, `list:` entries by number; `value` is an example, any JSON; `other` is what OpenAPI does not know. */
export type Kind = string;

const schemaMaps = ["properties", "patternProperties", "$defs", "dependentSchemas"];
const schemaLists = ["anyOf", "oneOf", "allOf", "prefixItems"];
const schemaSingles = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedProperties"];

const content = { content: "map:mediaType", headers: "map:header", examples: "map:example", example: "value", schema: "schema" };
const operation = {
  parameters: "list:parameter",
  requestBody: "requestBody",
  responses: "map:response",
  security: "list:requirement",
  servers: "list:server",
  callbacks: "map:map:pathItem",
};
/** Those that a path may have. */
export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const fields: Readonly<Record<Kind, Readonly<Record<string, Kind>>>> = {
  document: {
    info: "info",
    servers: "list:server",
    tags: "list:tag",
    paths: "map:pathItem",
    webhooks: "map:pathItem",
    components: "components",
    security: "list:requirement",
    "x-unsupported-clouds": "list:unsupportedCloud",
  },
  components: {
    schemas: "map:schema",
    responses: "map:response",
    parameters: "map:parameter",
    examples: "map:example",
    requestBodies: "map:requestBody",
    headers: "map:header",
    securitySchemes: "map:securityScheme",
    pathItems: "map:pathItem",
  },
  pathItem: { ...Object.fromEntries(methods.map((method) => [method, "operation"])), parameters: "list:parameter", servers: "list:server" },
  operation,
  parameter: content,
  header: content,
  requestBody: content,
  response: content,
  mediaType: content,
  example: { value: "value" },
  securityScheme: { flows: "map:flow" },
  flow: { scopes: "map:scope" },
  schema: {
    ...Object.fromEntries(schemaMaps.map((key) => [key, "map:schema"])),
    ...Object.fromEntries(schemaLists.map((key) => [key, "list:schema"])),
    ...Object.fromEntries(schemaSingles.map((key) => [key, "schema"])),
    examples: "value",
    example: "value",
    default: "value",
    const: "value",
  },
};

export function kindBelow(kind: Kind, key: string | number): Kind {
  const each = /^(?:map|list):(.+)$/.exec(kind)?.[1];
  if (each !== undefined) return each;
  if (kind === "value") return "value";
  return fields[kind]?.[key] ?? "other";
}

const proseKeys = ["description", "summary", "title", "externalDocs", "$comment"];
const withProse = [...Object.keys(fields), "info", "server", "tag"];

/** What is written for readers. A property, a header or a field of an example may have such a name, and is none. */
export function prose(kind: Kind, key: string): boolean {
  if (kind === "unsupportedCloud") return key === "description";
  return withProse.includes(kind) && proseKeys.includes(key);
}

/** Keywords of a schema that are for readers, not for programs: what is generated has none of them. */
export const annotations: ReadonlySet<string> = new Set([
  "description",
  "summary",
  "example",
  "examples",
  "title",
  "externalDocs",
  "deprecated",
  "$comment",
]);
