import { type Csdl, childrenOf, type Declared, isFalse, isTrue, itemOf, plainName } from "./csdl.ts";
import type { Enumeration, Member, Use } from "./model.ts";
import type { Element } from "./xml.ts";

/** Properties of a type, or parameters of an action. */
export function membersOf(csdl: Csdl, elements: readonly Element[], namespace: string): Map<string, Member> {
  return new Map(
    elements.map((element) => {
      const use = useOf(csdl, element, namespace);
      // A property that is never null is always there, as OData's JSON format says; a parameter that is never null must be sent.
      return [`${element.attributes.Name}`, { ...use, required: !use.nullable, line: () => element.line }];
    }),
  );
}

/** Attributes that are no facet. */
const structural = ["Name", "Type", "Nullable", "ContainsTarget", "Partner"];

/** The type of a property, a parameter or a return type. */
export function useOf(csdl: Csdl, element: Element, namespace: string): Use {
  const { Type = "Edm.String", Nullable } = element.attributes;
  const type = csdl.qualify(Type, namespace);
  const item = itemOf(type);
  const { name, enumeration, facets } = valueTypeOf(csdl, item ?? type);
  return {
    type: item === undefined ? name : `Collection(${name})`,
    // A collection is never null: Nullable speaks of its items. OData CSDL 4.01, section 7.2.1.
    nullable: item === undefined && !isFalse(Nullable),
    nullItems: item === undefined || Nullable === undefined ? undefined : !isFalse(Nullable),
    enumeration,
    facets: new Map([...facets, ...facetsOf(element)]),
  };
}

function valueTypeOf(csdl: Csdl, type: string): { name: string; enumeration?: Enumeration; facets: Map<string, string> } {
  const declared = csdl.types.get(type);
  if (declared?.element.tag === "EnumType") return { name: "enum", enumeration: enumerationOf(declared), facets: new Map() };
  if (declared?.element.tag === "TypeDefinition") {
    return { name: declared.element.attributes.UnderlyingType ?? type, facets: facetsOf(declared.element) };
  }
  return { name: plainName(type), facets: new Map() };
}

/** Names travel, numbers do not: `Value` and `UnderlyingType` do not matter. */
function enumerationOf({ element, namespace }: Declared): Enumeration {
  const { Name = "", IsFlags } = element.attributes;
  const members = childrenOf(element.children, "Member").map(({ attributes }) => `${attributes.Name}`);
  return { name: plainName(`${namespace}.${Name}`), members, open: false, flags: isTrue(IsFlags), line: () => element.line };
}

const jsonSchemaNames: Readonly<Record<string, string>> = { MaxLength: "maxLength", DefaultValue: "default" };
/** What a facet says by default says nothing. */
const saysNothing: readonly string[] = ["MaxLength=max", "Unicode=true"];

function facetsOf({ attributes }: Element): Map<string, string> {
  const facets = Object.entries(attributes).filter(
    // Names with a prefix are annotations of other vocabularies.
    ([name, value]) =>
      ![...structural, "UnderlyingType"].includes(name) && !name.includes(":") && !saysNothing.includes(`${name}=${value}`),
  );
  return new Map(facets.map(([name, value]) => [jsonSchemaNames[name] ?? name, value]));
}
