// Each rule of the judgement: every change that an edit of a small document is, with version, side, wire, place and sentence.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { changesOf } from "../../scripts/review/compatibility.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8").replaceAll("\r\n", "\n");
const base = read("small-spec.yaml");
const rows = parse(read("classes.yaml")) as [what: string, from: string, to: string, changes: string[]][];

test.each(rows)("%s", (_, from, to, expected) => {
  expect(base).toContain(from);
  // A name alone is replaced wherever it stands.
  const text = /^\w+$/.test(from) ? base.replaceAll(from, () => to) : base.replace(from, () => to);
  const changes = changesOf(base, text);
  expect(changes.map(({ bump, side, wire, path, why }) => `${bump} ${side} wire:${wire} ${path}: ${why}`)).toEqual(expected);
});

test("each row has a name of its own", () => {
  expect(new Set(rows.map(([what]) => what)).size).toBe(rows.length);
});

test("the document as it is has no change", () => {
  expect(changesOf(base, base)).toEqual([]);
});

test("what was removed has its line in the base, and the line that held it", () => {
  const [change] = changesOf(base, base.replace(", default: 1", ""));
  const lineOf = (text: string) => base.slice(0, base.indexOf(text)).split("\n").length;
  expect(change).toMatchObject({ what: "removed, was 1", line: lineOf("count: {"), baseLine: lineOf("default: 1") });
});

test("of two long values the change shows where they begin to differ", () => {
  const long = (end: string) => `second: { value: { text: ${"a".repeat(100)}${end} }`;
  const [from, to] = [base.replace("second: { value: { size: 2 }", long("b")), base.replace("second: { value: { size: 2 }", long("c"))];
  const [change] = changesOf(from, to);
  expect(change?.what).toBe(`…${"a".repeat(20)}b"} → …${"a".repeat(20)}c"}`);
});
