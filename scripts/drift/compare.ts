// The one comparison: what the spec says against what Microsoft's metadata says, in both directions.
import { compareMembers, compareUses } from "./compare-members.ts";
import { chainOf, type Member, type Model, type Operation, onlyInNotifications, type Structure, scope } from "./model.ts";
import { createNotebook, type Difference, type Notebook } from "./notebook.ts";

export type Comparison = {
  readonly differences: readonly Difference[];
  /** What both sides have, by `at`: only there can a reviewed difference be missed. */
  readonly compared: ReadonlySet<string>;
};

/** `partial`: the metadata may leave out what belongs to no address, as OpenAPI documents do. */
export function compare(spec: Model, metadata: Model, { partial }: { readonly partial: boolean }): Comparison {
  const notebook = createNotebook();
  const asked = [...spec.operations.keys(), ...metadata.operations.keys()];
  for (const address of new Set<string>([...scope.addresses, ...asked])) compareOperations(notebook, address, spec, metadata);
  for (const name of structureNames(spec)) compareStructures(notebook, name, spec, metadata, partial);
  return notebook.result();
}

function compareOperations(notebook: Notebook, address: string, specModel: Model, metadataModel: Model): void {
  const [spec, metadata] = [specModel.operations.get(address), metadataModel.operations.get(address)];
  if (spec === undefined && metadata === undefined) return;
  if (spec === undefined || metadata === undefined) {
    notebook.only(address, { spec, metadata }, spec === undefined ? undefined : metadataModel.because(address));
    return;
  }
  const at = /^POST .*\w$/.test(address) ? `${address.split("/").at(-1)}` : address;
  notebook.compared(at);
  const places = { spec, metadata };
  for (const [index, ours] of spec.keys.entries()) {
    const theirs = metadata.keys[index];
    if (ours !== undefined && theirs !== undefined) notebook.values(address, `has as id ${index + 1}`, ours, theirs, places);
  }
  compareBodies(notebook, at, spec, metadata);
  compareReturns(notebook, at, spec, metadata);
}

function compareBodies(notebook: Notebook, at: string, spec: Operation, metadata: Operation): void {
  const places = { spec, metadata };
  const empty = { openness: "closed", required: false, members: new Map<string, Member>() };
  if (spec.body === undefined && metadata.body === undefined) return;
  const [ours, theirs] = [spec.body ?? empty, metadata.body ?? empty];
  notebook.flag(at, "needs a body", ours.required, theirs.required, places);
  compareOpenness(notebook, at, ours.openness, theirs.openness, places);
  // A parameter is written as it is meant: only what is read is compared without regard to case.
  compareMembers(notebook, at, ours.members, theirs.members, { anyCase: false });
}

function compareReturns(notebook: Notebook, at: string, spec: Operation, metadata: Operation): void {
  const places = { spec, metadata };
  const type = ({ returns }: Operation) => returns?.type ?? "nothing";
  notebook.values(at, "returns", type(spec), type(metadata), places, true);
  if (spec.returns === undefined || metadata.returns === undefined) return;
  notebook.flag(at, "may return nothing", spec.returns.nullable, metadata.returns.nullable, places);
  const [ours, theirs] = [spec.returns, metadata.returns].map((use) => ({ ...use, nullable: false, required: true, line: spec.line }));
  if (ours !== undefined && theirs !== undefined && ours.type === theirs.type) {
    compareUses(notebook, at, ours, { ...theirs, line: metadata.line }, { anyCase: true });
  }
}

/** The types in scope, those that they derive from, and what their properties are of: bases first. */
function structureNames(spec: Model): Set<string> {
  const returned = [...spec.operations.values()].flatMap(({ returns }) => returns?.type ?? []);
  const names = new Set<string>([...scope.structures, ...returned, ...spec.structures.keys()]);
  return new Set(
    [...names].flatMap((name) => [
      ...chainOf(spec.structures, name)
        .map((one) => one.name)
        .toReversed(),
      name,
    ]),
  );
}

function compareStructures(notebook: Notebook, name: string, specModel: Model, metadataModel: Model, partial: boolean): void {
  const [spec, metadata] = [specModel.structures.get(name), metadataModel.structures.get(name)];
  if (spec === undefined && metadata === undefined) return;
  if (metadata === undefined && partial && onlyInNotifications.includes(name)) return;
  if (spec === undefined || metadata === undefined) {
    // What is no type of the spec's own is compared where it is used.
    if (spec !== undefined || scope.structures.some((one) => one === name)) notebook.only(name, { spec, metadata });
    return;
  }
  notebook.compared(name);
  const places = { spec, metadata };
  const base = ({ base: of }: Structure) => of ?? "no type";
  notebook.values(name, "derives from", base(spec), base(metadata), places);
  const lineage = (model: Model) => chainOf(model.structures, name).map((one) => one.name);
  // What it is follows from what it derives from, and that is told of the type that has another base.
  if (`${lineage(specModel)}` === `${lineage(metadataModel)}`) notebook.values(name, "is", spec.kind, metadata.kind, places);
  compareOpenness(notebook, name, spec.openness, metadata.openness, places);
  // The spec has no word for either: every type but `entity` is answered as it is, and ids are what addresses have.
  if (metadata.abstract && name !== "entity") notebook.put(name, "is abstract in the metadata: another type must be meant", places);
  if (metadata.key !== undefined && metadata.key !== "id")
    notebook.put(name, `has the key ${metadata.key} in the metadata, id in the spec`, places);
  if (name === "entity" && metadata.kind === "an entity type" && metadata.key === undefined && !partial)
    notebook.put(name, "has no key in the metadata, id in the spec", places);
  compareMembers(notebook, name, effective(specModel, name), effective(metadataModel, name), { anyCase: true });
  compareRequirements(notebook, name, specModel, metadataModel);
}

function compareOpenness(notebook: Notebook, at: string, spec: string, metadata: string, places: Parameters<Notebook["put"]>[2]): void {
  if (spec === metadata) return;
  const [open, side] = spec === "closed" ? [metadata, "metadata"] : [spec, "spec"];
  if (spec === "closed" || metadata === "closed") notebook.put(at, `is ${open} in the ${side} only`, places);
  else notebook.values(at, "is", spec, metadata, places);
}

/** A property may stand on the type itself or on a base. */
function effective(model: Model, name: string): Map<string, Member> {
  const bases = chainOf(model.structures, name).toReversed();
  return new Map(bases.flatMap(({ members }) => [...members]));
}

/** A type may require what its base leaves open; everything else about such a property is compared at the base. */
function compareRequirements(notebook: Notebook, name: string, specModel: Model, metadataModel: Model): void {
  const [ours, theirs] = [specModel, metadataModel].map((model) =>
    chainOf(model.structures, name).flatMap(({ requires = [] }) => requires),
  );
  for (const property of new Set([...(ours ?? []), ...(theirs ?? [])])) {
    const [spec, metadata] = [effective(specModel, name).get(property), effective(metadataModel, name).get(property)];
    if (spec === undefined || metadata === undefined) continue;
    const required = [spec.required || ours?.includes(property), metadata.required || theirs?.includes(property)];
    notebook.flag(`${name}.${property}`, "is required", required[0] === true, required[1] === true, { spec, metadata });
  }
}
