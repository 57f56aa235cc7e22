// What a review would write into CHANGELOG.md is true of what the spec says.
import { expect, test } from "vitest";
import { changelogFor } from "../../scripts/review/next/changelog-lines.ts";
import { namesOf } from "../../scripts/review/next/names.ts";
import { readDocument, readSpecText } from "../../scripts/spec/document.ts";

const spec = readSpecText();

test("a cloud that is refused is told as such, with its reason, and once", () => {
  const refuse = (name: string, more = "") =>
    `  - { name: ${name}, ${more}url: https://x.example, reason: "It has none,\\n by the docs." }\n`;
  const text = spec.replace("x-unsupported-clouds:\n", (all) => all + refuse("prototype") + refuse("lemuria", "version: beta, "));
  const changelog = (one: string) =>
    changelogFor({ text: "## [Unreleased]\n", changes: [], gap: false, names: namesOf(readDocument(one)) });
  const about = (one: string, name: string) =>
    changelog(one)
      .split("\n")
      .filter((line) => line.includes(name));
  expect(about(text, "prototype")).toEqual(["- The cloud `prototype` is refused before any request: It has none, by the docs."]);
  expect(about(text, "lemuria")).toEqual(["- `beta` of the cloud `lemuria` is refused before any request: It has none, by the docs."]);
  const served = spec.match(/name: (\w+)\n {6}version: v1\.0/)?.[1] ?? "";
  const both = spec.replace("x-unsupported-clouds:\n", (all) => all + refuse(served, "version: alpha, "));
  expect(about(both, `\`${served}\``)).toEqual([`- The cloud \`${served}\`.`]);
});
