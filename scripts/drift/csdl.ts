// Microsoft's $metadata as an index: OData CSDL XML 4.0 and 4.01, namespaces and aliases resolved.
import { BadInput } from "../tool/bad-input.ts";
import { type Element, parseXml } from "./xml.ts";

/** An element that a schema declares, with the namespace that it is in. */
export type Declared = { readonly element: Element; readonly namespace: string };

export type Csdl = {
  readonly source: string;
  readonly namespaces: readonly string[];
  /** By qualified name. */
  readonly types: ReadonlyMap<string, Declared>;
  /** Actions and functions, overloads one after the other, by their plain name. */
  readonly operations: ReadonlyMap<string, readonly Declared[]>;
  /** Singletons and entity sets of all containers, by name. */
  readonly roots: ReadonlyMap<string, Declared>;
  /** A type as it is written in a schema, qualified: aliases replaced, a bare name taken as one of the same schema. */
  readonly qualify: (type: string, namespace: string) => string;
};

export const graphNamespace = "microsoft.graph";
const typeTags = ["EntityType", "ComplexType", "EnumType", "TypeDefinition"];

/** Refuses what is no metadata of Graph, in one clear line. */
export function readCsdl(text: string, source: string): Csdl {
  const schemas = schemasOf(parseXml(text, source), source);
  const namespaces = [...new Set(schemas.map(({ attributes }) => attributes.Namespace ?? ""))];
  if (!namespaces.includes(graphNamespace)) {
    throw new BadInput(
      `${source} is metadata of another service: it has no schema ${graphNamespace}, but ${namespaces.slice(0, 3).join(", ") || "none"}.`,
    );
  }
  const declared = schemas.flatMap((schema) =>
    schema.children.map((element) => ({ element, namespace: schema.attributes.Namespace ?? "" })),
  );
  const containers = declared.filter(({ element }) => element.tag === "EntityContainer");
  const roots = containers.flatMap(({ element, namespace }) => element.children.map((child) => ({ element: child, namespace })));
  return {
    source,
    namespaces,
    types: index(declared, typeTags, source, ({ element, namespace }) => `${namespace}.${element.attributes.Name}`),
    operations: Map.groupBy(
      declared.filter(({ element }) => element.tag === "Action" || element.tag === "Function"),
      ({ element }) => `${element.attributes.Name}`,
    ),
    roots: index(roots, ["Singleton", "EntitySet"], source, ({ element }) => `${element.attributes.Name}`),
    qualify: qualifier(schemas),
  };
}

function schemasOf(root: Element, source: string): Element[] {
  if (root.tag !== "Edmx") throw new BadInput(`${source} is XML, but no metadata: its root is <${root.tag}>, not <Edmx>.`);
  const { Version: version = "" } = root.attributes;
  if (!version.startsWith("4"))
    throw new BadInput(`${source}:${root.line} is metadata of OData ${version || "?"}: only version 4 is read.`);
  return root.children.filter(({ tag }) => tag === "DataServices").flatMap(({ children }) => childrenOf(children, "Schema"));
}

function index(
  all: readonly Declared[],
  tags: readonly string[],
  source: string,
  nameOf: (one: Declared) => string,
): Map<string, Declared> {
  const found = new Map<string, Declared>();
  for (const one of all.filter(({ element }) => tags.includes(element.tag))) {
    const name = nameOf(one);
    const earlier = found.get(name);
    if (earlier !== undefined)
      throw new BadInput(`${source}:${one.element.line} declares ${name} a second time, after line ${earlier.element.line}.`);
    found.set(name, one);
  }
  return found;
}

function qualifier(schemas: readonly Element[]): Csdl["qualify"] {
  const aliases = new Map(schemas.map(({ attributes: { Alias = "", Namespace = "" } }) => [Alias, Namespace]));
  aliases.delete("");
  const qualifyOne = (type: string, namespace: string) => {
    const dot = type.lastIndexOf(".");
    if (dot === -1) return `${namespace}.${type}`;
    const prefix = type.slice(0, dot);
    return `${aliases.get(prefix) ?? prefix}${type.slice(dot)}`;
  };
  return (type, namespace) => {
    const item = itemOf(type.trim());
    return item === undefined ? qualifyOne(type.trim(), namespace) : `Collection(${qualifyOne(item.trim(), namespace)})`;
  };
}

/** What a collection is of; `undefined` for anything else. */
export function itemOf(type: string): string | undefined {
  return /^Collection\((.+)\)$/.exec(type)?.[1];
}

/** As XML Schema writes it. */
export function isTrue(value: string | undefined): boolean {
  return value === "true" || value === "1";
}

export function isFalse(value: string | undefined): boolean {
  return value === "false" || value === "0";
}

/** As the spec and the documentation call it: without `microsoft.graph.`. */
export function plainName(qualified: string): string {
  return qualified.replace(`${graphNamespace}.`, "");
}

export function childrenOf(children: readonly Element[], tag: string): Element[] {
  return children.filter((child) => child.tag === tag);
}

/** A type and those that it derives from, nearest first, by qualified name. */
export function ancestry(csdl: Csdl, name: string): string[] {
  const chain: string[] = [];
  for (let next: string | undefined = name; next !== undefined && !chain.includes(next); ) {
    chain.push(next);
    const declared = csdl.types.get(next);
    const base = declared?.element.attributes.BaseType;
    next = declared === undefined || base === undefined ? undefined : csdl.qualify(base, declared.namespace);
  }
  return chain;
}
