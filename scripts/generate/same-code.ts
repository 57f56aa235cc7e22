import ts from "typescript";

/** Whether files are the same but for comments and white space. */
export function sameCode(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): boolean {
  if (before.size !== after.size) return false;
  return [...before].every(([name, text]) => {
    const other = after.get(name);
    return other !== undefined && (other === text || tokensOf(other) === tokensOf(text));
  });
}

/** The code without comments, one token a line. */
function tokensOf(code: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, code);
  const tokens: string[] = [];
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) tokens.push(scanner.getTokenText());
  return tokens.join("\n");
}
