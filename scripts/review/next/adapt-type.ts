import ts from "typescript";
import type { CodeEdit } from "./code-edits.ts";
import { declarationOf, printMember, printType } from "./print-type.ts";
import { sameMember, sameType } from "./same-type.ts";

export type Adapting = {
  readonly checker: ts.TypeChecker;
  /** What several statements have in common is changed where it is declared, else what only one of them has. */
  readonly shared: boolean;
};

/** Edits of a type that is stated by hand, so that it becomes the generated one; `written`: where types.gen.ts has it. */
export function adaptType(adapting: Adapting, node: ts.TypeNode, type: ts.Type, written?: ts.Declaration): CodeEdit[] {
  const { checker } = adapting;
  if (sameType(checker, checker.getTypeFromTypeNode(node), type)) return [];
  if (ts.isParenthesizedTypeNode(node)) return adaptType(adapting, node.type, type, written);
  const parts = partsOf(node);
  if (parts.length > 0 && type.isIntersection() && parts.length === type.types.length)
    return parts.flatMap((part, index) => adaptType(adapting, part, type.types[index] as ts.Type));
  const holders = parts.length > 0 ? parts : [node];
  const literals = holders.map(literalOf).filter((one) => one !== undefined);
  const isWritten = literals.length > 0 && literals.length === holders.filter((one) => !isIndex(checker, one)).length;
  if (isWritten && isObject(checker, type)) return adaptMembers(adapting, literals, type);
  if (ts.isUnionTypeNode(node)) return replaced(node, unionOf(checker, node, type));
  const alias = aliasOf(node);
  if (alias !== undefined) return adaptType(adapting, alias.type, type, written);
  return replaced(node, printType(checker, type, written));
}

/** Members by name: what is gone, what is another, what is new. */
function adaptMembers(adapting: Adapting, literals: readonly ts.TypeLiteralNode[], type: ts.Type): CodeEdit[] {
  const { checker, shared } = adapting;
  const stated = literals.flatMap((one) => one.members.filter((member) => ts.isPropertySignature(member)));
  const known = new Set(stated.map(nameOf));
  const edits = stated.flatMap((member) => adaptMember(adapting, member, type));
  const added = checker.getPropertiesOfType(type).filter(({ name }) => !known.has(name));
  const home = shared ? literals.at(-1) : literals[0];
  const at = home?.members.at(-1)?.getEnd() ?? (home?.getStart() ?? 0) + 1;
  const texts = added.map((member) => ` ${printMember(checker, type, member)}`);
  // A last member that goes takes with it that it had no mark at its end: what comes before it has one.
  const isMarked = endsMember(home) || edits.some(({ to, text }) => to === at && text === "");
  return texts.length === 0 ? edits : [...edits, { from: at, to: at, text: `${isMarked ? "" : ";"}${texts.join("")}` }];
}

function adaptMember(adapting: Adapting, member: ts.PropertySignature, holder: ts.Type): CodeEdit[] {
  const { checker } = adapting;
  const now = checker.getPropertyOfType(holder, nameOf(member));
  if (now === undefined) return [{ from: member.getFullStart(), to: member.getEnd(), text: "" }];
  const before = checker.getSymbolAtLocation(member.name);
  if (before === undefined || sameMember(checker, before, now)) return [];
  const isOptional = (now.flags & ts.SymbolFlags.Optional) !== 0;
  if (isOptional !== (member.questionToken !== undefined) || member.type === undefined)
    return [{ from: member.getStart(), to: member.getEnd(), text: printMember(checker, holder, now) }];
  return adaptType(adapting, member.type, statedType(checker, now), declarationOf(now));
}

/** The type as it is written: that of an optional member would hold `undefined` as well, which its `?` says already. */
function statedType(checker: ts.TypeChecker, member: ts.Symbol): ts.Type {
  const written = declarationOf(member);
  const node = written !== undefined && ts.isPropertySignature(written) ? written.type : undefined;
  return node === undefined ? checker.getTypeOfSymbol(member) : checker.getTypeFromTypeNode(node);
}

/** The members of a union that stay, in their order, then those that are new. */
function unionOf(checker: ts.TypeChecker, node: ts.UnionTypeNode, type: ts.Type): string {
  const now = type.isUnion() ? type.types : [type];
  const before = node.types.map((one) => checker.getTypeFromTypeNode(one));
  const kept = node.types.filter((_, index) => now.some((one) => sameType(checker, one, before[index] as ts.Type)));
  const added = now.filter((one) => !before.some((other) => sameType(checker, one, other)));
  return [...kept.map((one) => one.getText()), ...added.map((one) => printType(checker, one))].join(" | ");
}

function nameOf({ name }: ts.PropertySignature): string {
  return "text" in name ? `${name.text}` : name.getText();
}

function isObject(checker: ts.TypeChecker, type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Object) !== 0 && !checker.isArrayType(type) && !checker.isTupleType(type);
}

/** `{ [key: string]: unknown }`, by a name that says so elsewhere. */
function isIndex(checker: ts.TypeChecker, node: ts.TypeNode): boolean {
  return literalOf(node) === undefined && checker.getIndexInfosOfType(checker.getTypeFromTypeNode(node)).length > 0;
}

function replaced(node: ts.TypeNode, text: string): CodeEdit[] {
  return [{ from: node.getStart(), to: node.getEnd(), text }];
}

/** The parts of an intersection, that of `Flat<A & B>` included; none of anything else. */
function partsOf(node: ts.TypeNode): ts.TypeNode[] {
  if (ts.isParenthesizedTypeNode(node)) return partsOf(node.type);
  if (ts.isIntersectionTypeNode(node)) return node.types.flatMap((one) => (partsOf(one).length > 0 ? partsOf(one) : [one]));
  if (ts.isTypeReferenceNode(node) && node.typeName.getText() === "Flat") return (node.typeArguments ?? []).flatMap(partsOf);
  return [];
}

/** The declaration in the same file of a name without arguments. */
function aliasOf(node: ts.TypeNode): ts.TypeAliasDeclaration | undefined {
  if (!ts.isTypeReferenceNode(node) || node.typeArguments !== undefined) return undefined;
  const aliases = node.getSourceFile().statements.filter((one) => ts.isTypeAliasDeclaration(one));
  return aliases.find(({ name, typeParameters }) => name.text === node.typeName.getText() && typeParameters === undefined);
}

/** The members that a type is written with, where it is written or by its name. */
function literalOf(node: ts.TypeNode): ts.TypeLiteralNode | undefined {
  if (ts.isTypeLiteralNode(node)) return node;
  if (ts.isParenthesizedTypeNode(node)) return literalOf(node.type);
  const alias = aliasOf(node);
  return alias === undefined ? undefined : literalOf(alias.type);
}

function endsMember(literal: ts.TypeLiteralNode | undefined): boolean {
  const last = literal?.members.at(-1);
  return last === undefined || /[;,]$/.test(last.getText());
}
