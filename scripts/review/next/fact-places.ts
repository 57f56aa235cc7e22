import ts from "typescript";
import type { Fact } from "../../judges/facts/fact.ts";
import { parsed } from "./code-edits.ts";

/** Where facts are stated: one call of `fact`, which a loop may make for several pointers. */
export type FactPlace = {
  readonly file: string;
  readonly call: ts.CallExpression;
  /** A line of a table, which can be taken out and have others beside it. */
  readonly property: ts.PropertyAssignment | undefined;
  readonly pointers: string[];
};

const frame = /(scripts\/judges\/facts\/[\w-]+\.ts):(\d+)/;

/** The places of all facts, in the texts of their files. */
export function factPlaces(facts: ReadonlyMap<string, Fact>, read: (file: string) => string): FactPlace[] {
  const files = new Map<string, Map<number, FactPlace>>();
  const found = new Set<FactPlace>();
  for (const [pointer, { statedAt }] of facts) {
    const [, file = "", line = ""] = frame.exec(statedAt) ?? [];
    if (file === "") continue;
    const calls = files.get(file) ?? callsIn(file, read(file));
    files.set(file, calls);
    const place = calls.get(Number(line));
    place?.pointers.push(pointer);
    if (place !== undefined) found.add(place);
  }
  return [...found];
}

/** The calls of `fact` by their lines: the files have no two on one. */
function callsIn(file: string, text: string): Map<number, FactPlace> {
  const source = parsed(file, text);
  const calls = new Map<number, FactPlace>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === "fact") {
      const property = ts.isPropertyAssignment(node.parent) ? node.parent : undefined;
      calls.set(source.getLineAndCharacterOfPosition(node.getStart()).line + 1, { file, call: node, property, pointers: [] });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}
