import ts from "typescript";

const flags = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.InTypeAlias | ts.NodeBuilderFlags.UseAliasDefinedOutsideCurrentScope;
const printer = ts.createPrinter({ removeComments: true });
const nowhere = ts.createSourceFile("nowhere.ts", "", ts.ScriptTarget.Latest);

/** A generated type as it is stated by hand: as types.gen.ts writes it, without comments, where it is written there. */
export function printType(checker: ts.TypeChecker, type: ts.Type, declaration?: ts.Declaration): string {
  if (declaration !== undefined && ts.isPropertySignature(declaration) && declaration.type !== undefined) return print(declaration.type);
  const node = checker.typeToTypeNode(type, undefined, flags);
  return node === undefined ? "never" : print(node);
}

/** A member of an object type, with its marks. */
export function printMember(checker: ts.TypeChecker, holder: ts.Type, member: ts.Symbol): string {
  const declaration = declarationOf(member);
  if (declaration !== undefined && ts.isPropertySignature(declaration)) return print(declaration);
  const node = checker.typeToTypeNode(holder, undefined, flags);
  const members = node !== undefined && ts.isTypeLiteralNode(node) ? node.members : [];
  const found = members.find(({ name }) => name !== undefined && "text" in name && name.text === member.name);
  return found === undefined ? `${JSON.stringify(member.name)}: ${printType(checker, checker.getTypeOfSymbol(member))};` : print(found);
}

export function declarationOf(member: ts.Symbol): ts.Declaration | undefined {
  return member.valueDeclaration ?? member.declarations?.[0];
}

/** With the short names of wire-types.ts. */
function print(node: ts.Node): string {
  const text = printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile() ?? nowhere);
  return text.replaceAll('components["schemas"]', "Schemas").replaceAll('components["responses"]', "Answers");
}
