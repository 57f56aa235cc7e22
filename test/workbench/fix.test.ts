// `npm run review -- --fix` that is cut off: what it wrote is its own work, and no person's.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fix } from "../../scripts/review/fix.ts";
import { noPlan } from "../../scripts/review/next/plan-type.ts";
import { reviewOf } from "./review-of.ts";

test("a fix that was cut off between two files goes on the next time; a person's work is still left alone", async () => {
  const folder = `${mkdtempSync(join(tmpdir(), "fix-"))}/`;
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@localhost", ...args], { cwd: folder });
  writeFileSync(`${folder}a.txt`, "one\n");
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message=As it is");
  const review = reviewOf((text) => text, {
    plan: {
      ...noPlan,
      pastes: {
        ...noPlan.pastes,
        facts: [
          { file: "a.txt", line: 1, gone: 1, text: ["two"] },
          { file: "folder/b.txt", line: 0, gone: 0, text: ["b"] },
        ],
      },
    },
  });
  if (review.verdict === "broken") throw new Error("It is not.");
  const findings = { ...review, stale: [], staleSurface: [] };
  // Where nothing can be written, it ends between the two.
  await expect(fix(folder, findings)).rejects.toThrow("ENOENT");
  expect(readFileSync(`${folder}a.txt`, "utf8")).toBe("two\n");
  mkdirSync(`${folder}folder`);
  expect(await fix(folder, findings)).toContain("+two");
  writeFileSync(`${folder}a.txt`, "Mine.\n");
  await expect(fix(folder, findings)).rejects.toThrow("has work of yours that is not committed");
});
