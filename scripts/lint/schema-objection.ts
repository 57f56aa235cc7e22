import type { ErrorObject } from "ajv/dist/2020.js";
import type { Json } from "../spec/document.ts";
import type { Path } from "../spec/json.ts";

/** `key`: the property that the objection is about, where it is about one within the value. */
export type SchemaObjection = { readonly message: string; readonly key?: string };

/** An error of the official schema for a reader who knows OpenAPI but no JSON Schema: what is wrong, and what to write. */
export function objectionTo(error: ErrorObject, path: Path, value: Json | undefined): SchemaObjection {
  const { keyword, params, propertyName } = error;
  if (propertyName !== undefined) return { key: propertyName, message: nameRefused(propertyName) };
  const name = nameOf(path);
  const found = `${name} is ${show(value)}`;
  switch (keyword) {
    case "format":
      return { message: `${found}: ${formats[params.format] ?? `that is no ${params.format}. Write one.`}` };
    case "required":
      return { key: params.missingProperty, message: `${name} lacks \`${params.missingProperty}\`: add it.` };
    case "unevaluatedProperties":
      return { key: params.unevaluatedProperty, message: unknownKey(params.unevaluatedProperty, name) };
    case "enum":
      return { message: `${found}: write one of ${params.allowedValues.map((one: Json) => show(one)).join(", ")}.` };
    case "const":
      return { message: `${found}: write ${show(params.allowedValue)}.` };
    case "type":
      return { message: `${found}: write ${[params.type].flat().map(kindInWords).join(" or ")}.` };
    case "not":
      return { message: notBoth(value, name) };
    default:
      return { message: `${name} ${error.message}: look it up in the OpenAPI specification.` };
  }
}

const noAddress = "that is no address. Write it without spaces and braces, with a real value in the place of what stands in braces.";
const formats: Readonly<Record<string, string>> = {
  uri: noAddress,
  "uri-reference": noAddress,
  regex: "that is no regular expression. Correct it.",
};

function nameRefused(name: string): string {
  return `The name ${show(name)} is not allowed here: write it with letters, digits, ".", "_" and "-" only, a path with "/" at its start.`;
}

function unknownKey(key: string, name: string): string {
  return `OpenAPI knows no \`${key}\` in ${name}: correct its spelling, put it where it belongs, or begin it with "x-" if it is an extension.`;
}

/** Each of them excludes the other. */
const pairs = [
  ["example", "examples"],
  ["value", "externalValue"],
  ["identifier", "url"],
] as const;

function notBoth(value: Json | undefined, name: string): string {
  const has = (key: string) => typeof value === "object" && value !== null && key in value;
  const both = pairs.find(([one, other]) => has(one) && has(other));
  return both === undefined
    ? `${name} has what excludes each other: look it up in the OpenAPI specification.`
    : `${name} has both \`${both[0]}\` and \`${both[1]}\`: keep one of them.`;
}

function nameOf(path: Path): string {
  const key = path.at(-1);
  if (key === undefined) return "the document";
  return typeof key === "number" ? `entry ${key + 1} of \`${path.at(-2)}\`` : `\`${key}\``;
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text (in quotes, if it looks like a number)",
  object: "a mapping (`key: value`)",
  array: "a list (`- entry`)",
  boolean: "true or false",
  integer: "a whole number, without quotes",
  number: "a number, without quotes",
};

function kindInWords(type: string): string {
  return kinds[type] ?? type;
}

function show(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}
