import type { Json, JsonObject } from "../../scripts/spec/document.ts";
import { resolve } from "../../scripts/spec/json.ts";
import { isObject } from "./oracle-atoms.ts";

/** Whether an edited document can be judged at all: the linter refuses a `$ref` to nowhere, and a path whose parameters have other names. */
export function isJudgeable(document: JsonObject): boolean {
  return JSON.stringify(document).includes('"$ref"') ? everyRef(document, document) && everyPath(document) : everyPath(document);
}

function everyRef(document: JsonObject, node: Json): boolean {
  if (Array.isArray(node)) return node.every((member) => everyRef(document, member));
  if (!isObject(node)) return true;
  if (typeof node.$ref === "string" && resolve(document, { $ref: node.$ref }) !== undefined) {
    const target = resolve(document, { $ref: node.$ref });
    if (isObject(target) && target.$ref === node.$ref) return false;
  }
  return Object.values(node).every((value) => everyRef(document, value));
}

function everyPath(document: JsonObject): boolean {
  return Object.entries(isObject(document.paths) ? document.paths : {}).every(([path, item]) => {
    const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
    const operations = Object.values(isObject(item) ? item : {}).filter(isObject);
    return operations.every((operation) => {
      const listed = [isObject(item) ? (item.parameters ?? []) : [], operation.parameters ?? []]
        .flat()
        .map((one) => resolve(document, one));
      const inPath = listed.filter(isObject).filter((one) => one.in === "path");
      return (
        names.every((name) => inPath.some((one) => one.name === name && one.required === true)) &&
        inPath.every((one) => names.includes(`${one.name}`))
      );
    });
  });
}
