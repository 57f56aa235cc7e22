import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { lint } from "../lint/lint.ts";
import { SpecError, specPath } from "../spec/document.ts";
import { createPlaceFinder } from "../spec/places.ts";
import type { Problem } from "../spec/problem.ts";
import { readRevision, readWorkingTree, UnreadableSpec } from "../spec/revision.ts";
import type { Invocation, Tool } from "../tool/run-tool.ts";
import { findBase } from "./base.ts";
import type { Step, Subject } from "./find-out.ts";
import { type Findings, type Review, reasonsToDecide, type Verdict } from "./findings.ts";
import { help, type Options, readOptions } from "./options.ts";
import { renderAnnotations } from "./render-github.ts";
import { renderJson } from "./render-json.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { renderTerminal } from "./render-terminal.ts";
import { reportOf } from "./report.ts";
import { writeReport } from "./write-report.ts";

const exitCodes: Readonly<Record<Verdict, number>> = { fine: 0, decision: 1, broken: 2 };

/** `npm run review`: judges the spec as it stands in the working tree. */
export const review: Tool = async (invocation) => {
  const { args, root, out, err } = invocation;
  const options = readOptions(args);
  if (options.help) {
    out(help);
    return 0;
  }
  const base = findBase(invocation, options.base);
  const baseText = readRevision(base.read(specPath) ?? "", `${specPath} of ${base.name}`);
  const text = readOrTell(invocation, options);
  if (text === undefined) return exitCodes.broken;
  const result = await reviewOf({ root, base, baseText, text }, createStep(err));
  if (options.fix) return fixAndReview(invocation, result);
  const written = writeReport(root, result);
  tell(result, invocation, options);
  if (options.format === "terminal")
    out(written ? "\nThe whole report: review/report.md" : "\nreview/report.md is still that of the text before.");
  return exitCodes[result.verdict];
};

/** The facts of this program are those from before: another one reviews what was written. */
async function fixAndReview({ args, root, env, out, err }: Invocation, result: Review): Promise<number> {
  if (result.verdict === "broken") {
    out(renderTerminal(reportOf(result, false)));
    err("--fix changes nothing as long as the document is broken.");
    return exitCodes.broken;
  }
  const { fix } = await import("./fix.ts");
  out(await fix(root, result));
  const again = [`${root}scripts/review/main.ts`, ...args.filter((one) => one !== "--fix")];
  const { status, stdout, stderr } = spawnSync(process.execPath, again, { cwd: root, env, encoding: "utf8" });
  out(stdout.trimEnd());
  if (status === null || status > exitCodes.broken) err(stderr.trimEnd());
  return status ?? exitCodes.broken;
}

async function reviewOf(subject: Subject, step: Step): Promise<Review> {
  const { root, text } = subject;
  const linting = step("lint", lint(root, text));
  linting.catch(() => {});
  const unwanted = new AbortController();
  try {
    // The compilers are loaded and begin while the linter runs.
    const { begin, findOut } = await import("./find-out.ts");
    const begun = begin(subject, step, unwanted.signal);
    const problems = (await linting).filter(({ severity }) => severity === "error");
    if (problems.length > 0) return { verdict: "broken", problems: rootCauses(problems) };
    return withVerdict(await findOut(subject, begun, step));
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    const [line, column] = createPlaceFinder(text)(error.path);
    return { verdict: "broken", problems: [{ rule: "generate", severity: "error", message: error.message, line, column }] };
  } finally {
    unwanted.abort();
  }
}

/** What follows from a reference that leads nowhere would only hide it. */
function rootCauses(problems: readonly Problem[]): readonly Problem[] {
  const unresolved = problems.filter(({ rule }) => rule === "no-unresolved-refs");
  return unresolved.length > 0 ? unresolved : problems;
}

/** The text to judge. One that cannot be read is broken: a person at a terminal reads one line, a program what it asked for. */
function readOrTell(invocation: Invocation, options: Options): string | undefined {
  try {
    return readRevision(readWorkingTree(invocation.root));
  } catch (error) {
    if (!(error instanceof UnreadableSpec)) throw error;
    const broken: Review = { verdict: "broken", problems: [error.problem] };
    writeReport(invocation.root, broken);
    if (options.format === "terminal") throw error;
    tell(broken, invocation, options);
    return undefined;
  }
}

function tell(result: Review, { out, env }: Invocation, { format, all }: Options): void {
  if (format === "json") out(renderJson(result));
  else if (format === "markdown") out(renderMarkdown(result, all).trimEnd());
  else if (format === "terminal") out(renderTerminal(reportOf(result, all)));
  else tellGithub(result, { out, env }, all);
}

function tellGithub(result: Review, { out, env }: Pick<Invocation, "out" | "env">, all: boolean): void {
  const { GITHUB_STEP_SUMMARY: summary } = env;
  if (summary) appendFileSync(summary, renderMarkdown(result, all));
  for (const annotation of renderAnnotations(result)) out(annotation);
  out(`${result.verdict.toUpperCase()}  ${reportOf(result, all).headline}`);
}

function withVerdict(findings: Findings): Review {
  return { verdict: reasonsToDecide(findings).length === 0 ? "fine" : "decision", ...findings };
}

/** Says when a step is done: the reader sees that it works, and what takes long. */
function createStep(err: (text: string) => void): Step {
  const began = performance.now();
  return async (name, work) => {
    const result = await work;
    err(`  ${((performance.now() - began) / 1000).toFixed(1).padStart(4)} s  ${name}`);
    return result;
  };
}
