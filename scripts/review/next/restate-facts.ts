import ts from "typescript";
import { compareWithFacts } from "../../judges/facts/compare.ts";
import { constraintsOf } from "../../judges/facts/constraints.ts";
import type { Fact } from "../../judges/facts/fact.ts";
import { todo } from "../../judges/facts/todo.ts";
import type { Json, JsonObject } from "../../spec/document.ts";
import { type CodeEdit, withEdits, withoutUnused } from "./code-edits.ts";
import { type FactPlace, factPlaces } from "./fact-places.ts";
import { printed, restateValue } from "./restate-value.ts";

/** The files of the facts as they are when they state what a document says, by name; each new source is left to be named. */
export function restateFacts(document: JsonObject, facts: ReadonlyMap<string, Fact>, read: (file: string) => string): Map<string, string> {
  const constraints = constraintsOf(document);
  const wrong = [...compareWithFacts(constraints, facts).keys()];
  if (wrong.length === 0) return new Map();
  const places = factPlaces(facts, read);
  const edits = new Map<string, CodeEdit[]>();
  const put = (file: string, more: readonly CodeEdit[]) => edits.set(file, [...(edits.get(file) ?? []), ...more]);
  const isWrong = new Set(wrong);
  // A constant that several facts name is restated once, if all of them have the same new value.
  const key = ({
    file,
    call: {
      arguments: [value],
    },
    pointers,
  }: FactPlace) => `${file} ${value?.getText()} ${JSON.stringify(constraints.get(pointers[0] ?? ""))}`;
  const users = Map.groupBy(places, key);
  for (const place of places) {
    const own = place.pointers.filter((pointer) => isWrong.has(pointer));
    if (own.length > 0) put(place.file, restate(place, own, { constraints, facts, users: users.get(key(place))?.length ?? 1 }));
  }
  for (const pointer of unstated(wrong, constraints, facts)) {
    const beside = nearest(pointer, places);
    const line = `${JSON.stringify(pointer)}: fact(${printed(constraints.get(pointer) ?? null)}, ${unnamed}),`;
    if (beside?.property !== undefined) {
      const { property } = beside;
      const at = property.getEnd() + 1;
      put(beside.file, [{ from: at, to: at, text: `\n${line}` }]);
    }
  }
  return new Map([...edits].map(([file, all]) => [file, withoutUnused(file, withEdits(read(file), all))]));
}

/** In the quotes that let a source have quotes of its own. */
const unnamed = `\`${todo.source}\``;

/** What is to be stated besides: what a list of examples names must be there, for the cases of the contract are made of it. */
function unstated(wrong: readonly string[], constraints: ReadonlyMap<string, Json>, facts: ReadonlyMap<string, Fact>): Set<string> {
  const named = wrong.flatMap((pointer) => {
    const names = constraints.get(pointer);
    if (!pointer.endsWith(": examples") || !Array.isArray(names)) return [];
    const examples = names.map((name) => pointer.replace(/examples$/, `example ${name}`));
    const shared = examples.flatMap((one) => /^#\/components\/examples\/(.+)$/.exec(`${constraints.get(one)}`)?.[1] ?? []);
    return [...examples, ...shared.map((name) => `example ${name}`)];
  });
  return new Set([...wrong, ...named].filter((one) => !facts.has(one) && constraints.has(one)));
}

type Context = {
  readonly constraints: ReadonlyMap<string, Json>;
  readonly facts: ReadonlyMap<string, Fact>;
  /** How many facts are stated by the same expression and have the same new value. */
  readonly users: number;
};

function restate(place: FactPlace, own: readonly string[], { constraints, facts, users }: Context): CodeEdit[] {
  const { call, property, pointers } = place;
  const values = new Set(own.map((pointer) => JSON.stringify(constraints.get(pointer))));
  const [pointer = ""] = own;
  const after = constraints.get(pointer);
  if (property !== undefined && after === undefined) return [{ from: property.getFullStart(), to: property.getEnd() + 1, text: "" }];
  const isWhole = own.length === pointers.length && values.size === 1 && after !== undefined;
  if (!isWhole) return afterLoop(call, own, constraints);
  const [value, source] = call.arguments;
  const before = facts.get(pointer)?.value ?? null;
  return [
    ...(value === undefined ? [] : restateValue(value, before, after, users)),
    ...(source === undefined ? [] : [{ from: source.getStart(), to: source.getEnd(), text: `${unnamed}` }]),
  ];
}

/** A loop states the same for several pointers: what is not so of one of them stands below it. */
function afterLoop(call: ts.CallExpression, own: readonly string[], constraints: ReadonlyMap<string, Json>): CodeEdit[] {
  let statement: ts.Node = call;
  while (!ts.isSourceFile(statement.parent)) statement = statement.parent;
  const target =
    ts.isBinaryExpression(call.parent) && ts.isElementAccessExpression(call.parent.left) ? call.parent.left.expression : undefined;
  const lines = own.map((pointer) => {
    const [at, value] = [`${target?.getText()}[${JSON.stringify(pointer)}]`, constraints.get(pointer)];
    return value === undefined ? `\ndelete ${at};` : `\n${at} = fact(${printed(value)}, ${unnamed});`;
  });
  return [{ from: statement.getEnd(), to: statement.getEnd(), text: lines.join("") }];
}

/** The line of a table whose pointer begins most like this one; the last of those. */
function nearest(pointer: string, places: readonly FactPlace[]): FactPlace | undefined {
  const shared = (other: string) => {
    let length = 0;
    while (length < other.length && other[length] === pointer[length]) length++;
    return length;
  };
  const lines = places.filter(({ property }) => property !== undefined);
  return lines.reduce<{ place?: FactPlace; length: number }>(
    (best, place) => {
      const length = shared(place.pointers[0] ?? "");
      return length >= best.length ? { place, length } : best;
    },
    { length: 0 },
  ).place;
}
