// Each rule of openapi/lint-rules.js and of openapi/redocly.yaml, broken once: the lint must fail there, by that rule.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Document, parseDocument } from "yaml";
import { readSpecText } from "../../scripts/spec/document.ts";

const text = readSpecText();
const folder = mkdtempSync(join(tmpdir(), "lint-rules-"));
afterAll(() => rmSync(folder, { recursive: true }));

const action = ["paths", "/communications/calls/{id}/updateRecordingStatus", "post"];
const bad = ["components", "responses", "BadRequest"];
const json = ["content", "application/json"];
const retryAfter = ["components", "responses", "TooManyRequests", "headers", "Retry-After"];
const location = ["components", "responses", "RecordingStatusUpdated", "headers", "Location"];
const context = ["components", "schemas", "UpdateRecordingStatusRequest", "properties", "clientContext"];
const set = (path: readonly string[], value: unknown) => (document: Document) => document.setIn(path, value);
const drop = (path: readonly string[]) => (document: Document) => document.deleteIn(path);

/** A server that stands at a path alone. */
function refuseTheCloudOfAPath(document: Document): void {
  const cloud = { name: "atlantis", version: "v1.0", authorityHost: "https://login.example", tokenScope: "https://graph.example/.default" };
  const server = { url: "https://graph.example/v1.0", description: "Source: choice.", "x-cloud": cloud };
  document.setIn(["paths", "/app/calls/{id}/updateRecordingStatus", "servers"], [server]);
  document.setIn(["x-unsupported-clouds", "0", "name"], "atlantis");
}

// By structure, not by wording: an edit of a text must not turn these red.
const edits: readonly (readonly [rule: string, what: string, edit: (document: Document) => unknown])[] = [
  ["recording/operation-id-camel-case", "an operationId in another style", set([...action, "operationId"], "Update_status")],
  ["operation-operationId", "an operation without a name", drop([...action, "operationId"])],
  ["recording/named-examples", "an answer without an example", drop([...bad, ...json, "examples"])],
  [
    "recording/named-examples",
    "a request without an example",
    drop(["components", "requestBodies", "UpdateRecordingStatus", ...json, "examples"]),
  ],
  ["recording/header-examples", "a header's example of the wrong type", set([...retryAfter, "examples", "seconds", "value"], 10)],
  ["recording/header-examples", "a header's example against its pattern", set([...retryAfter, "examples", "httpDate", "value"], "soon")],
  ["recording/header-examples", "a header's example against its format", set([...location, "example"], "not an address")],
  ["recording/header-examples", "a header's example that is too long", set([...location, "schema", "maxLength"], 3)],
  ["recording/header-examples", "a header without an example", drop([...retryAfter, "examples"])],
  ["recording/error-envelope", "an error in another form", set([...bad, ...json, "schema"], { type: "object" })],
  ["recording/error-envelope", "an error without a body", drop([...bad, "content"])],
  ["recording/source-in-description", "a property without a source", set([...context, "description"], "Some text.")],
  ["recording/source-in-description", "an answer without a source", set([...bad, "description"], "Some text.")],
  ["recording/source-in-description", "an example without a source", set(["components", "examples", "throttled", "summary"], "Some text.")],
  ["recording/cloud-table", "a server without a cloud", drop(["servers", "3", "x-cloud"])],
  ["recording/cloud-table", "a cloud without a token scope", drop(["servers", "3", "x-cloud", "tokenScope"])],
  ["recording/cloud-table", "two servers for one cloud and version", set(["servers", "1", "x-cloud", "version"], "v1.0")],
  ["recording/cloud-table", "a cloud with two authorities", set(["servers", "1", "x-cloud", "authorityHost"], "https://login.example.com")],
  ["recording/cloud-table", "a cloud's name that every object has", set(["servers", "3", "x-cloud", "name"], "__proto__")],
  ["recording/cloud-table", "a version's name that every object has", set(["servers", "3", "x-cloud", "version"], "constructor")],
  ["recording/unsupported-clouds", "a refused name that every object has", set(["x-unsupported-clouds", "0", "name"], "toString")],
  ["recording/unsupported-clouds", "a refusal without a reason", set(["x-unsupported-clouds", "0", "reason"], " ")],
  ["recording/unsupported-clouds", "a version that is served and refused", set(["x-unsupported-clouds", "1", "version"], "v1.0")],
  ["recording/unsupported-clouds", "a cloud that is served and refused as a whole", drop(["x-unsupported-clouds", "1", "version"])],
  ["recording/unsupported-clouds", "a cloud that only a path serves, and is refused", refuseTheCloudOfAPath],
  [
    "no-invalid-media-type-examples",
    "an example against its schema",
    set(["components", "examples", "throttled", "value", "error", "code"], 7),
  ],
  [
    "no-invalid-media-type-examples",
    "an example that lacks what is required",
    drop(["components", "examples", "updateRunning", "value", "status"]),
  ],
  [
    "no-unused-components",
    "a component that nothing uses",
    set(["components", "examples", "unused"], { summary: "Source: choice", value: 1 }),
  ],
  ["no-unresolved-refs", "a reference to nowhere", set([...action, "responses", "404"], { $ref: "#/components/responses/Nowhere" })],
  ["security-defined", "an operation without security", drop([...action, "security"])],
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

function write(name: string, edit: (document: Document) => unknown): string {
  const document = parseDocument(text);
  edit(document);
  const file = join(folder, name);
  writeFileSync(file, document.toString());
  return file;
}

const files = edits.map(([, , edit], index) => write(`${index}.yaml`, edit));
const found = lint([...files, write("good.yaml", () => {})]);

test.each(edits.map(([rule, what], index) => ({ rule, what, index })))("$rule notices $what", ({ rule, index }) => {
  expect([...(found.get(`${index}.yaml`) ?? [])]).toContain(rule);
});

test("the spec itself passes", () => {
  expect([...(found.get("good.yaml") ?? ["not linted"])]).toEqual([]);
});
