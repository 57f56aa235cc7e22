import { ancestry, type Csdl, childrenOf, type Declared, isTrue, itemOf, plainName } from "./csdl.ts";
import { membersOf, useOf } from "./csdl-members.ts";
import { actionName, type Operation } from "./model.ts";
import type { Element } from "./xml.ts";

/** Where a walk along an address has come to. */
type Stop = {
  readonly name: string;
  readonly type: string;
  readonly collection: boolean;
  readonly line: number;
  readonly keys: readonly string[];
};

/** What the metadata has at `POST /communications/calls/{}/updateRecordingStatus`, or in words why it has nothing there. */
export function describeAddress(csdl: Csdl, address: string): Operation | string {
  const [method = "", path = ""] = address.split(" ");
  const segments = path.split("/").slice(1);
  const last = segments.at(-1) ?? "";
  const isOperation = method === "POST" && csdl.operations.has(last) && segments.length > 1;
  const stop = walk(csdl, isOperation ? segments.slice(0, -1) : segments);
  if (typeof stop === "string") return stop;
  if (isOperation) return describeAction(csdl, address, last, stop);
  if (method === "POST" && !stop.collection) return `${stop.name} is one ${plainName(stop.type)}, so nothing can be added to it`;
  const type = stop.collection ? `Collection(${plainName(stop.type)})` : plainName(stop.type);
  const returns = method === "GET" ? { type, nullable: false, facets: new Map() } : undefined;
  return { address, body: undefined, returns, keys: stop.keys, line: () => stop.line };
}

/** Where the action could be called: at each root that leads to a collection of calls. */
export function reachable(csdl: Csdl): string[] {
  const isCalls = (type: string) => type === "Collection(microsoft.graph.call)";
  return [...csdl.roots].flatMap(([root, declared]) => {
    const start = startAt(csdl, declared);
    if (start.collection) return isCalls(`Collection(${start.type})`) ? [`POST /${root}/{}/${actionName}`] : [];
    return navigations(csdl, start.type)
      .filter(({ element, namespace }) => isCalls(csdl.qualify(`${element.attributes.Type}`, namespace)))
      .map(({ element }) => `POST /${root}/${element.attributes.Name}/{}/${actionName}`);
  });
}

function startAt(csdl: Csdl, { element, namespace }: Declared): Stop {
  const collection = element.tag === "EntitySet";
  const type = csdl.qualify(`${element.attributes[collection ? "EntityType" : "Type"]}`, namespace);
  return { name: `${element.attributes.Name}`, type, collection, line: element.line, keys: [] };
}

function walk(csdl: Csdl, [root = "", ...segments]: readonly string[]): Stop | string {
  const declared = csdl.roots.get(root);
  if (declared === undefined) return `there is no singleton or entity set ${root}`;
  let stop = startAt(csdl, declared);
  for (const segment of segments) {
    const next = segment === "{}" ? item(csdl, stop) : navigate(csdl, stop, segment);
    if (typeof next === "string") return next;
    stop = next;
  }
  return stop;
}

function item(csdl: Csdl, { name, type, collection, line, keys }: Stop): Stop | string {
  if (!collection) return `${name} is one ${plainName(type)}, not a collection`;
  return { name: plainName(type), type, collection: false, line, keys: [...keys, keyType(csdl, type)] };
}

function navigate(csdl: Csdl, { type, collection, keys }: Stop, name: string): Stop | string {
  const owner = plainName(type);
  if (collection) return `${owner} is in a collection, which has no ${name}`;
  if (!csdl.types.has(type)) return `there is no type ${owner}`;
  const found = navigations(csdl, type).find(({ element }) => element.attributes.Name === name);
  if (found === undefined) return `${owner} has no navigation property ${name}`;
  const { Type = "", ContainsTarget } = found.element.attributes;
  if (!isTrue(ContainsTarget)) return `${owner}.${name} does not contain its target (ContainsTarget), so it has no address there`;
  const target = csdl.qualify(Type, found.namespace);
  const item = itemOf(target);
  return { name: `${owner}.${name}`, type: item ?? target, collection: item !== undefined, line: found.element.line, keys };
}

/** Those of the type and of what it derives from. */
function navigations(csdl: Csdl, type: string): Declared[] {
  return ancestry(csdl, type).flatMap((name) => {
    const declared = csdl.types.get(name);
    if (declared === undefined) return [];
    return childrenOf(declared.element.children, "NavigationProperty").map((element) => ({ element, namespace: declared.namespace }));
  });
}

/** The type of the id that picks one out of a collection. */
function keyType(csdl: Csdl, type: string): string {
  const lineage = ancestry(csdl, type).flatMap((name) => csdl.types.get(name) ?? []);
  const references = lineage.flatMap(({ element }) => childrenOf(element.children, "Key").flatMap(({ children }) => children));
  const names = references.map(({ attributes }) => attributes.Name);
  const types = lineage.flatMap(({ element, namespace }) =>
    childrenOf(element.children, "Property")
      .filter(({ attributes }) => names.includes(attributes.Name))
      .map((property) => useOf(csdl, property, namespace).type),
  );
  return types.join(" and ") || "nothing";
}

function describeAction(csdl: Csdl, address: string, name: string, stop: Stop): Operation | string {
  const overloads = csdl.operations.get(name) ?? [];
  const bound = ancestry(csdl, stop.type).map((type) => overloads.filter((one) => boundTo(csdl, one) === wrap(type, stop.collection)));
  const [action, second] = bound.find((some) => some.length > 0) ?? [];
  if (action === undefined)
    return `${name} is ${overloads.map((one) => inWords(boundTo(csdl, one))).join(", and ")}; it must be bound to ${plainName(stop.type)}`;
  const { element, namespace } = action;
  if (second !== undefined) return `${name} is bound to ${plainName(stop.type)} twice, at lines ${element.line} and ${second.element.line}`;
  if (element.tag !== "Action") return `${name} is a function, not an action`;
  if (namespace !== "microsoft.graph") return `${name} is in the schema ${namespace}, not microsoft.graph`;
  return { address, ...signature(csdl, element, namespace), keys: stop.keys, line: () => element.line };
}

function signature(csdl: Csdl, element: Element, namespace: string): Pick<Operation, "body" | "returns"> {
  // The first parameter of a bound action is what it is bound to, whatever its name. OData CSDL 4.01, section 12.6.
  const members = membersOf(csdl, childrenOf(element.children, "Parameter").slice(1), namespace);
  const [returnType] = childrenOf(element.children, "ReturnType");
  return {
    body: { openness: "closed", required: [...members.values()].some(({ required }) => required), members },
    returns: returnType === undefined ? undefined : useOf(csdl, returnType, namespace),
  };
}

function boundTo(csdl: Csdl, { element, namespace }: Declared): string | undefined {
  const [first] = childrenOf(element.children, "Parameter");
  if (!isTrue(element.attributes.IsBound) || first === undefined) return undefined;
  return csdl.qualify(`${first.attributes.Type}`, namespace);
}

function wrap(type: string, collection: boolean): string {
  return collection ? `Collection(${type})` : type;
}

function inWords(binding: string | undefined): string {
  return binding === undefined ? "not bound" : `bound to ${plainName(binding)}`;
}
