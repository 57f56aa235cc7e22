// Each rule of openapi/lint-rules.js and of openapi/redocly.yaml, broken once: the lint must fail there, by that rule.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readSpecText } from "../../scripts/spec.ts";

const text = readSpecText();
const folder = mkdtempSync(join(tmpdir(), "lint-rules-"));
afterAll(() => rmSync(folder, { recursive: true }));

const envelope = "          schema: { $ref: '#/components/schemas/ODataError' }\n";
const edits: readonly (readonly [rule: string, from: string | RegExp, to: string])[] = [
  ["recording/operation-id-camel-case", "operationId: getCallOperation", "operationId: Get_call"],
  ["recording/named-examples", / {10}examples:\n {12}badRequest: .*\n/, ""],
  ["recording/named-examples", / {10}examples:\n {12}notRecording:[\s\S]*?\n\n {2}responses:/, "\n  responses:"],
  ["recording/header-examples", "value: '10'", "value: 10"],
  ["recording/header-examples", "value: Mon, 23 Nov", "value: Monday, 23 Nov"],
  ["recording/error-envelope", envelope, "          schema: { type: object }\n"],
  ["recording/source-in-description", "The result in words. Source: CSDL (String, nullable).", "The result in words."],
  ["recording/source-in-description", "then repeat. Source: docs, concepts/throttling.md", "then repeat"],
  ["no-invalid-media-type-examples", "status: recording }", "status: recordin }"],
  ["no-invalid-media-type-examples", "                status: completed\n", ""],
  [
    "no-unused-components",
    / {2}examples:\n {4}updateRunning:/,
    "  examples:\n    unused: { summary: 'Source: choice', value: 1 }\n    updateRunning:",
  ],
  ["no-unresolved-refs", "$ref: '#/components/responses/NotFound'", "$ref: '#/components/responses/Nowhere'"],
  ["security-defined", / {6}security:\n {8}- graphApplication: \[Calls.AccessMedia.All\]\n {8}- .*\n/, ""],
];

/** One run of Redocly for all files: its start is most of the time. */
function lint(files: string[]): Map<string, Set<string>> {
  const args = ["lint", "--config", "openapi/redocly.yaml", "--format", "json", ...files];
  const { stdout, stderr } = spawnSync("redocly", args, { encoding: "utf8", env: { ...process.env, REDOCLY_TELEMETRY: "off" } });
  const rules = new Map(files.map((file) => [basename(file), new Set<string>()]));
  const documents = stdout.split(/(?<=^\})(?=\{$)/m);
  if (documents.length !== files.length) throw new Error(`Redocly printed no result:\n${stdout}\n${stderr}`);
  for (const document of documents) {
    const { problems } = JSON.parse(document) as { problems: { ruleId: string; location: { source: { ref: string } }[] }[] };
    for (const { ruleId, location } of problems) rules.get(basename(location[0]?.source.ref ?? ""))?.add(ruleId);
  }
  return rules;
}

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const files = edits.map(([, from, to], index) => write(`${index}.yaml`, text.replace(from, to)));
const found = lint([...files, write("good.yaml", text)]);

test.each(edits.map(([rule, from], index) => ({ rule, from: String(from).slice(0, 60), index })))(
  "$rule notices an edit of $from",
  ({ rule, index }) => {
    expect([...(found.get(`${index}.yaml`) ?? [])]).toContain(rule);
  },
);

test("the spec itself passes", () => {
  expect([...(found.get("good.yaml") ?? ["not linted"])]).toEqual([]);
});
