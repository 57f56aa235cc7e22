import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, type Path, refPath, valueAt } from "../spec/json.ts";
import { type Kind, kindBelow } from "../spec/kinds.ts";
import { objectionTo } from "./schema-objection.ts";

/** What the official schema objects to, and where. */
export type Objection = { readonly path: Path; readonly message: string };

// Compiling takes longest, and each schema is used a few times at most: what makes it faster later, or looks into a schema that is known to be good, is off.
const validator = new Validator({ allErrors: true, validateSchema: false, code: { optimize: false } });
const dialect = new Ajv2020({ strict: false, allErrors: true, code: { optimize: false } });

/**
 * Judges a document by the OpenAPI Initiative's own schema, as validators and Spectral do. That schema leaves the schemas within the document to
 * their dialect, JSON Schema 2020-12: they are judged by its own schema. It leaves references that lead nowhere to Redocly.
 */
export async function judgeByOfficialSchema(document: JsonObject): Promise<Objection[]> {
  // The validator takes only what is OpenAPI by its first line; everything else was refused before.
  const { errors = [] } = await validator.validate(document);
  const found = typeof errors === "string" ? [] : objectionsOf(errors, document, []);
  return [...found, ...schemasOf(document, [], "document").flatMap(([path, schema]) => dialectObjections(document, path, schema))];
}

function dialectObjections(document: JsonObject, path: Path, schema: Json): Objection[] {
  if (!isObject(schema)) return [];
  dialect.validateSchema(schema);
  return objectionsOf(dialect.errors ?? [], document, path);
}

/** Every schema that stands in no other one. */
function schemasOf(node: Json | undefined, path: Path, kind: Kind): [path: Path, schema: Json][] {
  if (typeof node !== "object" || node === null || kind === "value") return [];
  if (kind === "schema") return [[path, node]];
  const entries = Array.isArray(node) ? node.entries() : Object.entries(node);
  return [...entries].flatMap(([key, value]) => schemasOf(value, [...path, key], kindBelow(kind, key)));
}

function objectionsOf(errors: readonly ErrorObject[], document: JsonObject, above: Path): Objection[] {
  const told = new Set<string>();
  return rootCauses(errors).flatMap((error) => {
    const path = pathOf(error.instancePath, document, above);
    const objection = objectionTo(error, path, valueAt(document, path));
    // Where a value may be one of several kinds, each kind objects: the first says enough. Names that are missing or unknown may be several.
    const about = `${error.instancePath} ${error.propertyName ?? objection.key ?? ""}`;
    if (told.has(about)) return [];
    told.add(about);
    return [
      { path: objection.key === undefined || error.keyword === "required" ? path : [...path, objection.key], message: objection.message },
    ];
  });
}

/** Ajv also tells which branches were left because of an error, and that what they would have looked at is unknown: that hides the error. */
function rootCauses(errors: readonly ErrorObject[]): ErrorObject[] {
  const causes = errors.filter(({ keyword }) => !["if", "oneOf", "anyOf", "propertyNames", "unevaluatedProperties"].includes(keyword));
  const unknown = errors.filter(({ keyword }) => keyword === "unevaluatedProperties");
  return [...causes, ...unknown.filter((one) => !causes.some((cause) => explains(cause, one)))];
}

/** Whether an error, in the same object or within the property, is why the property was not looked at. */
function explains({ instancePath }: ErrorObject, { instancePath: at, params }: ErrorObject): boolean {
  const within = `${instancePath}/`.startsWith(`${at}/${escaped(`${params.unevaluatedProperty}`)}/`);
  return within || instancePath === at || instancePath.slice(0, instancePath.lastIndexOf("/")) === at;
}

const escaped = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** The keys of a pointer: numbers where they lead into a list. */
function pathOf(pointer: string, document: JsonObject, above: Path): Path {
  const path: (string | number)[] = [...above];
  for (const key of pointer === "" ? [] : refPath(`#${pointer}`.replaceAll("%", "%25")))
    path.push(Array.isArray(valueAt(document, path)) ? Number(key) : key);
  return path;
}
