// `npm run review [-- --base <git ref>]`: what an edit of the spec does, and whether somebody must decide about it.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { lint } from "../lint/lint.ts";
import { readDocument, SpecError, specPath } from "../spec/document.ts";
import { createPlaceFinder } from "../spec/places.ts";
import type { Problem } from "../spec/problem.ts";
import { readRevision, UnreadableSpec } from "../spec/revision.ts";
import { keepCompiledCode } from "../tool/compile-cache.ts";
import { root } from "../tool/root.ts";
import { runTool } from "../tool/run-tool.ts";
import { inTemporaryFolder } from "../tool/temporary-folder.ts";
import { type Base, findBase } from "./base.ts";
import { type Findings, type Review, reasonsToDecide, type Verdict } from "./findings.ts";
import { rate } from "./rate.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { renderTerminal } from "./render-terminal.ts";

const exitCodes: Readonly<Record<Verdict, number>> = { fine: 0, decision: 1, broken: 2 };
const began = performance.now();
// A second review has a quarter less to do.
keepCompiledCode();

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { base: { type: "string" } } });
  const base = findBase(values.base);
  const baseText = readRevision(base.read(specPath) ?? "", `${specPath} of ${base.name}`);
  const text = readOrReport();
  const review = await reviewOf(base, baseText, text);
  const written = write(review);
  console.log(renderTerminal(review));
  console.log(written ? "\nThe whole report: review/report.md" : "\nreview/report.md is still that of the text before.");
  return exitCodes[review.verdict];
}

function reviewOf(base: Base, baseText: string, text: string): Promise<Review> {
  return inTemporaryFolder(async (folder) => {
    const rated = step("compatibility", rate(baseText, text, folder));
    rated.catch(() => {}); // It is awaited later.
    // The compilers are loaded while the comparison and the linter run.
    const [found, { findOut }] = await Promise.all([step("lint", lint(specPath, readDocument(text))), import("./find-out.ts")]);
    const problems = found.filter(({ severity }) => severity === "error");
    try {
      if (problems.length > 0) return { verdict: "broken", problems: rootCauses(problems) };
      return withVerdict(await findOut({ base, baseText, text, rated, folder }, step));
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      const [line, column] = createPlaceFinder(text)(error.path);
      return { verdict: "broken", problems: [{ rule: "generate", severity: "error", message: error.message, line, column }] };
    } finally {
      // Whatever it says of a text that is broken; it still reads the folder.
      await Promise.allSettled([rated]);
    }
  });
}

/** What follows from a reference that leads nowhere would only hide it. */
function rootCauses(problems: readonly Problem[]): readonly Problem[] {
  const unresolved = problems.filter(({ rule }) => rule === "no-unresolved-refs");
  return unresolved.length > 0 ? unresolved : problems;
}

/** The text to judge; one that cannot be read is broken, and refused. */
function readOrReport(): string {
  try {
    return readRevision();
  } catch (error) {
    if (error instanceof UnreadableSpec) write({ verdict: "broken", problems: [error.problem] });
    throw error;
  }
}

function withVerdict(findings: Findings): Review {
  return { verdict: reasonsToDecide(findings).length === 0 ? "fine" : "decision", ...findings };
}

/** Says on stderr when a step is done: the reader sees that it works, and what takes long. */
async function step<T>(name: string, work: Promise<T>): Promise<T> {
  const result = await work;
  console.error(`  ${((performance.now() - began) / 1000).toFixed(1).padStart(4)} s  ${name}`);
  return result;
}

/** Rules that say that the document is none, or leads nowhere: bad input, which is written over nothing. */
const badInput = ["yaml", "openapi", "struct", "no-unresolved-refs"];

/** Writes the report. Bad input leaves an older report as it is: false. */
function write(review: Review): boolean {
  const [markdown, json] = ["review/report.md", "review/report.json"].map((path) => root + path) as [string, string];
  if (review.verdict === "broken" && existsSync(json) && review.problems.some(({ rule }) => badInput.includes(rule))) return false;
  mkdirSync(`${root}review`, { recursive: true });
  const { mutation: _, ...report } = { bump: "none", changes: [], mutation: undefined, ...review };
  writeFileSync(json, `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(markdown, renderMarkdown(review));
  return true;
}

await runTool(main);
