import { parse } from "yaml";
import { type Json, readSpecText } from "../../scripts/spec/document.ts";

export const spec: Json = parse(readSpecText(), { maxAliasCount: 1000 });

/** What the spec has at a path, `undefined` where the path ends early: an edited spec must fail a test, not the reading of it. */
export function lookUp(...path: readonly (string | number)[]): Json | undefined {
  let node: Json | undefined = spec;
  for (const key of path) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return undefined;
    node = (node as { [key: string]: Json })[key];
  }
  return node;
}
