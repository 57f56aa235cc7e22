import { type Json, specPath } from "../../spec/document.ts";
import { isObject, own } from "../../spec/json.ts";
import type { Fact } from "./fact.ts";

/** What is wrong, by pointer: a message for each constraint that differs from its fact, is gone, or is stated nowhere. */
export function compareWithFacts(constraints: ReadonlyMap<string, Json>, facts: ReadonlyMap<string, Fact>): Map<string, string> {
  const messages = new Map<string, string>();
  for (const [pointer, { value, source, statedAt }] of facts) {
    const actual = constraints.get(pointer);
    if (actual === undefined) {
      messages.set(pointer, `${pointer} is gone from ${specPath}, but the fact is ${show(value)} (${source}). ${remedy(statedAt)}`);
    } else if (isObject(actual) && isObject(value)) {
      const different = differences(actual, value, "");
      if (different.length > 0)
        messages.set(pointer, `${pointer} differs from the fact in ${specPath}: ${different.join("; ")} (${source}). ${remedy(statedAt)}`);
    } else if (!same(actual, value) && !(isListOfExamples(pointer) && hasMore(actual, value))) {
      messages.set(
        pointer,
        `${pointer} is ${show(actual)} in ${specPath}, but the fact is ${show(value)}${missing(actual, value)} (${source}). ${remedy(statedAt)}`,
      );
    }
  }
  const shared = new Set([...facts.values()].map(({ value }) => value));
  for (const [pointer, value] of constraints) {
    // A shared example that a stated answer refers to is what the mock must send: its body is stated, too.
    const isDemanded = shared.has(pointer.replace(/^example /, "#/components/examples/"));
    if (facts.has(pointer) || (isExample(pointer) && !isDemanded)) continue;
    const line = `${JSON.stringify(pointer)}: fact(${JSON.stringify(value)}, "<its source>"),`;
    messages.set(
      pointer,
      `${pointer} is new in ${specPath} (${show(value)}): state it near ${nearest(pointer, facts)}, ${line} or take it out of the spec.`,
    );
  }
  return messages;
}

const remedy = (statedAt: string) => `If the fact itself changed, change it at ${placeOf(statedAt)} too.`;

/** The file and the line of a fact, from the frame of a stack. */
function placeOf(statedAt: string): string {
  return /scripts\/judges\/facts\/[\w-]+\.ts:\d+/.exec(statedAt)?.[0] ?? "scripts/judges/facts";
}

/** Where the fact is stated whose pointer begins most like this one. */
function nearest(pointer: string, facts: ReadonlyMap<string, Fact>): string {
  const shared = (other: string) => {
    let length = 0;
    while (length < other.length && other[length] === pointer[length]) length++;
    return length;
  };
  const ranked = [...facts].map(([other, { statedAt }]) => ({ statedAt, length: shared(other) }));
  return placeOf(ranked.reduce((best, one) => (one.length >= best.length ? one : best), { statedAt: "", length: 0 }).statedAt);
}

/** A new example states no new fact: it must fit its schema, which the linter checks, and it is a case of the contract tests by its name. */
function isExample(pointer: string): boolean {
  return /(^|: )example \S+$/.test(pointer);
}

function isListOfExamples(pointer: string): boolean {
  return pointer.endsWith(": examples");
}

/** The first stays the first: the mock sends it. */
function hasMore(actual: Json, stated: Json): boolean {
  if (!Array.isArray(actual) || !Array.isArray(stated)) return false;
  return (
    actual[0] === stated[0] &&
    same(
      actual.filter((name) => stated.includes(name)),
      stated,
    )
  );
}

function same(a: Json, b: Json): boolean {
  return differences(a, b, "").length === 0;
}

/** Field by field, so that a long example is not printed for one wrong field. The order of fields is free, that of items is not. */
function differences(actual: Json | undefined, stated: Json | undefined, at: string): string[] {
  const field = at === "" ? "the value" : at;
  if (actual === undefined) return [`${field} is gone, but is ${show(stated ?? null)} in the fact`];
  if (stated === undefined) return [`${field} is new (${show(actual)})`];
  if (isObject(actual) && isObject(stated)) {
    const keys = [...new Set([...Object.keys(stated), ...Object.keys(actual)])];
    return keys.flatMap((key) => differences(own(actual, key), own(stated, key), at === "" ? key : `${at}.${key}`));
  }
  if (Array.isArray(actual) && Array.isArray(stated)) {
    return Array.from({ length: Math.max(actual.length, stated.length) }).flatMap((_, index) =>
      differences(actual[index], stated[index], `${at}[${index + 1}]`),
    );
  }
  return actual === stated ? [] : [`${field} is ${show(actual)}, but ${show(stated)} in the fact`];
}

/** Names what a list lost or gained, which is hard to see in two long lists. */
function missing(actual: Json, stated: Json): string {
  if (!Array.isArray(actual) || !Array.isArray(stated)) return "";
  const without = (from: Json[], other: Json[]) => from.filter((item) => !other.some((one) => same(one, item)));
  const lost = without(stated, actual);
  const gained = without(actual, stated);
  const parts = [
    lost.length > 0 ? `missing: ${lost.map(show).join(", ")}` : "",
    gained.length > 0 ? `new: ${gained.map(show).join(", ")}` : "",
  ];
  const text = parts.filter((part) => part !== "").join("; ");
  return ` [${text === "" ? "another order" : text}]`;
}

function show(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (isObject(value) && Object.keys(value).length === 0) return "present and otherwise empty";
  const text = JSON.stringify(value);
  return text.length <= 200 ? text : `${text.slice(0, 60)}… (${text.length} characters of JSON)`;
}
