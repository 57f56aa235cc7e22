import type { Json, JsonObject } from "../spec/document.ts";
import { isObject, resolve } from "../spec/json.ts";
import { annotations, methods } from "../spec/kinds.ts";
import { objectAt } from "./example-cases.ts";

/** One line for each keyword in the schemas of what the client sends that its own check does not know: it would send what the spec forbids. */
export function unenforcedInWords(document: JsonObject, enforced: readonly string[]): string[] {
  const unknown = sentSchemas(document)
    .flatMap(({ node, label }) => keywordsOf(document, node, label))
    .filter(({ keyword }) => !enforced.includes(keyword) && !annotations.has(keyword));
  return [...Map.groupBy(unknown, ({ keyword }) => keyword)].map(([keyword, all]) => {
    const holders = [...new Set(all.map(({ label }) => label))];
    return `The client does not enforce \`${keyword}\` in what it sends (${holders.join(", ")}): a developer must teach src/util/schema-check.ts this keyword, or the spec must do without it.`;
  });
}

type Sent = { readonly node: Json | undefined; readonly label: string };

/** What each operation is asked with: its body, and what fills in its path. */
function sentSchemas(document: JsonObject): Sent[] {
  const at = (keys: readonly string[]) => objectAt(document, keys);
  return Object.keys(at(["paths"])).flatMap((path) =>
    methods
      .filter((method) => Object.hasOwn(at(["paths", path]), method))
      .flatMap((method) => {
        const place = ["paths", path, method];
        const content = [...place, "requestBody", "content"];
        const bodies = Object.keys(at(content)).map((type) => ({ node: at([...content, type]).schema, label: `the body of ${path}` }));
        const listed = [at(["paths", path]).parameters, at(place).parameters].flatMap((list) => (Array.isArray(list) ? list : []));
        const parameters = listed.map((one) => resolve(document, one)).filter((one) => isObject(one) && one.in === "path") as JsonObject[];
        return [...bodies, ...parameters.map(({ schema, name }) => ({ node: schema, label: `the parameter ${name}` }))];
      }),
  );
}

/** Of a schema and of its properties; what else holds schemas is a keyword itself. */
function keywordsOf(document: JsonObject, node: Json | undefined, label: string): { keyword: string; label: string }[] {
  const schema = resolve(document, node);
  if (!isObject(schema)) return [];
  const here = isObject(node) && typeof node.$ref === "string" ? (node.$ref.split("/").at(-1) ?? label) : label;
  const below = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  return [
    ...Object.keys(schema).map((keyword) => ({ keyword, label: here })),
    ...below.flatMap(([name, property]) => keywordsOf(document, property, `${here}.${name}`)),
  ];
}
