import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { sha256, specPath } from "../spec/document.ts";
import { BadInput } from "../tool/bad-input.ts";
import { runNode } from "../tool/run-node.ts";
import type { Findings } from "./findings.ts";
import { type Paste, withPastes } from "./next/paste.ts";
import { readIfThere } from "./steps.ts";

/** What a fix left behind, so that the next one knows its own work. */
const notebook = "review/fix.json";

/** Pastes what a review says, then generates what follows; resolves with a diff of what it wrote by itself. */
export async function fix(root: string, { plan, stale, staleSurface }: Findings): Promise<string> {
  const byFile = Map.groupBy(Object.values(plan.pastes).flat(), ({ file }) => file);
  refuseOthersWork(root, [...byFile.keys()]);
  const texts = [...byFile].map(([file, pastes]) => [file, pasted(root, file, pastes)] as const);
  // Before they are written: a fix that is cut off in between knows its own work the next time.
  note(root, texts);
  for (const [file, text] of texts) writeFileSync(root + file, text);
  const generated = [
    ...(stale.length > 0 ? [await run(root, "generate")] : []),
    // What does not compile is told by the review that follows.
    ...(staleSurface.length > 0 ? [await run(root, "api")] : []),
  ];
  const files = texts.map(([file]) => file);
  const diff = files.length === 0 ? "" : git(root, "diff", "--no-color", "--no-ext-diff", "--unified=1", "HEAD", "--", ...files);
  if (files.length + generated.length === 0) return "Nothing to fix: everything that follows the spec by rule follows it.";
  return [diff.trimEnd(), ...generated].filter((text) => text !== "").join("\n");
}

function pasted(root: string, file: string, pastes: readonly Paste[]): string {
  // Never the document itself: what it says is a person's decision.
  if (file === specPath) throw new Error(`${specPath} is not to be fixed.`);
  return withPastes(readIfThere(root, file), pastes);
}

/**
 * A file with work that is not committed is left alone, unless it is as the last fix left it: so the diff that is shown is all of the fix, and
 * `git checkout -- <file>` takes it back without taking anybody's work. What is generated is nobody's work.
 */
function refuseOthersWork(root: string, files: readonly string[]): void {
  const left = readNotebook(root);
  const changed = new Set(git(root, "diff", "--name-only", "-z", "HEAD").split("\0"));
  const others = files.filter((file) => changed.has(file) && left[file] !== sha256(readIfThere(root, file)));
  if (others.length > 0)
    throw new BadInput(`--fix changes nothing: ${others.join(", ")} has work of yours that is not committed. Commit it, or paste by hand.`);
}

function note(root: string, texts: readonly (readonly [file: string, text: string])[]): void {
  const sums = Object.fromEntries(texts.map(([file, text]) => [file, sha256(text)]));
  mkdirSync(`${root}review`, { recursive: true });
  writeFileSync(root + notebook, `${JSON.stringify({ ...readNotebook(root), ...sums }, undefined, 2)}\n`);
}

function readNotebook(root: string): Readonly<Record<string, string>> {
  return existsSync(root + notebook) ? JSON.parse(readFileSync(root + notebook, "utf8")) : {};
}

function git(root: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}

/** Runs another command of the same repository: its modules are those that were just written. Resolves with what it says. */
async function run(root: string, script: string): Promise<string> {
  const { stdout, stderr } = await runNode([`${root}scripts/${script}/main.ts`], { cwd: root });
  return `npm run ${script}: ${(stdout + stderr).trim()}`;
}
