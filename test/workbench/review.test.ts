// `npm run review` as a reviewer runs it: in a copy of the repository, one edit at a time.

import { statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { formats } from "../../scripts/review/options.ts";
import { review as tool } from "../../scripts/review/review.ts";
import { readSpecText, specPath } from "../../scripts/spec/document.ts";
import { callTool } from "../../scripts/tool/run-tool.ts";
import { limit } from "../support/as-it-is.ts";
import { whenAll } from "../support/when-all.ts";
import { createRepository } from "./repository.ts";

// Each run is a linter, a comparison, a compiler and several hundred contract cases.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
// Whatever the terminal is in which these tests run: what is said goes to no terminal.
vi.stubEnv("FORCE_COLOR", undefined);
vi.stubEnv("NO_COLOR", "1");
afterAll(() => void vi.unstubAllEnvs());

const repository = createRepository();
beforeEach(() => repository.reset());
afterAll(() => repository.remove());

const review = (...args: readonly string[]) => repository.call(tool, ...args);
const report = () => JSON.parse(repository.read("review/report.json") ?? "null");
const inOneLine = (text: string) => expect(text.trim().split("\n"), text).toHaveLength(1);

whenAll(() => {
  test("fine: another wording, in a commit and in the working tree; nothing but review/ is written", async () => {
    repository.git("checkout", "--quiet", "-b", "edit");
    repository.edit("It sets an absolute state, it does not toggle.", "It sets a state. It does not toggle.");
    repository.git("commit", "--quiet", "--all", "--message=Wording");
    repository.edit("summary: Report the recording status of a call.\n", "summary: Tell Graph that the bot records.\n");
    const generated = statSync(join(repository.folder, "generated/types.gen.ts")).mtimeMs;
    const { code, stdout, stderr } = await review();
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/^\nFINE {2}openapi\/recording-status\.yaml, compared with the main branch \([0-9a-f]{7}\): nothing changes/);
    expect(stdout).toContain("npm run generate");
    expect(report()).toMatchObject({ verdict: "fine", bump: "patch" });
    expect(report().changes.map(({ bump }: { bump: string }) => bump)).toEqual(["patch", "patch"]);
    expect(repository.git("status", "--porcelain")).toBe(` M ${specPath}\n`);
    expect(statSync(join(repository.folder, "generated/types.gen.ts")).mtimeMs).toBe(generated);
    expect(repository.read("review/report.md")).toContain("**Verdict: fine.**");
    // Plain where no terminal is.
    expect(stdout + stderr).not.toContain("\u001b");
  });
});

describe("decision", () => {
  test("a limit that is lowered: who breaks, the version, what the changelog lacks, what the client and the facts say", async () => {
    repository.edit(`maxLength: ${limit}`, `maxLength: ${limit - 1}`);
    repository.edit(/(contextAtLimit:[\s\S]+?clientContext: )0/, "$1");
    const { code, stdout } = await review();
    expect(code).toBe(1);
    expect(stdout).toContain("major caller");
    expect(stdout).toContain(`maxLength: ${limit} → ${limit - 1}. Callers that send what was allowed are refused.`);
    expect(stdout).toContain("CHANGELOG.md has no new line under [Unreleased]");
    const { verdict, bump, changes, judgement, stale } = report();
    expect({ verdict, bump }).toEqual({ verdict: "decision", bump: "major" });
    const path = "#/components/schemas/UpdateRecordingStatusRequest/properties/clientContext/maxLength";
    expect(changes[0]).toMatchObject({
      path,
      side: "caller",
      bump: "major",
      wire: "yes",
      line: expect.any(Number),
      what: `${limit} → ${limit - 1}`,
    });
    expect(judgement.facts.join("\n")).toContain(`the fact is ${limit}`);
    expect(judgement.types).not.toEqual([]);
    expect(judgement.mock).not.toEqual([]);
    expect(stale).not.toEqual([]);
    const markdown = repository.read("review/report.md") ?? "";
    for (const text of ["**major**, caller, on the wire, line ", `maxLength: ${limit - 1}`, "<summary>Generated code</summary>"])
      expect(markdown).toContain(text);
    // What does not change is not spoken of.
    expect(markdown).not.toContain("Public API");
  });
});

