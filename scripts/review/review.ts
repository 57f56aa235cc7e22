import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { lint } from "../lint/lint.ts";
import { SpecError, specPath } from "../spec/document.ts";
import { createPlaceFinder } from "../spec/places.ts";
import type { Problem } from "../spec/problem.ts";
import { readRevision, readWorkingTree, UnreadableSpec } from "../spec/revision.ts";
import type { Tool } from "../tool/run-tool.ts";
import { findBase } from "./base.ts";
import type { Step, Subject } from "./find-out.ts";
import { type Findings, type Review, reasonsToDecide, type Verdict } from "./findings.ts";
import { rate } from "./rate.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { renderTerminal } from "./render-terminal.ts";

const exitCodes: Readonly<Record<Verdict, number>> = { fine: 0, decision: 1, broken: 2 };

const usage = `npm run review [-- --base <git ref>]

Says what an edit of ${specPath} does: to callers, to the service, to the client, to the facts and to the agreement with
Microsoft's metadata; and what to do next. It judges the working tree, committed or not, and writes nothing but review/.

  --base   what it is compared with; the place where this work left the main branch, where it is not given

Exit code: 0 fine: nothing changes in meaning, 1 decision: somebody must decide, 2 broken: it cannot be judged.
openapi/README.md tells more.`;

/** `npm run review`: judges the spec as it stands in the working tree. */
export const review: Tool = async (invocation) => {
  const { args, root, out, err } = invocation;
  const { values } = parseArgs({ args: [...args], options: { base: { type: "string" }, help: { type: "boolean", short: "h" } } });
  if (values.help) {
    out(usage);
    return 0;
  }
  const base = findBase(invocation, values.base);
  const baseText = readRevision(base.read(specPath) ?? "", `${specPath} of ${base.name}`);
  const text = readOrReport(root);
  const result = await reviewOf({ root, base, baseText, text }, createStep(err));
  const written = write(root, result);
  out(renderTerminal(result));
  out(written ? "\nThe whole report: review/report.md" : "\nreview/report.md is still that of the text before.");
  return exitCodes[result.verdict];
};

async function reviewOf(subject: Omit<Subject, "rated">, step: Step): Promise<Review> {
  const { root, baseText, text } = subject;
  const linted = step("lint", lint(root, text));
  const rated = step("compatibility", rate(baseText, text));
  rated.catch(() => {}); // It is awaited later.
  try {
    // The compilers are loaded while the linter and the comparison run.
    const [found, { findOut }] = await Promise.all([linted, import("./find-out.ts")]);
    const problems = found.filter(({ severity }) => severity === "error");
    if (problems.length > 0) return { verdict: "broken", problems: rootCauses(problems) };
    return withVerdict(await findOut({ ...subject, rated }, step));
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    const [line, column] = createPlaceFinder(text)(error.path);
    return { verdict: "broken", problems: [{ rule: "generate", severity: "error", message: error.message, line, column }] };
  } finally {
    // Whatever it says of a text that is broken: it has a temporary folder, which must be gone before the program ends.
    await Promise.allSettled([rated]);
  }
}

/** What follows from a reference that leads nowhere would only hide it. */
function rootCauses(problems: readonly Problem[]): readonly Problem[] {
  const unresolved = problems.filter(({ rule }) => rule === "no-unresolved-refs");
  return unresolved.length > 0 ? unresolved : problems;
}

/** The text to judge; one that cannot be read is broken, and refused. */
function readOrReport(root: string): string {
  try {
    return readRevision(readWorkingTree(root));
  } catch (error) {
    if (error instanceof UnreadableSpec) write(root, { verdict: "broken", problems: [error.problem] });
    throw error;
  }
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

/** Rules that say that the document is none, or leads nowhere: bad input, which is written over nothing. */
const badInput = ["yaml", "openapi", "struct", "no-unresolved-refs"];

/** Writes the report. Bad input leaves an older report as it is: false. */
function write(root: string, review: Review): boolean {
  const [markdown, json] = ["review/report.md", "review/report.json"].map((path) => root + path) as [string, string];
  if (review.verdict === "broken" && existsSync(json) && review.problems.some(({ rule }) => badInput.includes(rule))) return false;
  mkdirSync(`${root}review`, { recursive: true });
  const { mutation: _, ...report } = { bump: "none", changes: [], mutation: undefined, ...review };
  writeFileSync(json, `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(markdown, renderMarkdown(review));
  return true;
}
