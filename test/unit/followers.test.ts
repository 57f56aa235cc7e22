// What must follow an edit of the spec by hand does not compile until it does. The compiler's first line says what to write, and where.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { generate } from "../../scripts/generate/compile.ts";
import { readSpecText } from "../../scripts/spec/document.ts";

const folder = mkdtempSync(join(tmpdir(), "followers-"));
let problems: readonly string[] = [];

// One edit with all of them, and one run of the compiler: the message of each stands by itself. None of this can become real.
const actions = ["/communications/calls/{id}/updateRecordingStatus", "/app/calls/{id}/updateRecordingStatus"];
const cloud = {
  name: "atlantis",
  version: "v1.0",
  authorityHost: "https://login.atlantis.example",
  tokenScope: "https://graph.atlantis.example/.default",
};

function edited(): string {
  const document = parseDocument(readSpecText());
  document.setIn(["components", "schemas", "UpdateRecordingStatusRequest", "properties", "shoeSize"], { type: "string" });
  document.setIn(["components", "responses", "Teapot"], { description: "Source: choice.", "x-retryable": true });
  for (const path of actions) document.setIn(["paths", path, "post", "responses", "418"], { $ref: "#/components/responses/Teapot" });
  document.addIn(["servers"], { url: "https://graph.atlantis.example/v1.0", "x-cloud": cloud });
  return document.toString();
}

beforeAll(async () => {
  for (const name of ["src", "scripts/judges"]) cpSync(name, join(folder, name), { recursive: true });
  for (const name of ["package.json", "tsconfig.json"]) cpSync(name, join(folder, name));
  mkdirSync(join(folder, "generated"));
  for (const [name, code] of await generate(edited())) writeFileSync(join(folder, "generated", name), code);
  symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"), "junction");
  const config = { extends: "./tsconfig.json", include: ["src", "scripts/judges/wire-types.ts"] };
  writeFileSync(join(folder, "tsconfig.followers.json"), JSON.stringify(config));
  const compiler = join(folder, "node_modules/typescript7/bin/tsc");
  const { stdout } = spawnSync("node", [compiler, "-p", "tsconfig.followers.json", "--pretty", "false", "--singleThreaded"], {
    cwd: folder,
    encoding: "utf8",
  });
  problems = stdout.split("\n").filter((line) => /^\S/.test(line));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [
    "a property of the request",
    /^src\/model\/update\.ts\(\d+,\d+\): .*shoeSize is in the spec's request: add it to RecordingStatusUpdate in src\/model\/update\.ts/,
  ],
  [
    "the stated type of the request",
    /^scripts\/judges\/wire-types\.ts\(\d+,\d+\): .*shoeSize is new in the spec: state it here, or take it out of the spec/,
  ],
  [
    "the hint of a status that is repeated",
    /^src\/http\/http-failure\.ts\(\d+,\d+\): .*Property '418' is missing in type .* but required in type 'RetryHints'/,
  ],
  [
    "what such an answer says of the request",
    /^src\/http\/retry\.ts\(\d+,\d+\): .*Property '418' is missing in type .* but required in type 'Fates'/,
  ],
  ["the stated list of such statuses", /^scripts\/judges\/wire-types\.ts\(\d+,\d+\): .*the type in the spec may be 418: state it here/],
  ["the stated table of clouds", /^scripts\/judges\/wire-types\.ts\(\d+,\d+\): .*atlantis is new in the spec: state it here/],
])("%s", (_, message) => expect(problems).toContainEqual(expect.stringMatching(message)));

test("nothing else fails to compile, so that nobody looks in the wrong place", () => {
  const files = new Set(problems.map((line) => line.split("(")[0]));
  expect([...files].sort()).toEqual([
    "scripts/judges/wire-types.ts",
    "src/http/http-failure.ts",
    "src/http/retry.ts",
    "src/model/update.ts",
  ]);
});
