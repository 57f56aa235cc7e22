import { readFileSync } from "node:fs";
import { XMLParser } from "fast-xml-parser";

/** An XML element: attributes are strings, children are lists by tag. */
export type Element = { readonly [key: string]: string | readonly Element[] };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  isArray: (_tag, _path, _leaf, isAttribute) => !isAttribute,
});

/** The schema `microsoft.graph` of one of Microsoft's metadata documents. */
export function readGraphSchema(file: string): Element {
  const document: Element = parser.parse(readFileSync(file, "utf8"));
  const services = children(document, "edmx:Edmx").flatMap((edmx) => children(edmx, "edmx:DataServices"));
  return only(
    services.flatMap((service) => children(service, "Schema")).filter(({ Namespace }) => Namespace === "microsoft.graph"),
    "schema microsoft.graph",
  );
}

export function children(element: Element, tag: string): readonly Element[] {
  const found = element[tag];
  return Array.isArray(found) ? found : [];
}

/** The attributes alone. */
export function attributes(element: Element): Record<string, string> {
  return Object.fromEntries(Object.entries(element).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** The one element of that tag and name. */
export function named(schema: Element, tag: string, name: string): Element {
  return only(
    children(schema, tag).filter(({ Name }) => Name === name),
    `${tag} ${name}`,
  );
}

function only(found: readonly Element[], what: string): Element {
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) throw new Error(`The metadata has ${found.length} of ${what}, not one.`);
  return first;
}

export function members(schema: Element, enumType: string): Record<string, string> {
  const entries = children(named(schema, "EnumType", enumType), "Member").map(attributes);
  return Object.fromEntries(entries.map(({ Name = "", Value = "" }) => [Name, Value]));
}
