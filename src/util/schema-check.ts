import { describeUnknown } from "./nearest-name.ts";
import { cut } from "./redact.ts";

/** The part of JSON Schema that the spec uses for what a client sends. */
export type InputSchema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly properties?: { readonly [name: string]: InputSchema };
};

/** The keywords that `findViolation` enforces; a test holds the spec's input schemas to them. */
export const enforcedKeywords: readonly (keyof Required<InputSchema>)[] = [
  "type",
  "enum",
  "minLength",
  "maxLength",
  "pattern",
  "required",
  "additionalProperties",
  "properties",
];

/** Says what is wrong with a value that is about to be sent, or undefined when nothing is. A known property that is undefined counts as left out. */
export function findViolation(schema: InputSchema, value: unknown, name: string): string | undefined {
  const { type } = schema;
  const types = typeof type === "string" ? [type] : type;
  if (types !== undefined && !types.includes(typeOf(value))) return `${name} must be ${types.join(" or ")}, not ${typeOf(value)}.`;
  if (schema.enum !== undefined && !schema.enum.includes(value as string)) {
    return `${name} must be one of ${schema.enum.join(", ")}, not ${quote(value)}.`;
  }
  if (typeof value === "string") return findStringViolation(schema, value, name);
  if (typeof value === "object" && value !== null) return findObjectViolation(schema, value as Record<string, unknown>, name);
  return undefined;
}

function findStringViolation(schema: InputSchema, value: string, name: string): string | undefined {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  // Code points, as JSON Schema counts: draft 2020-12, validation, section 6.3.1.
  const length = codePoints(value);
  if (length < minLength) return `${name} must have at least ${minLength} character${minLength === 1 ? "" : "s"}; it has ${length}.`;
  if (length > maxLength) return `${name} must have at most ${maxLength} characters (code points); it has ${length}.`;
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) return `${name} ${quote(value)} is not allowed (pattern ${pattern}).`;
  return undefined;
}

function findObjectViolation(schema: InputSchema, value: Record<string, unknown>, name: string): string | undefined {
  const { required = [], properties = {}, additionalProperties } = schema;
  const names = Object.keys(value);
  const known = Object.keys(properties);
  // First, and whatever its value is: a misspelt name is the reason why another seems to be missing.
  const unknown = additionalProperties === false ? names.find((key) => !known.includes(key)) : undefined;
  if (unknown !== undefined) return `${name} has no property ${describeUnknown(unknown, known)}`;
  const present = names.filter((key) => value[key] !== undefined);
  for (const key of required) if (!present.includes(key)) return `${name}.${key} is missing.`;
  for (const key of present) {
    if (!Object.hasOwn(properties, key)) continue;
    const violation = findViolation(properties[key] as InputSchema, value[key], `${name}.${key}`);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** A value in a message: JSON, and short, because it may be anything. */
function quote(value: unknown): string {
  return cut(typeof value === "string" ? JSON.stringify(value) : String(value), 80);
}
