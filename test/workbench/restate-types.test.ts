// What has another name is stated under it, as the compiler can read it.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compile } from "../../scripts/generate/compile.ts";
import { createAssertionsReader } from "../../scripts/judges/types.ts";
import { changesOf } from "../../scripts/review/compatibility.ts";
import { renames } from "../../scripts/review/next/restate-names.ts";
import { restateTypes } from "../../scripts/review/next/restate-types.ts";
import { readDocument, readSpecText } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";

const spec = readSpecText();
const stated = readFileSync(`${root}scripts/judges/wire-types.ts`, "utf8");

test("a property that has another name is stated so that the compiler can read it, also where its type stands on one line", async () => {
  const names: [schema: string, from: string, to: string][] = [
    ["ErrorDetails", "innerError", "innererror"],
    ["CommsNotifications", "value", "notifications"],
  ];
  for (const [schema, from, to] of names) {
    const one = new RegExp(`\\n    ${schema}:\\n[\\s\\S]+?\\n        ${from}:`);
    const text = spec.replace(one, (all) => all.replaceAll(new RegExp(`\\b${from}\\b`, "g"), to));
    const generated = await compile(readDocument(text));
    const restated = restateTypes(stated, generated) ?? "";
    expect(restated).toMatch(new RegExp(`[^;]; ${to}\\b`));
    expect(createAssertionsReader(generated)(restated).agrees).toBe(true);
    // A text that nobody can read does not agree, wherever the compiler stumbles.
    expect(createAssertionsReader(generated)(restated.replace(`; ${to}`, `;; ${to}`)).agrees).toBe(false);
  }
});

test("a path that has another name is followed: its name has slashes, which a pointer escapes", async () => {
  const [path, renamed] = ["/communications/calls/{id}/operations/{operationId}", "/communications/calls/{operationId}/operations/{id}"];
  const text = spec.replace(`${path}:`, `${renamed}:`);
  const restated = restateTypes(stated, await compile(readDocument(text)), renames(changesOf(spec, text)));
  expect(restated).toContain(`paths["${renamed}"]["get"]`);
});
