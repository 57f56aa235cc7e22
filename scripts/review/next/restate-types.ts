import ts from "typescript";
import { type Assertions, createAssertionsReader } from "../../judges/types.ts";
import { adaptType } from "./adapt-type.ts";
import { type CodeEdit, withEdits, withoutUnused } from "./code-edits.ts";
import { declarationOf, printType } from "./print-type.ts";

const file = "scripts/judges/wire-types.ts";

/**
 * The text of wire-types.ts when it states what a document compiles to; `undefined` where it cannot be worked out. Shared shapes are changed
 * first, then each by itself, then each as a whole; the compiler says which of them is right.
 */
export function restateTypes(
  text: string,
  generated: ReadonlyMap<string, string>,
  renames: ReadonlyMap<string, string> = new Map(),
): string | undefined {
  const read = createAssertionsReader(generated);
  const first = read(text);
  if (first.agrees) return text;
  const edited = (from: string, edits: readonly CodeEdit[]) => withoutUnused(file, withEdits(from, edits));
  const named = edited(
    text,
    first.broken.flatMap((one) => followName(first, one, renames)),
  );
  const given = named === text ? first : read(named);
  if (given.agrees) return named;
  for (const edit of [() => fitted(given, true), () => fitted(given, false), () => given.broken.flatMap((one) => wholly(given, one))]) {
    const next = edited(named, edit());
    if (read(next).agrees) return next;
  }
  return undefined;
}

/** A statement about a name that is gone follows the name, or goes as well. */
function followName({ checker, source }: Assertions, assertion: ts.VariableDeclaration, renames: ReadonlyMap<string, string>): CodeEdit[] {
  const missing = missingName(checker, argumentsOf(assertion)[0]);
  if (missing === undefined) return [];
  const now = renames.get(missing.text);
  if (now !== undefined) return [{ from: missing.getStart(), to: missing.getEnd(), text: JSON.stringify(now) }];
  const statement = source.statements.find((one) => one.pos <= assertion.pos && assertion.end <= one.end) as ts.Statement;
  return [{ from: statement.getFullStart(), to: statement.getEnd(), text: "" }];
}

/** The first name in `A["b"]["c"]` that leads nowhere. */
function missingName(checker: ts.TypeChecker, node: ts.TypeNode | undefined): ts.StringLiteral | undefined {
  if (node === undefined || !ts.isIndexedAccessTypeNode(node)) return undefined;
  const { objectType, indexType } = node;
  const inner = missingName(checker, objectType);
  if (inner !== undefined || !ts.isLiteralTypeNode(indexType) || !ts.isStringLiteral(indexType.literal)) return inner;
  const type = checker.getTypeFromTypeNode(objectType);
  return checker.getPropertyOfType(type, indexType.literal.text) === undefined ? indexType.literal : undefined;
}

function fitted({ checker, broken }: Assertions, shared: boolean): CodeEdit[] {
  return broken.flatMap((one) => {
    const [generated, stated] = argumentsOf(one);
    if (generated === undefined || stated === undefined) return [];
    return adaptType({ checker, shared }, stated, checker.getTypeFromTypeNode(generated), writtenAt(checker, generated));
  });
}

function wholly({ checker }: Assertions, assertion: ts.VariableDeclaration): CodeEdit[] {
  const [generated, stated] = argumentsOf(assertion);
  if (generated === undefined || stated === undefined) return [];
  const text = printType(checker, checker.getTypeFromTypeNode(generated), writtenAt(checker, generated));
  return [{ from: stated.getStart(), to: stated.getEnd(), text }];
}

/** `Stated<Generated, ByHand>` */
function argumentsOf({ type }: ts.VariableDeclaration): readonly ts.TypeNode[] {
  return type !== undefined && ts.isTypeReferenceNode(type) ? [...(type.typeArguments ?? [])] : [];
}

/** Where types.gen.ts writes the type that `Schemas["Entity"]` stands for. */
function writtenAt(checker: ts.TypeChecker, node: ts.TypeNode): ts.Declaration | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isLiteralTypeNode(node.indexType) || !ts.isStringLiteral(node.indexType.literal))
    return undefined;
  const member = checker.getPropertyOfType(checker.getTypeFromTypeNode(node.objectType), node.indexType.literal.text);
  return member === undefined ? undefined : declarationOf(member);
}
