import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, type Path, refPath, valueAt } from "../spec/json.ts";
import { BadInput } from "../tool/bad-input.ts";
import type { Line } from "./model.ts";

/** An OpenAPI document, and how to find a place in it. */
export type Source = { readonly name: string; readonly document: JsonObject; readonly lineOf: (path: Path) => number };
/** A part of the document, and where it stands. */
export type Part = { readonly node: Json | undefined; readonly path: Path };

/** Follows a `$ref`; one that leads nowhere in a needed part is bad input, at its line. */
export function follow(source: Source, part: Part): Part {
  let found = part;
  for (let steps = 0; isObject(found.node) && typeof found.node.$ref === "string"; steps++) {
    const { $ref } = found.node;
    const refuse = (why: string) =>
      new BadInput(`${source.name}:${source.lineOf(found.path)} has the $ref ${JSON.stringify($ref)}, which ${why}.`);
    if (!$ref.startsWith("#/")) throw refuse("leads to another file: bundle the document first");
    const path = refPath($ref);
    const node = valueAt(source.document, path);
    if (node === undefined) throw refuse("leads nowhere");
    if (steps > 20) throw refuse("leads in a circle");
    found = { node, path };
  }
  return found;
}

export function child({ node, path }: Part, ...keys: (string | number)[]): Part {
  return { node: valueAt(node, keys), path: [...path, ...keys] };
}

/** Graph's name for a schema: `microsoft.graph.resultInfo` and `ResultInfo` are both `resultInfo`. */
export function graphName(path: Path): string {
  const name = `${path.at(-1)}`.replace(/^microsoft\.graph\./, "");
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

export const isSchemaComponent = ({ path }: Part) => path.length === 3 && path[0] === "components" && path[1] === "schemas";

export function isStructure({ node }: Part): boolean {
  return (
    isObject(node) && (node.properties !== undefined || node.allOf !== undefined || (node.type === "object" && node.enum === undefined))
  );
}

export function lineOf(source: Source, { path }: Part): Line {
  return () => source.lineOf(path);
}
