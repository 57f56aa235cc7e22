// OpenAPI's own schema, which tools of others judge by: one breach each, with its place, in words that say what to write.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lint } from "../../scripts/lint/lint.ts";
import { lintSpec } from "../../scripts/lint/lint-spec.ts";
import { judgeByOfficialSchema } from "../../scripts/lint/official-schema.ts";
import { type Json, type JsonObject, readDocument, readSpecText, specPath } from "../../scripts/spec/document.ts";
import { toPointer, valueAt } from "../../scripts/spec/json.ts";
import { root } from "../../scripts/tool/root.ts";
import { call } from "./call.ts";

const text = readSpecText();
const good = readDocument(text);
const action = ["paths", "/communications/calls/{id}/updateRecordingStatus", "post"];
const scheme = ["components", "securitySchemes", "graphApplication"];
const flow = [...scheme, "flows", "clientCredentials"];
const callId = ["components", "parameters", "CallId"];
const clientContext = ["components", "schemas", "UpdateRecordingStatusRequest", "properties", "clientContext"];
type Edit = (document: JsonObject) => unknown;
const above = (document: JsonObject, path: readonly string[]) => valueAt(document, path.slice(0, -1)) as JsonObject;
const set =
  (path: readonly string[], value: Json): Edit =>
  (document) =>
    Object.assign(above(document, path), { [path.at(-1) ?? ""]: value });
const drop =
  (path: readonly string[]): Edit =>
  (document) =>
    delete above(document, path)[path.at(-1) ?? ""];
/** What the schema says of the spec after edits. */
function judge(...edits: readonly Edit[]) {
  const document = structuredClone(good);
  for (const edit of edits) edit(document);
  return judgeByOfficialSchema(document);
}

const breaches: readonly (readonly [what: string, edit: Edit, path: readonly (string | number)[], says: string])[] = [
  [
    "an address with a name in braces",
    set([...flow, "tokenUrl"], "https://login.example/{tenant}/token"),
    [...flow, "tokenUrl"],
    '`tokenUrl` is "https://login.example/{tenant}/token": that is no address. Write it without spaces and braces, ',
  ],
  ["a number where a text belongs", set(["servers", "2", "url"], 5), ["servers", 2, "url"], "`url` is 5: write a text (in quotes"],
  ["a mapping where a list belongs", set(["tags"], {}), ["tags"], "`tags` is {}: write a list (`- entry`)."],
  ["what is missing", drop(["info", "version"]), ["info"], "`info` lacks `version`: add it."],
  [
    "a misspelt key",
    set([...action, "respones"], {}),
    [...action, "respones"],
    "OpenAPI knows no `respones` in `post`: correct its spelling",
  ],
  ["a key of one's own", set(["audience"], "partners"), ["audience"], "OpenAPI knows no `audience` in the document: correct"],
  [
    "a status that is none",
    set([...action, "responses", "4044"], {}),
    [...action, "responses", "4044"],
    "OpenAPI knows no `4044` in `responses`",
  ],
  [
    "an unknown word",
    set([...callId, "in"], "paths"),
    [...callId, "in"],
    '`in` is "paths": write one of "query", "header", "path", "cookie".',
  ],
  ["a kind of security that is none", set([...scheme, "type"], "oauth"), [...scheme, "type"], '`type` is "oauth": write one of "apiKey", '],
  [
    "a parameter of a path that is optional",
    set([...callId, "required"], false),
    [...callId, "required"],
    "`required` is false: write true.",
  ],
  [
    "a name with a space",
    set(["components", "examples", "a b"], { value: 1 }),
    ["components", "examples", "a b"],
    'The name "a b" is not allowed',
  ],
  [
    "both kinds of example",
    set([...callId, "examples"], { a: { value: "1" } }),
    callId,
    "`CallId` has both `example` and `examples`: keep one",
  ],
  [
    "an unknown type in a schema",
    set([...clientContext, "type"], "strng"),
    [...clientContext, "type"],
    '`type` is "strng": write one of "array", ',
  ],
  [
    "a limit as text",
    set([...clientContext, "maxLength"], "256"),
    [...clientContext, "maxLength"],
    '`maxLength` is "256": write a whole number',
  ],
  ["a negative limit", set([...clientContext, "maxLength"], -1), [...clientContext, "maxLength"], "`maxLength` must be >= 0"],
];

describe("one breach, one objection", () => {
  test.each(breaches)("%s", async (_, edit, path, says) => {
    const objections = await judge(edit);
    expect(objections.map((one) => [toPointer(one.path), one.message])).toEqual([[toPointer(path), expect.stringContaining(says)]]);
  });

  test("several breaches are all told, an unknown key beside them too", async () => {
    const objections = await judge(...breaches.slice(0, 5).map(([, edit]) => edit));
    expect(objections.map(({ path }) => toPointer(path)).sort()).toEqual(
      breaches
        .slice(0, 5)
        .map(([, , path]) => toPointer(path))
        .sort(),
    );
  });
});

test("the spec is what the official schema asks for", async () => {
  expect(await judge()).toEqual([]);
});

test("the lint has it with its line; what a rule of Redocly says of the same line is said once", async () => {
  const edited = text.replace("/common/oauth2", "/{tenant}/oauth2");
  const line = edited.split("\n").findIndex((one) => one.includes("/{tenant}/oauth2")) + 1;
  // From the text that is given, whatever stands in the file.
  expect(await lint(root, edited)).toEqual([{ rule: "official-schema", severity: "error", line, column: 11, message: expect.any(String) }]);
});

describe("npm run lint:spec", () => {
  test("what a rule says too is said once, in the words of the rule", async () => {
    const folder = mkdtempSync(join(tmpdir(), "recording-status-lint-"));
    try {
      const file = join(folder, "misspelt.yaml");
      writeFileSync(file, text.replace("          tokenUrl: ", "          tokenUri: "));
      const { stdout } = await call(lintSpec, root, file);
      expect(
        stdout
          .trim()
          .split("\n")
          .map((line) => line.split(" ")[1]),
      ).toEqual(["struct:", "struct:"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  test("the spec: one line, and 0", async () => {
    expect(await call(lintSpec, root)).toEqual({ code: 0, stdout: `${specPath}: nothing to mend.\n`, stderr: "" });
  });
  test("a document of others: its place, its rule, what is wrong, how to mend it, and 1", async () => {
    const { code, stdout } = await call(lintSpec, root, "test/workbench/small-spec.yaml");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^test\/workbench\/small-spec\.yaml:\d+:\d+ operation-tag-defined: .+ To mend it: add the tag/m);
  });
  test.each([
    ["a file that is not there", ["nowhere.yaml"], /^ENOENT: .*nowhere\.yaml'\n$/],
    ["a file that is no OpenAPI document", ["package.json"], /^package\.json:1:1 is no OpenAPI document: .+\n$/],
    ["an unknown option", ["--fix"], /^Unknown option '--fix'.*\n$/],
  ])("%s: one line, and 2", async (_, args, message) => {
    expect(await call(lintSpec, root, ...args)).toEqual({ code: 2, stdout: "", stderr: expect.stringMatching(message) });
  });
});
