// `npm run test:all`: the workflows of a pull request, without GitHub: their own lines but for `npm ci`, in a repository as its runner checks it out.
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { root } from "../../scripts/tool/root.ts";
import { type Ran, readWorkflow, runStep } from "../support/workflow-step.ts";
import { createWorld, runComment } from "./comment-run.ts";
import { createRepository, type Repository } from "./repository.ts";

// A review, and a site with all that TypeDoc reads.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const { jobs } = readWorkflow(`${root}.github/workflows/review.yml`);
const runOf = (job: string, name: string) => jobs[job]?.steps.find((step) => step.name === name)?.run ?? "exit 99";

let repository: Repository;
afterEach(() => repository.remove());

/** A repository as the runner has it: one commit of a fork, checked out by its number, and the branches of `origin`, which went on meanwhile. */
function checkOut(edit: () => void): void {
  repository = createRepository();
  // For the site.
  for (const path of ["README.md", "package-lock.json"]) copyFileSync(root + path, join(repository.folder, path));
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--message=Before");
  repository.git("checkout", "--quiet", "-b", "edit");
  edit();
  repository.git("commit", "--quiet", "--all", "--message=Edit");
  repository.git("checkout", "--quiet", "main");
  repository.edit("maxLength: 256", "maxLength: 200");
  repository.git("commit", "--quiet", "--all", "--message=Meanwhile");
  repository.git("clone", "--quiet", "--bare", "--single-branch", ".", "../origin");
  repository.git("remote", "add", "origin", "../origin");
  repository.git("fetch", "--quiet", "origin");
  repository.git("checkout", "--quiet", "--detach", "edit");
  repository.git("branch", "--quiet", "-D", "main", "edit");
}

function step(job: string, name: string): Ran {
  const { FORCE_COLOR: _, ...env } = process.env;
  const place = {
    cwd: repository.folder,
    files: join(repository.folder, "../github"),
    env: { ...env, CI: "true", GITHUB_BASE_REF: "main" },
  };
  return runStep(runOf(job, name), place, { action: "synchronize", number: 7, pull_request: { number: 7 } });
}

/** What the second workflow makes of what the first uploads. */
async function comment(): Promise<string> {
  const uploaded = jobs.review?.steps.find((one) => one.with?.name === "review-report")?.with?.path;
  const paths = `${uploaded}`.trim().split("\n");
  const world = createWorld(Object.fromEntries(paths.map((path) => [path.replace(/^.*\//, ""), repository.read(path) ?? ""])));
  await runComment(world);
  return world.comments[0]?.body ?? "";
}

test("a decision: annotations, the summary, the site of the proposed document, the comment, and a job that is red", async () => {
  checkOut(() => repository.edit("maxLength: 256", "maxLength: 512"));
  const reviewed = step("review", "Review");
  expect(reviewed).toMatchObject({ status: 0, outputs: "verdict=decision\n" });
  const line =
    repository
      .read("openapi/recording-status.yaml")
      ?.split("\n")
      .findIndex((one) => one.includes("maxLength: 512")) ?? -2;
  // What the target branch did meanwhile is not the author's.
  expect(reviewed.stdout).toMatch(new RegExp(`^::warning file=openapi/recording-status\\.yaml,line=${line + 1},.+256 → 512`, "m"));
  expect(reviewed.stdout).not.toContain("200");
  expect(reviewed.summary).toBe(repository.read("review/report.md"));
  expect(await comment()).toMatch(/### API description: somebody must decide[\s\S]+256 → 512/);
  expect(step("review", "Site").status).toBe(0);
  expect(repository.read("site/openapi.yaml")).toContain("maxLength: 512");
  expect(existsSync(join(repository.folder, "site/index.html"))).toBe(true);
  expect(step("review", "Say where the site is").summary).toContain("`docs-site`");
  expect(step("decision", "Somebody must decide").status).toBe(1);
});

test("a broken document: the step is red, its line is named, and the comment says so; there is no site", async () => {
  checkOut(() => repository.edit("openapi: 3.1.0", "openapi: [3.1.0"));
  const reviewed = step("review", "Review");
  expect(reviewed).toMatchObject({ status: 2, outputs: "verdict=broken\n" });
  expect(reviewed.stdout).toMatch(/^::error file=openapi\/recording-status\.yaml,line=2,/m);
  expect(await comment()).toContain("### API description: broken");
  expect(step("review", "Site").status).not.toBe(0);
});

test("other words: fine", async () => {
  checkOut(() => repository.edit("summary: Report the recording status of a call.\n", "summary: Tell Graph that the bot records.\n"));
  expect(step("review", "Review")).toMatchObject({ status: 0, outputs: "verdict=fine\n" });
  expect(await comment()).toContain("### API description: fine");
});

test("a base that was not fetched: the step is red, and nothing is left for the comment", () => {
  checkOut(() => repository.edit("maxLength: 256", "maxLength: 512"));
  repository.git("update-ref", "-d", "refs/remotes/origin/main");
  expect(step("review", "Review")).toMatchObject({ status: 2, outputs: "verdict=broken\n" });
  expect(existsSync(join(repository.folder, "review"))).toBe(false);
  expect(readFileSync(join(repository.folder, "openapi/recording-status.yaml"), "utf8")).toContain("maxLength: 512");
});
