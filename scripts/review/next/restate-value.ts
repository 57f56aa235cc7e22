import { isDeepStrictEqual } from "node:util";
import ts from "typescript";
import type { Json, JsonObject } from "../../spec/document.ts";
import { isObject } from "../../spec/json.ts";
import type { CodeEdit } from "./code-edits.ts";

/** Edits of an expression that stands for one value, so that it stands for another: as little of it as can be. `users`: who have that new value. */
export function restateValue(expression: ts.Expression, before: Json, after: Json, users = 1): CodeEdit[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (ts.isObjectLiteralExpression(expression) && isObject(before) && isObject(after)) {
    const edits = restateObject(expression, before, after);
    if (edits !== undefined) return edits;
  }
  const declaration = declarationOf(expression);
  if (declaration !== undefined && usesOf(declaration) === users)
    return restateValue(declaration.initializer as ts.Expression, before, after);
  const text = repeated(expression, after) ?? inItsOrder(expression, after) ?? printed(after);
  return [{ from: expression.getStart(), to: expression.getEnd(), text }];
}

/** The members of an object literal, one by one; none where it is put together in another way. */
function restateObject(expression: ts.ObjectLiteralExpression, before: JsonObject, after: JsonObject): CodeEdit[] | undefined {
  const members = expression.properties.filter((one) => ts.isPropertyAssignment(one));
  if (members.length !== expression.properties.length) return undefined;
  const known = new Map(members.map((one) => [ts.isComputedPropertyName(one.name) ? "" : one.name.text, one]));
  if (!isDeepStrictEqual([...known.keys()].sort(), Object.keys(before).sort())) return undefined;
  if (Object.keys(after).some((name) => !known.has(name)) || Object.keys(before).some((name) => !Object.hasOwn(after, name)))
    return undefined;
  return Object.entries(after).flatMap(([name, value]) =>
    restateValue((known.get(name) as ts.PropertyAssignment).initializer, before[name] as Json, value),
  );
}

/** The constant of the same file that a name stands for. */
function declarationOf(expression: ts.Expression): ts.VariableDeclaration | undefined {
  if (!ts.isIdentifier(expression)) return undefined;
  const all = expression
    .getSourceFile()
    .statements.flatMap((one) => (ts.isVariableStatement(one) ? [...one.declarationList.declarations] : []));
  return all.find(({ name, initializer }) => name.getText() === expression.text && initializer !== undefined);
}

function usesOf({ name }: ts.VariableDeclaration): number {
  let uses = -1;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name.getText()) uses++;
    ts.forEachChild(node, visit);
  };
  visit(name.getSourceFile());
  return uses;
}

/** `"ab".repeat(3)` for a text that is the same a number of times. */
function repeated(expression: ts.Expression, after: Json): string | undefined {
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return undefined;
  const { name, expression: unit } = expression.expression;
  if (name.text !== "repeat" || !ts.isStringLiteral(unit) || typeof after !== "string") return undefined;
  const times = after.length / unit.text.length;
  return unit.text.repeat(Math.floor(times)) === after ? `${unit.getText()}.repeat(${times})` : undefined;
}

/** A list whose order says nothing keeps the one that it has; what is new comes last. */
function inItsOrder(expression: ts.Expression, after: Json): string | undefined {
  if (!ts.isCallExpression(expression) || expression.expression.getText() !== "anyOrder" || !Array.isArray(after)) return undefined;
  const items = new Set(after.map((item) => printed(item)));
  const kept = expression.arguments.map((item) => item.getText()).filter((item) => items.has(item));
  return `anyOrder(${[...new Set([...kept, ...items])].join(", ")})`;
}

/** A value as code. */
export function printed(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(printed).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, item]) => `${/^[a-zA-Z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${printed(item)}`,
  );
  return `{ ${members.join(", ")} }`;
}
