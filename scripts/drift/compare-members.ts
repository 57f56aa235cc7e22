import type { Enumeration, Member } from "./model.ts";
import type { Notebook } from "./notebook.ts";

type Manner = { readonly anyCase: boolean };
type Pair = { readonly spec: Member; readonly metadata: Member };

/** Properties or parameters, by name and in both directions. */
export function compareMembers(
  notebook: Notebook,
  holder: string,
  specs: ReadonlyMap<string, Member>,
  metadatas: ReadonlyMap<string, Member>,
  manner: Manner,
): void {
  for (const name of new Set([...specs.keys(), ...metadatas.keys()])) {
    const [spec, metadata] = [specs.get(name), metadatas.get(name)];
    const at = `${holder}.${name}`;
    if (spec === undefined || metadata === undefined) {
      if (!notebook.seen(spec, metadata)) notebook.only(at, { spec, metadata });
    } else if (!notebook.seen(spec, metadata)) {
      notebook.compared(at);
      compareUses(notebook, at, spec, metadata, manner);
    }
  }
}

/** What a value may be. */
export function compareUses(notebook: Notebook, at: string, spec: Member, metadata: Member, manner: Manner): void {
  const places = { spec, metadata };
  notebook.values(at, "is", article(spec.type), article(metadata.type), places, true);
  notebook.flag(at, "is required", spec.required, metadata.required, places);
  notebook.flag(at, "may be null", spec.nullable, metadata.nullable, places);
  if (spec.nullItems !== undefined && metadata.nullItems !== undefined)
    notebook.flag(at, "may hold null", spec.nullItems, metadata.nullItems, places);
  compareFacets(notebook, at, { spec, metadata });
  compareEnumerations(notebook, at, { spec, metadata }, manner);
}

function article(type: string): string {
  return type === "enum" ? "an enum" : type;
}

function compareFacets(notebook: Notebook, at: string, { spec, metadata }: Pair): void {
  for (const name of new Set([...spec.facets.keys(), ...metadata.facets.keys()])) {
    const [ours, theirs] = [spec.facets.get(name), metadata.facets.get(name)];
    const places = { spec, metadata };
    if (ours === theirs) continue;
    if (ours === undefined || theirs === undefined) {
      notebook.put(at, `has ${name} ${ours ?? theirs} in the ${theirs === undefined ? "spec" : "metadata"} only`, places);
    } else notebook.values(at, `has ${name}`, ours, theirs, places);
  }
}

function compareEnumerations(notebook: Notebook, at: string, { spec, metadata }: Pair, { anyCase }: Manner): void {
  const [ours, theirs] = [spec.enumeration, metadata.enumeration];
  if (ours === undefined || theirs === undefined) return;
  const places = { spec: ours, metadata: theirs };
  if (ours.name !== undefined && theirs.name !== undefined)
    notebook.values(at, "is of the enum", ours.name, theirs.name, { spec, metadata });
  notebook.flag(at, "may be another string", ours.open, theirs.open, places);
  notebook.flag(at, "may be several members at once", ours.flags, theirs.flags, places);
  if (anyCase && differsInCase(ours, theirs)) notebook.put(at, "has members that differ in the case of their first letter", places);
  const [specs, metadatas] = [ours, theirs].map(({ members }) => new Set(members.map(anyCase ? lowerFirst : String)));
  for (const member of specs ?? []) if (!metadatas?.has(member)) notebook.put(at, `may be ${member} in the spec only`, places);
  for (const member of metadatas ?? []) if (!specs?.has(member)) notebook.put(at, `may be ${member} in the metadata only`, places);
}

function differsInCase(ours: Enumeration, theirs: Enumeration): boolean {
  return theirs.members.some(
    (member) => !ours.members.includes(member) && ours.members.some((one) => lowerFirst(one) === lowerFirst(member)),
  );
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
