// `npm run test:all`: the common edits of openapi/README.md, each taken from the edit to green by what the report says, and by nothing else.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { specPath } from "../../scripts/spec/document.ts";
import { type CommonEdit, commonEdits, edited } from "./common-edits.ts";
import { followReport } from "./follow-report.ts";
import { createRepository } from "./repository.ts";

// Each is two reviews, two generators, and the stages that judge what was pasted.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 60_000 });

const repository = createRepository([]);
beforeEach(() => repository.reset());
afterAll(() => repository.remove());

/** EVERY=1: all that `npm test` has, which takes half an hour for all the edits. */
const stages = process.env.EVERY === "1" ? undefined : ["generated", "typecheck", "lint", "limits", "spec", "facts", "api", "contract"];
const followers = ["words-that-follow", "followers", "call-input", "retry"].map((name) => `test/unit/${name}.test.ts`);

type Ended = { readonly code: number; readonly output: string };

/** Runs a program as the repository's own scripts do. */
function node(program: string, ...args: readonly string[]): Promise<Ended> {
  // The tests in there are no part of these.
  const { FORCE_COLOR: _, VITEST: __, VITEST_WORKER_ID: ___, VITEST_POOL_ID: ____, NODE_ENV: _____, ...env } = process.env;
  return new Promise((resolve) => {
    const options = { cwd: repository.folder, env, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr }),
    );
  });
}

const commands: Readonly<Record<string, () => Promise<Ended>>> = {
  generate: () => node("scripts/generate/main.ts"),
  api: () => node("scripts/api/main.ts"),
  format: () => node(join("node_modules", "@biomejs", "biome", "bin", "biome"), "check", "--write", "."),
};

/** `most`: lines of the terminal, the empty one at its end included. */
async function follow(most: number, mend?: CommonEdit["mend"]): Promise<string> {
  const { stdout, stderr, code } = await repository.run("review");
  expect(code, stderr).toBeLessThan(2);
  expect(stdout.split("\n").length, stdout).toBeLessThanOrEqual(most);
  const followed = followReport(repository.read("review/report.md") ?? "", repository);
  if (mend !== undefined) developer(stdout, mend);
  for (const command of followed) await commands[command]?.();
  return stdout;
}

/** Changes the lines that are a developer's, and no other. */
function developer(report: string, mend: (line: string) => string): void {
  for (const [, file = "", line] of report.matchAll(/^ {2}For a developer: (\S+\.ts):(\d+) /gm)) {
    const change = (text: string, index: number) => (index === Number(line) - 1 ? mend(text) : text);
    repository.write(file, (repository.read(file) ?? "").split("\n").map(change).join("\n"));
  }
}

async function expectGreen(more: readonly string[] = []): Promise<void> {
  const checks = await node("scripts/checks/main.ts", ...(stages === undefined ? [] : ["--only", [...stages, ...more].join()]));
  expect(checks.code, checks.output).toBe(0);
  const words = await node(join("node_modules", "vitest", "vitest.mjs"), "run", "--project", "unit", ...followers);
  expect(words.code, words.output).toBe(0);
}

describe("what the report says, done to the letter, ends in green", () => {
  test.each(commonEdits.filter(({ developer }) => developer === undefined))("$what", async (edit) => {
    repository.write(specPath, edited(repository.read(specPath) ?? "", edit));
    await follow(26);
    await expectGreen();
  });
});

describe("what needs a developer says which line", () => {
  test.each(commonEdits.filter(({ developer }) => developer !== undefined))("$what", async (edit) => {
    repository.write(specPath, edited(repository.read(specPath) ?? "", edit));
    expect(await follow(32)).toMatch(edit.developer as RegExp);
  });
});

/** They write what Graph sends: one that has a name of the wire by itself is red. */
const onTheWire = ["unit", "judges", "lifecycle", "notifications", "faults", "testing", "cli", "recipes", "outside", "workbench"];

describe("what a developer does at the lines that the report names, and nowhere else, ends in green", () => {
  test.each(commonEdits.filter(({ mend }) => mend !== undefined))("$what", async (edit) => {
    repository.write(specPath, edited(repository.read(specPath) ?? "", edit));
    const stdout = await follow(40, edit.mend);
    expect(stdout.match(/^ {2}For a developer: /gm)?.length).toBeLessThan(4);
    await expectGreen(onTheWire);
    // What is done is not asked for again.
    expect((await repository.run("review")).stdout).not.toMatch(/`npm run \w+`|For a developer/);
  });
});

describe("npm run review -- --fix", () => {
  const fix = () => repository.run("review", "--fix");
  const status = () => repository.git("diff", "HEAD");

  test("does what the report says, leaves the sources to a person, and a second one changes nothing", async () => {
    repository.write(
      specPath,
      edited(
        repository.read(specPath) ?? "",
        commonEdits.find(({ what }) => what === "change a limit"),
      ),
    );
    const before = repository.read(specPath);
    const { stdout } = await fix();
    expect(repository.read(specPath)).toBe(before);
    expect(stdout).toContain('+  "schema UpdateRecordingStatusRequest.clientContext: maxLength": fact(');
    expect(stdout).toMatch(/\nDECISION .* places left to be written \(TODO\)/);
    const first = status();
    expect((await fix()).stdout).toContain("Nothing to fix");
    expect(status()).toBe(first);
    const { code, output } = await node("scripts/checks/main.ts", "--only", "facts");
    expect(code).toBe(1);
    expect(output).toMatch(/scripts\/judges\/facts\/facts-schemas\.ts:\d+: name the source in the place of TODO source/);
  });

  test("a file with work that is not committed is left alone, and nothing else is changed", async () => {
    repository.edit("x-algorithm: RS256", "x-algorithm: RS512");
    repository.write("scripts/judges/facts/facts-document.ts", `${repository.read("scripts/judges/facts/facts-document.ts")}// Mine.\n`);
    const before = status();
    const { code, stderr } = await fix();
    expect(code).toBe(2);
    expect(stderr).toMatch(/^--fix changes nothing: scripts\/judges\/facts\/facts-document\.ts has work of yours that is not committed\./m);
    expect(status()).toBe(before);
  });

  test("a broken document is left alone", async () => {
    repository.edit("openapi: 3.1.0", "openapi: 3.1.0\nrespones: {}");
    const before = status();
    const { code, stderr } = await fix();
    expect(code).toBe(2);
    expect(stderr).toContain("--fix changes nothing as long as the document is broken.");
    expect(status()).toBe(before);
  });
});
