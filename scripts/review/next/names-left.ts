import { globSync, readFileSync } from "node:fs";
import { facts } from "../../judges/facts/all-facts.ts";
import { constraintsOf } from "../../judges/facts/constraints.ts";
import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject, valueAt } from "../../spec/json.ts";
import { type Kind, kindBelow, methods } from "../../spec/kinds.ts";
import { namesFile } from "./restate-names.ts";

/** What compiles against names of the spec, and follows them by hand. Facts and stated types are restated, and the compiler looks at `src/`. */
const files = ["scripts/judges/cases/*.ts", "{test,examples,bench}/**/*.ts"];
/** What speaks of Microsoft's file alone, and what `npm run api` writes. */
const others = ["test/facts/metadata.test.ts", "test/types/public-api/*"];
const most = 3;
/** A word that stands in more files than these is no name of the wire in most of them: their list would help nobody. */
const tooMany = 25;
/** The tools' own tests edit a spec that is kept for them, but for those that say otherwise. */
const isOfAnotherSpec = (file: string, text: string) =>
  file.startsWith("test/workbench/") && !/\b(?:readSpecText|createRepository|as-it-is)\b/.test(text);

/**
 * Where a name stands that the spec has no more, one line for each name. `names`: the text of wire-names.ts, as it is going to be. What
 * stands there, in the words of the model or of the wire, stands for the wire nowhere else.
 */
export function namesLeft(root: string, base: JsonObject, revision: JsonObject, names?: string): string[] {
  const gone = goneNames(base, revision);
  if (gone.length === 0) return [];
  const texts = globSync(files, { cwd: root, exclude: ["**/node_modules/**", ...others] }).flatMap((file): [string, string[]][] => {
    const path = file.replaceAll("\\", "/");
    const text = path === namesFile && names !== undefined ? names : readFileSync(root + path, "utf8");
    return isOfAnotherSpec(path, text) ? [] : [[path, text.split("\n")]];
  });
  const listed = readFileSync(root + namesFile, "utf8");
  return gone.flatMap((name) => {
    const literally = name.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    const isOurs = new RegExp(`[{ ]${literally}: "|: "${literally}"`).test(listed);
    const written = new RegExp(isOurs ? `"${literally}"` : `(?<![\\w.-])${literally}(?![\\w-])`);
    const places = texts
      .filter(([file]) => !isOurs || file === namesFile)
      .map(([file, lines]): [string, number] => [file, lines.findIndex((line) => written.test(line)) + 1])
      .filter(([, line]) => line > 0)
      .map(([file, line]) => `${file}:${line}`)
      .sort();
    if (places.length === 0) return [];
    if (places.length > tooMany)
      return [
        `the spec has no \`${name}\` any more: ${places.length} files of tests and examples have this word, too common to be listed; \`npm test\` says which of them mean it`,
      ];
    const more = places.length > most ? ` and ${places.length - most} more files` : "";
    return [`the spec has no \`${name}\` any more, and these lines name it: ${places.slice(0, most).join(", ")}${more}`];
  });
}

/** Operations and properties whose names stand for nothing any more, and facts; a component is named by its facts. */
function goneNames(base: JsonObject, revision: JsonObject): string[] {
  const [known, stated] = [new Set(namesIn(revision)), constraintsOf(revision)];
  const names = [...operationIds(base), ...propertyNames(base)].filter((name) => !known.has(name));
  return [...new Set(names), ...[...facts.keys()].filter((name) => !stated.has(name))];
}

/** Whatever a document calls something by: a name that a property lost may still be that of a header, or of a part of a path. */
function namesIn(node: Json | undefined, kind: Kind = "document"): string[] {
  if (Array.isArray(node)) return node.flatMap((one, index) => namesIn(one, kindBelow(kind, index)));
  // What an example has is no name of the document.
  if (!isObject(node) || kind === "value") return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const keys = kind.startsWith("map:") ? [key, ...[...key.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name)] : [];
    const isName = !kind.startsWith("map:") && ["name", "operationId", "enum", "const"].includes(key);
    const said = isName ? [value].flat().filter((one) => typeof one === "string") : [];
    return [...keys, ...said, ...namesIn(value, kindBelow(kind, key))];
  });
}

function propertyNames({ components }: JsonObject): string[] {
  const below = (node: Json | undefined): string[] => {
    if (Array.isArray(node)) return node.flatMap(below);
    if (!isObject(node)) return [];
    const own = isObject(node.properties) ? Object.keys(node.properties) : [];
    return [...own, ...Object.values(node).flatMap(below)];
  };
  return below(valueAt(components, ["schemas"]));
}

function operationIds({ paths, webhooks }: JsonObject): string[] {
  return [paths, webhooks].flatMap((all) =>
    Object.values(isObject(all) ? all : {}).flatMap((item) =>
      methods.flatMap((method) => {
        const id = valueAt(item, [method, "operationId"]);
        return typeof id === "string" ? [id] : [];
      }),
    ),
  );
}
