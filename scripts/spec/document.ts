import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Document, YAMLError } from "yaml";
import { BadInput } from "../tool/bad-input.ts";
import { root } from "../tool/root.ts";
import { parseYaml } from "./parse-yaml.ts";
import { aliasProblem, yamlProblem } from "./yaml-problem.ts";

export const specPath = "openapi/recording-status.yaml";

export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

export type Server = {
  url: string;
  "x-cloud"?: { name: string; version: string; authorityHost: string; tokenScope: string };
};
export type Operation = {
  operationId: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  security?: Record<string, string[]>[];
  "x-successor"?: string;
  requestBody?: Json;
  responses?: JsonObject;
};
/** What the generator reads of the spec; everything else is passed on as it is. */
export type Spec = {
  servers: Server[];
  /** What every operation demands that says nothing of its own. */
  security?: Record<string, string[]>[];
  "x-unsupported-clouds"?: { name: string; version?: string; url: string; reason: string }[];
  paths: Record<string, Record<string, Operation> & { servers?: Server[] }>;
  webhooks?: Record<string, JsonObject>;
  components: {
    schemas: Record<string, JsonObject>;
    parameters: Record<string, { schema: JsonObject }>;
    securitySchemes?: Record<string, JsonObject>;
  };
};

/** A spec that cannot be read or compiled: one clear message, no stack. */
export class SpecError extends BadInput {
  override readonly name: string = "SpecError";
  /** Where in the document, if that is known. */
  readonly path: readonly (string | number)[];

  constructor(message: string, options: ErrorOptions & { readonly path?: readonly (string | number)[] } = {}) {
    super(message, options);
    this.path = options.path ?? [];
  }
}

/** The spec's text with LF line ends, so that a checkout with CRLF gives the same bytes. */
export function readSpecText(path: string = root + specPath): string {
  return readFileSync(path, "utf8").replaceAll("\r\n", "\n");
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The document as plain objects; what YAML writes once and uses by an alias is one object. */
export function readDocument(text: string): JsonObject {
  const { document } = parseYaml(text);
  const [problem] = document.errors;
  if (problem !== undefined) throw new SpecError(`${specPath}${placeOf(problem)} is not valid YAML: ${yamlProblem(text, problem)}.`);
  const spec = toPlain(document);
  if (typeof spec !== "object" || spec === null || Array.isArray(spec))
    throw new SpecError(`${specPath} is no OpenAPI document: it holds no mapping.`);
  return spec as JsonObject;
}

function placeOf({ linePos }: YAMLError): string {
  const place = linePos?.[0];
  return place === undefined ? "" : `:${place.line}:${place.col}`;
}

/** An alias that leads nowhere, or to too much, shows only here. */
function toPlain(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    throw new SpecError(`${specPath} is not valid YAML: ${aliasProblem(document).message}.`, { cause: error });
  }
}

export function parseSpec(text: string): Spec {
  return specOf(readDocument(text));
}

/** Refuses a document without what the generator needs. */
export function specOf(spec: JsonObject): Spec {
  for (const key of ["servers", "paths", "components"] as const) {
    if (typeof spec[key] !== "object" || spec[key] === null) throw new SpecError(`${specPath} has no ${key}: put the section back.`);
  }
  return spec as unknown as Spec;
}

const methods = ["get", "put", "post", "delete", "patch"] as const;

/** Every operation that a client can call, in the spec's order. */
export function callableOperations(spec: Spec): { path: string; method: string; operation: Operation; servers: Server[] }[] {
  return Object.entries(spec.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => ({ path, method, operation: item[method] as Operation, servers: item.servers ?? spec.servers })),
  );
}
