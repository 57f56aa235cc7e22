import { ancestry, type Csdl, childrenOf, type Declared, isTrue, itemOf, plainName, readCsdl } from "./csdl.ts";
import { describeAddress, reachable } from "./csdl-addresses.ts";
import { membersOf } from "./csdl-members.ts";
import { actionName, type Metadata, type Model, type Operation, type Structure, scope } from "./model.ts";

/** Reads Microsoft's $metadata. */
export function readCsdlMetadata(text: string, source: string): Metadata {
  return metadataOf(readCsdl(text, source));
}

/** What is compared of a $metadata that has been read. */
export function metadataOf(csdl: Csdl): Metadata {
  const [action] = csdl.operations.get(actionName) ?? [];
  return {
    format: "csdl",
    microsofts: true,
    versions: [],
    action: action === undefined ? undefined : () => action.element.line,
    surroundings: new Map([
      ["the type call", csdl.types.has("microsoft.graph.call")],
      ["the type updateRecordingStatusOperation", csdl.types.has("microsoft.graph.updateRecordingStatusOperation")],
      ["the singleton communications", csdl.roots.has("communications")],
    ]),
    modelOf: (_version, wanted) => modelOf(csdl, wanted),
  };
}

function modelOf(csdl: Csdl, wanted: readonly string[]): Model {
  const operations = new Map<string, Operation>();
  const reasons = new Map<string, string>();
  for (const address of new Set([...wanted, ...scope.addresses, ...reachable(csdl)])) {
    const found = describeAddress(csdl, address);
    if (typeof found === "string") reasons.set(address, found);
    else operations.set(address, found);
  }
  return { structures: structuresOf(csdl), operations, because: (address) => reasons.get(address) };
}

/** The types in scope, what they derive from, and what their properties are of. */
function structuresOf(csdl: Csdl): Map<string, Structure> {
  const structures = new Map<string, Structure>();
  const waiting = scope.structures.map((name) => `microsoft.graph.${name}`);
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const declared = csdl.types.get(name);
    if (declared === undefined || structures.has(plainName(name)) || !/^(Entity|Complex)Type$/.test(declared.element.tag)) continue;
    structures.set(plainName(name), structureOf(csdl, declared));
    const properties = childrenOf(declared.element.children, "Property");
    const types = properties.map(({ attributes }) => csdl.qualify(`${attributes.Type}`, declared.namespace));
    waiting.push(...ancestry(csdl, name).slice(1), ...types.map((type) => itemOf(type) ?? type));
  }
  return structures;
}

function structureOf(csdl: Csdl, { element, namespace }: Declared): Structure {
  const { Name = "", BaseType, Abstract } = element.attributes;
  const qualified = `${namespace}.${Name}`;
  const open = ancestry(csdl, qualified).some((name) => isTrue(csdl.types.get(name)?.element.attributes.OpenType));
  const keys = childrenOf(element.children, "Key").flatMap(({ children }) => childrenOf(children, "PropertyRef"));
  return {
    name: plainName(qualified),
    kind: element.tag === "EntityType" ? "an entity type" : "a complex type",
    base: BaseType === undefined ? undefined : plainName(csdl.qualify(BaseType, namespace)),
    openness: open ? "open" : "closed",
    abstract: isTrue(Abstract),
    key: keys.length === 0 ? undefined : keys.map(({ attributes }) => attributes.Name).join(" and "),
    members: membersOf(
      csdl,
      element.children.filter(({ tag }) => tag === "Property" || tag === "NavigationProperty"),
      namespace,
    ),
    line: () => element.line,
  };
}
