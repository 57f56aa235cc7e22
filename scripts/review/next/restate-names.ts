import ts from "typescript";
import type { Findings } from "../findings.ts";
import { type CodeEdit, parsed, withEdits } from "./code-edits.ts";

export const namesFile = "scripts/judges/cases/wire-names.ts";

/** The text of wire-names.ts with the properties that the spec has renamed under their new names: tests and cases take them from there. */
export function restateNames(text: string, changes: Findings["changes"]): string {
  const renames = changes.flatMap(({ path, what }) => {
    const from = /^renamed from (.+)$/.exec(what)?.[1];
    const [, schema, to] = /^#\/components\/schemas\/([^/]+)(?:\/allOf\/\d+)?\/properties\/([^/]+)$/.exec(path) ?? [];
    return from === undefined || schema === undefined || to === undefined ? [] : [{ schema, from, to: unescaped(to) }];
  });
  if (renames.length === 0) return text;
  const tables = tablesOf(text);
  const edits = renames.flatMap(({ schema, from, to }): CodeEdit[] => {
    const written = tables.get(schema)?.find((name) => name.text === from);
    return written === undefined ? [] : [{ from: written.getStart(), to: written.getEnd(), text: JSON.stringify(to) }];
  });
  return withEdits(text, edits);
}

/** Names that became others, by the old one: of properties, of paths, of whatever has a name. */
export function renames(changes: Findings["changes"]): Map<string, string> {
  return new Map(
    changes.flatMap(({ path, what }): [string, string][] => {
      const from = /^renamed from (.+)$/.exec(what)?.[1];
      return from === undefined ? [] : [[from, unescaped(path.split("/").at(-1) ?? "")]];
    }),
  );
}

/** A key as a JSON pointer writes it. */
function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The names in the file, by schema. */
function tablesOf(text: string): Map<string, ts.StringLiteral[]> {
  const tables = new Map<string, ts.StringLiteral[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isObjectLiteralExpression(node.initializer) && ts.isIdentifier(node.name)) {
      const values = node.initializer.properties.flatMap((one) => (ts.isPropertyAssignment(one) ? [one.initializer] : []));
      tables.set(node.name.text, values.filter(ts.isStringLiteral));
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed(namesFile, text));
  return tables;
}
