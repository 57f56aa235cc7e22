import type { Json } from "../../spec/document.ts";

/** A constraint of the spec as a person read it in a source, never computed from the spec. */
export type Fact = { readonly value: Json; readonly source: string; readonly statedAt: string };
export type Facts = Readonly<Record<string, Fact>>;

/** States a fact. `source`: docs, CSDL, reports, RFC or choice, as info.description in the spec explains them. */
export function fact(value: Json, source: string): Fact {
  // The place of the call, so that a failed test shows the line of the fact and not a line of the test's machinery.
  const place: { stack?: string } = {};
  Error.captureStackTrace(place, fact);
  return { value, source, statedAt: place.stack?.split("\n")[1] ?? "" };
}

/** A list whose order says nothing, such as `required` or `enum`. */
export function anyOrder(...items: readonly Json[]): Json[] {
  return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** One table of all facts. A pointer that is stated twice would hide one of the two. */
export function collect(...tables: readonly Facts[]): Map<string, Fact> {
  const all = new Map<string, Fact>();
  for (const [pointer, one] of tables.flatMap((table) => Object.entries(table))) {
    if (all.has(pointer)) throw new Error(`${pointer} is stated twice in scripts/judges/facts: keep one.`);
    all.set(pointer, one);
  }
  return all;
}