test("for GitHub: annotations of the YAML's lines, and the Markdown added to the summary of the step", async () => {
  repository.edit("summary: Report the recording status of a call.\n", "summary: Tell Graph, at once, that 100% is recorded.\n");
  const summary = join(repository.folder, "summary.md");
  repository.write("summary.md", "Before.\n");
  const said: string[] = [];
  const env = { GITHUB_STEP_SUMMARY: summary };
  const out = (text: string) => void said.push(text);
  const code = await callTool(tool, { args: ["--format", "github"], root: `${repository.folder}/`, env, out, err: () => {} });
  expect(code).toBe(0);
  expect(said[0]).toMatch(
    /^::notice file=openapi\/recording-status\.yaml,line=\d+,title=patch%2C caller%2C on the wire%3A no::\/communications\/.+ › summary: other words\. The meaning stays\.$/,
  );
  expect(said.at(-1)).toMatch(/^FINE {2}openapi\/recording-status\.yaml, compared with /);
  expect(repository.read("summary.md")).toBe(`Before.\n${repository.read("review/report.md")}`);
});

describe("broken: what cannot be judged", () => {
  test("as it is typed it says and ends as it does in this process", async () => {
    repository.edit("openapi: 3.1.0", "openapi: [3.1.0");
    const called = await review();
    expect(called.code).toBe(2);
    expect(await repository.run("review")).toEqual(called);
  });

  test("an example that breaks its schema: the rule, the place, how to mend it", async () => {
    repository.edit(
      "value: { clientContext: clientContext-value, status: recording }",
      "value: { clientContext: clientContext-value, status: on }",
    );
    const { code, stdout } = await review();
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /recording-status\.yaml:\d+:\d+ no-invalid-media-type-examples: .+ To mend it: correct the example or its schema/,
    );
    expect(report()).toMatchObject({
      verdict: "broken",
      bump: "none",
      changes: [],
      problems: [{ rule: "no-invalid-media-type-examples" }],
    });
    expect(repository.read("review/report.md")).toContain("**Verdict: broken.**");
  });

  test("a schema that the generator cannot compile", async () => {
    repository.edit(
      "        request-id:\n          description",
      "        innerError: { $ref: '#/components/schemas/InnerError', description: 'Source: docs.' }\n        request-id:\n          description",
    );
    const { code, stdout } = await review();
    expect(code, stdout).toBe(2);
    expect(stdout).toMatch(/recording-status\.yaml:\d{3}:\d+ generate: .*InnerError → InnerError: a schema that refers to itself/);
  });

  const bad: readonly (readonly [what: string, change: () => void, message: RegExp])[] = [
    [
      "broken YAML",
      () => repository.edit("openapi: 3.1.0", "openapi: [3.1.0"),
      /^openapi\/recording-status\.yaml:\d+:\d+ is not valid YAML: .+/,
    ],
    [
      "an alias to nowhere",
      () => repository.edit("- *globalBeta", "- *nowhere"),
      /recording-status\.yaml:\d+:\d+ is not valid YAML: the alias \*nowhere stands for nothing: no &nowhere comes before it\.$/,
    ],
    [
      "a spec that is not OpenAPI",
      () => repository.write(specPath, "swagger: '2.0'\n"),
      /is no OpenAPI document: it must say `openapi: 3\.1\.0`/,
    ],
    ["a list", () => repository.write(specPath, "- openapi: 3.1.0\n"), /is no OpenAPI document/],
    ["an empty file", () => repository.write(specPath, " \n"), /recording-status\.yaml:1:1 is empty\./],
    ["no file", () => repository.git("rm", "--quiet", specPath), /There is no openapi\/recording-status\.yaml\./],
    [
      "schemas that lead to each other",
      () =>
        repository.edit(
          "  schemas:\n",
          "  schemas:\n    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n",
        ),
      /cannot be judged: redocly lint says: Self-referencing circular pointer$/,
    ],
    [
      "a folder in its place",
      () => {
        repository.git("rm", "--quiet", specPath);
        repository.write(`${specPath}/a`, "");
      },
      /There is no openapi\/recording-status\.yaml\./,
    ],
    [
      "an unresolved $ref",
      () => repository.edit("'#/components/schemas/ReportableStatus' }", "'#/components/schemas/ReportableStats' }"),
      /recording-status\.yaml:\d+:\d+ no-unresolved-refs: .*ReportableStats/,
    ],
  ];
  test.each(bad)("%s: one clear line, and an older report stays as it is", async (_, change, message) => {
    change();
    repository.write("review/report.json", "{}\n");
    repository.write("review/report.md", "The report before.\n");
    const { code, stdout, stderr } = await review();
    expect(code).toBe(2);
    const said = (stderr + stdout).split("\n").filter((line) => message.test(line));
    expect(said, stderr + stdout).toHaveLength(1);
    expect(stderr + stdout).not.toMatch(/^\s+at /m);
    expect(repository.read("review/report.json")).toBe("{}\n");
    expect(repository.read("review/report.md")).toBe("The report before.\n");
  });

  test.each([
    ["an unknown base", ["--base", "nowhere"], /^--base: git knows no "nowhere"\.\n$/],
    ["a base that looks like an option", ["--base=--output=x"], /^--base: git knows no "--output=x"\.\n$/],
    ["an unknown option", ["--bass", "main"], /^Unknown option '--bass'/],
    ["an argument too many", ["main"], /^Unexpected argument 'main'/],
    ["an unknown format", ["--format", "html"], /^--format html: must be terminal, markdown, github or json\.\n$/],
  ])("%s: one clear line, nothing written", async (_, args, message) => {
    const { code, stdout, stderr } = await review(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    inOneLine(stderr);
    expect(repository.read("review/report.json")).toBeUndefined();
  });

  test("a program that asks for JSON or annotations gets them for a text that cannot be read, too", async () => {
    repository.edit("openapi: 3.1.0", "openapi: [3.1.0");
    const json = await review("--format", "json");
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({ format: 1, verdict: "broken", changes: [], problems: [{ rule: "yaml" }] });
    const github = await review("--format", "github");
    expect(github.stdout).toMatch(/^::error file=openapi\/recording-status\.yaml,line=\d+,col=\d+,title=yaml::is not valid YAML: /);
    expect((await review("--format", "markdown")).stdout).toContain("**Verdict: broken.**");
  });

  test("--help names every option, and judges nothing", async () => {
    const { code, stdout } = await review("--help");
    expect(code).toBe(0);
    for (const option of ["--base", "--format", ...formats, "--all", "--help"]) expect(stdout).toContain(option);
    expect(repository.read("review/report.json")).toBeUndefined();
  });

  test("where no commit shared with the main branch is found, nothing is called fine", async () => {
    const main = repository.git("rev-parse", "main").trim();
    repository.git("checkout", "--quiet", "--orphan", "unrelated");
    repository.git("commit", "--quiet", "--message=Unrelated");
    const unrelated = await review();
    expect(unrelated.code).toBe(2);
    expect(unrelated.stderr).toMatch(/^git finds no commit that main and HEAD share: .*--base <git ref>\.\n$/);
    // Neither a remote nor a main branch: an edit that is committed must not be compared with itself.
    repository.git("branch", "--quiet", "--delete", "--force", "main");
    try {
      repository.edit("It sets an absolute state, it does not toggle.", "It sets a state. It does not toggle.");
      repository.git("commit", "--quiet", "--all", "--message=Wording");
      repository.edit("The status to report.", "The status that is reported.");
      const alone = await review();
      expect({ code: alone.code, stdout: alone.stdout }).toEqual({ code: 2, stdout: "" });
      expect(alone.stderr).toMatch(/^There is no main branch to compare with: fetch it, or give --base <git ref>; --base HEAD .+\.\n$/);
      expect((await review("--base", "HEAD")).stdout).toMatch(/^\nFINE .* compared with HEAD \([0-9a-f]{7}\)/);
    } finally {
      repository.git("branch", "--quiet", "main", main);
    }
  });

  test("a base without the spec, and one whose spec cannot be read or compiled", async () => {
    repository.git("checkout", "--quiet", "--orphan", "other");
    repository.git("rm", "--quiet", "--cached", specPath);
    repository.git("commit", "--quiet", "--message=Without");
    repository.git("tag", "without");
    repository.write(specPath, "openapi: [");
    repository.git("add", specPath);
    repository.git("commit", "--quiet", "--message=Broken");
    repository.git("tag", "unreadable");
    repository.write(specPath, "openapi: 3.1.0\n");
    repository.git("commit", "--quiet", "--all", "--message=Poor");
    repository.git("tag", "poor");
    repository.write(specPath, readSpecText());
    const messages = {
      without: /^--base: without \([0-9a-f]{7}\) has no openapi\/recording-status\.yaml\.$/,
      unreadable: /^openapi\/recording-status\.yaml of unreadable \([0-9a-f]{7}\):1:\d+ is not valid YAML/,
      poor: /^--base: poor \([0-9a-f]{7}\) cannot be compared with: .+ has no servers/,
    };
    for (const [base, message] of Object.entries(messages)) {
      const { code, stderr } = await review("--base", base);
      expect(code).toBe(2);
      expect(stderr.trim().split("\n").at(-1)).toMatch(message);
    }
  });
});
