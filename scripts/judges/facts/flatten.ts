import type { Json } from "../../spec/document.ts";
import { isObject } from "../../spec/json.ts";
import { anyOrder } from "./fact.ts";

export type Constraint = readonly [pointer: string, value: Json];
export type Flatten = (at: string, value: Json) => Constraint[];
export type Rules = Readonly<Record<string, Flatten>>;

const skip: Flatten = () => [];
/** What is written for readers. All other keys constrain something. */
export const prose: Rules = { description: skip, summary: skip, externalDocs: skip };

/**
 * The constraints of one node. A key without a rule is taken as it is, so that a keyword nobody thought of still shows up.
 * A node without any (`{}`) is a constraint itself, so that its removal shows up too.
 */
export function flatten(at: string, node: Json, rules: Rules): Constraint[] {
  if (!isObject(node)) return [[at, node]];
  const found = Object.entries(node).flatMap(([key, value]): Constraint[] => {
    if (key === "$ref") return [[at, value]];
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    return rule === undefined ? [[`${at}: ${key}`, value]] : rule(at, value);
  });
  return found.length === 0 ? [[at, {}]] : found;
}

/** Each member of a map, under a pointer made of its name. */
export function members(key: string, toPointer: (at: string, name: string) => string, each: Flatten): Flatten {
  return (at, map) => {
    const names = isObject(map) ? Object.entries(map) : [];
    return names.length === 0 ? [[`${at}: ${key}`, map]] : names.flatMap(([name, member]) => each(toPointer(at, name), member));
  };
}

export function unordered(key: string): Flatten {
  return (at, value) => [[`${at}: ${key}`, Array.isArray(value) ? anyOrder(...value) : value]];
}

/** Numbered from 1: they are read by people. */
function alternatives(key: string): Flatten {
  return (at, value) => {
    const schemas = Array.isArray(value) ? value : [];
    if (schemas.length === 0) return [[`${at}: ${key}`, value]];
    return schemas.flatMap((schema, index) => flattenSchema(`${at} (${key} ${index + 1})`, schema));
  };
}

const schemaRules: Rules = {
  ...prose,
  title: skip,
  $comment: skip,
  type: unordered("type"),
  enum: unordered("enum"),
  required: unordered("required"),
  properties: members("properties", (at, name) => `${at}.${name}`, flattenSchema),
  items: (at, value) => flattenSchema(`${at}[]`, value),
  additionalProperties: (at, value) => (isObject(value) ? flattenSchema(`${at}.*`, value) : [[`${at}: additionalProperties`, value]]),
  anyOf: alternatives("anyOf"),
  oneOf: alternatives("oneOf"),
  allOf: alternatives("allOf"),
};

export function flattenSchema(at: string, schema: Json): Constraint[] {
  return flatten(at, schema, schemaRules);
}
