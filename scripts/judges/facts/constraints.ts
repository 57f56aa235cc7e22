import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject } from "../../spec/json.ts";
import { type Constraint, type Flatten, flatten, flattenSchema, members, prose, type Rules, unordered } from "./flatten.ts";

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const skip: Flatten = () => [];

/** The whole value is one constraint: an example is compared deeply. */
const example: Flatten = (at, value) => flatten(at, value, { ...prose, value: (_, whole) => [[at, whole]] });

/** The order counts: the mock sends the first. */
const examples: Flatten = (at, value) => [
  [`${at}: examples`, isObject(value) ? Object.keys(value) : value],
  ...Object.entries(isObject(value) ? value : {}).flatMap(([name, one]) => example(`${at}: example ${name}`, one)),
];

const schema: Flatten = (at, value) => flattenSchema(`${at}: schema`, value);
const valued: Rules = { ...prose, schema, examples };
const content = members(
  "content",
  (at, type) => `${at}: ${type}`,
  (at, media) => flatten(at, media, valued),
);
const requestBody: Flatten = (at, body) => flatten(at, body, { ...prose, content });
const response: Flatten = (at, value) =>
  flatten(at, value, {
    ...prose,
    content,
    headers: members(
      "headers",
      (_, name) => `${at}: header ${name}`,
      (header, one) => flatten(header, one, valued),
    ),
  });
const parameter: Flatten = (at, value) => flatten(at, value, valued);

/** A list whose entries are known by one key, such as `$ref`; an entry that says more is kept whole. */
function entriesBy(key: string, value: Json): Json {
  if (!Array.isArray(value)) return value;
  return value.map((entry) => {
    if (!isObject(entry)) return entry;
    const rest = Object.fromEntries(Object.entries(entry).filter(([name]) => !Object.hasOwn(prose, name)));
    return Object.keys(rest).length === 1 ? (rest[key] ?? rest) : rest;
  });
}

const parameters: Flatten = (at, value) => unordered("parameters")(at, entriesBy("$ref", value));

/** Clouds by name and version, in order, each as one constraint. */
function clouds(kind: string, labelOf: (entry: JsonObject) => Json | undefined, withoutProse: (entry: JsonObject) => JsonObject): Flatten {
  return (at, value) => {
    const prefix = at === "" ? "" : `${at}: `;
    const label = (entry: Json) => `${isObject(entry) ? (labelOf(entry) ?? entry.url) : entry}`;
    return [
      [`${prefix}${kind}s`, Array.isArray(value) ? value.map(label) : value],
      ...list(value).map((entry): Constraint => [`${prefix}${kind} ${label(entry)}`, isObject(entry) ? withoutProse(entry) : entry]),
    ];
  };
}

const nameAndVersion = ({ name, version }: JsonObject) => (name === undefined ? undefined : [name, version].filter(Boolean).join(" "));
const servers = clouds(
  "server",
  ({ "x-cloud": cloud }) => (isObject(cloud) ? nameAndVersion(cloud) : undefined),
  ({ description: _prose, ...server }) => server,
);
/** The wording of a reason is prose; that there is one is not. */
const unsupportedClouds = clouds("unsupported cloud", nameAndVersion, ({ reason, ...cloud }) => ({
  ...cloud,
  reason: typeof reason === "string" && reason.trim() !== "" ? "given" : "missing",
}));

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** An operation's security is its own, else the document's: both ways of leaving it out look the same here. */
function operation(rootSecurity: Json): Flatten {
  return (at, value) => {
    if (!isObject(value)) return [[at, value]];
    const { security = rootSecurity, ...rest } = value;
    const rules: Rules = {
      ...prose,
      parameters,
      servers,
      requestBody: (here, body) => requestBody(`${here}: request body`, body),
      responses: members("responses", (here, status) => `${here} → ${status}`, response),
    };
    return [[`${at}: security`, security], ...flatten(at, rest, rules)];
  };
}

function pathItem(at: string, operationAt: (method: string) => string, item: Json, rootSecurity: Json): Constraint[] {
  const operations = methods.map((method): [string, Flatten] => [
    method,
    (_, value) => operation(rootSecurity)(operationAt(method), value),
  ]);
  return flatten(at, item, { ...prose, parameters, servers, ...Object.fromEntries(operations) });
}

const components: Rules = {
  schemas: members("schemas", (_, name) => `schema ${name}`, flattenSchema),
  responses: members("responses", (_, name) => `response ${name}`, response),
  parameters: members("parameters", (_, name) => `parameter ${name}`, parameter),
  requestBodies: members("requestBodies", (_, name) => `request body ${name}`, requestBody),
  examples: members("examples", (_, name) => `example ${name}`, example),
  securitySchemes: members("securitySchemes", (_, name) => `security scheme ${name}`, securityScheme),
};

function securityScheme(at: string, scheme: Json): Constraint[] {
  const scopes: Flatten = (flow, value) => unordered("scopes")(flow, isObject(value) ? Object.keys(value) : value);
  const flows = members(
    "flows",
    (_, name) => `${at}: flow ${name}`,
    (flow, value) => flatten(flow, value, { ...prose, scopes }),
  );
  return flatten(at, scheme, { ...prose, flows });
}

function documentRules(rootSecurity: Json): Rules {
  const each = (value: Json, toConstraints: (name: string, item: Json) => Constraint[]) =>
    Object.entries(isObject(value) ? value : {}).flatMap(([name, item]) => toConstraints(name, item));
  return {
    info: (_, value) => flatten("info", value, { ...prose, title: skip }),
    tags: (at, value) => [[`${at}: tags`, entriesBy("name", value)]],
    servers: (_, value) => servers("", value),
    "x-unsupported-clouds": (_, value) => unsupportedClouds("", value),
    paths: (_, value) =>
      each(value, (path, item) => pathItem(`path ${path}`, (method) => `${method.toUpperCase()} ${path}`, item, rootSecurity)),
    webhooks: (_, value) =>
      each(value, (name, item) => pathItem(`webhook ${name}`, (method) => `webhook ${name} ${method.toUpperCase()}`, item, rootSecurity)),
    components: (_, value) => flatten("components", value, components),
  };
}

/** Everything in the spec that constrains, under pointers that a reader of the YAML understands. Nothing that is prose. */
export function constraintsOf(spec: Json): Map<string, Json> {
  const rootSecurity = isObject(spec) ? (spec.security ?? []) : [];
  const found = new Map<string, Json>();
  for (const [pointer, value] of flatten("document", spec, documentRules(rootSecurity))) {
    // Two servers of one cloud, say: both must show up.
    let name = pointer;
    while (found.has(name)) name += " (again)";
    found.set(name, value);
  }
  return found;
}
