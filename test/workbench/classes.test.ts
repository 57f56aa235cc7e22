// Each rule of classification, without Redocly's ratings: every change that an edit of a small document is, with version, side and place.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { changesOf } from "../../scripts/review/compatibility.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8").replaceAll("\r\n", "\n");
const base = read("small-spec.yaml");
const rows = parse(read("classes.yaml")) as [what: string, from: string, to: string, changes: string[]][];

test.each(rows)("%s", (_, from, to, expected) => {
  expect(base).toContain(from);
  const changes = changesOf(
    base,
    base.replace(from, () => to),
    [],
  );
  expect(changes.map(({ bump, side, path }) => `${bump} ${side} ${path}`)).toEqual(expected);
});

test("the document as it is has no change", () => {
  expect(changesOf(base, base, [])).toEqual([]);
});

test.each([
  ["operationId: read", "operationId: read\n      deprecated: true", "Callers are told to move away from it."],
  [", deprecated: true", "", "Callers are no longer told to move away from it."],
])("a deprecation that comes or goes is told as such: %j", (from, to, message) => {
  expect(changesOf(base, base.replace(from, to), [])[0]?.message).toContain(message);
});

test("of two long values the message shows where they begin to differ", () => {
  const long = (end: string) => `second: { value: { text: ${"a".repeat(100)}${end} }`;
  const [from, to] = [base.replace("second: { value: { size: 2 }", long("b")), base.replace("second: { value: { size: 2 }", long("c"))];
  const [change] = changesOf(from, to, []);
  expect(change?.message).toContain(`: …${"a".repeat(20)}b"} → …${"a".repeat(20)}c"}. `);
});
