import ts from "typescript";

/** A piece of a text and what comes into its place. */
export type CodeEdit = { readonly from: number; readonly to: number; readonly text: string };

export function parsed(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** The last place first, so that the others stay where they are; what is said twice is done once. */
export function withEdits(text: string, edits: readonly CodeEdit[]): string {
  const each = [...new Map(edits.map((one) => [JSON.stringify(one), one])).values()];
  // What goes at a place goes before something is added there: else it would take what was added.
  const sorted = each.toReversed().toSorted((a, b) => b.from - a.from || b.to - a.to);
  return sorted.reduce((whole, { from, to, text: piece }) => whole.slice(0, from) + piece + whole.slice(to), text);
}

/** Statements of a file that declare what nothing uses any more, but for what it exports, are taken out; those that they alone used, and imports, too. */
export function withoutUnused(file: string, text: string): string {
  const source = parsed(file, text);
  const uses = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isKey(node)) uses.set(node.text, (uses.get(node.text) ?? 0) + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const isUnused = (name: string | undefined) => name !== undefined && uses.get(name) === 1;
  const unused = source.statements.find((statement) => isUnused(nameOf(statement)));
  if (unused === undefined)
    return withEdits(
      text,
      source.statements.flatMap((statement) => importWithout(statement, isUnused)),
    );
  return withoutUnused(file, text.slice(0, unused.getFullStart()) + text.slice(unused.getEnd()));
}

/** An import of several names keeps those that are used; one that has none left goes. */
function importWithout(statement: ts.Statement, isUnused: (name: string) => boolean): CodeEdit[] {
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  const names = clause?.namedBindings;
  if (clause === undefined || names === undefined || !ts.isNamedImports(names)) return [];
  const kept = names.elements.filter(({ name }) => !isUnused(name.text));
  if (kept.length === names.elements.length) return [];
  // What stands above it stays: it may be the head of the file.
  if (kept.length === 0 && clause.name === undefined) return [{ from: statement.getStart(), to: statement.getEnd() + 1, text: "" }];
  return [{ from: names.getStart(), to: names.getEnd(), text: `{ ${kept.map((one) => one.getText()).join(", ")} }` }];
}

/** The name of a property uses nothing of the same name; in `{ name }` it does. */
function isKey(node: ts.Identifier): boolean {
  const { parent } = node;
  const hasKey = ts.isPropertyAssignment(parent) || ts.isPropertyAccessExpression(parent) || ts.isPropertySignature(parent);
  return hasKey && parent.name === node;
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    return undefined;
  if (ts.isFunctionDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return statement.name?.text;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [only, another] = statement.declarationList.declarations;
  return only !== undefined && another === undefined && ts.isIdentifier(only.name) ? only.name.text : undefined;
}
