import { hintFor } from "../lint/redocly-hints.ts";
import { heldByFactsAlone } from "../mutate/report.ts";
import { specPath } from "../spec/document.ts";
import type { Problem } from "../spec/problem.ts";
import { type Findings, type Review, reasonsToDecide } from "./findings.ts";
import { firstLine } from "./show.ts";
import type { FileDiff } from "./side-by-side.ts";

/** Lists longer than this are cut, and say so: the whole is in report.json. */
const most = 40;

/** The report for a pull request. */
export function renderMarkdown(review: Review): string {
  const body = review.verdict === "broken" ? broken(review.problems) : judged(review);
  return `${["# Review of the API description", "", ...body].join("\n").trimEnd()}\n`;
}

function broken(problems: readonly Problem[]): string[] {
  return [
    `**Verdict: broken.** ${specPath} cannot be judged: ${problems.length} ${problems.length === 1 ? "problem" : "problems"}.`,
    "",
    "| Line | Rule | Problem | To mend it |",
    "|--:|---|---|---|",
    ...problems.map(
      (one) => `| ${one.line}:${one.column} | ${one.rule} | ${cell(one.message)} | ${cell(hintFor(one) ?? "as the message says")} |`,
    ),
  ];
}

function judged(review: Extract<Review, { verdict: "fine" | "decision" }>): string[] {
  const reasons = reasonsToDecide(review);
  return [
    `**Verdict: ${review.verdict}.** Compared with ${review.base}. ${review.verdict === "fine" ? "Nothing changes in meaning." : `${reasons.join("; ")}.`}`,
    "",
    ...next(review),
    "## Changes",
    "",
    ...changes(review),
    "## Disagreements",
    "",
    ...disagreements(review),
    ...diffs("Generated code", "generated/", review.generated),
    ...diffs("Public API", "what consumers' compilers see", review.surface),
    "## Contract coverage",
    "",
    ...coverage(review),
  ];
}

/** What to do, in order. */
export function nextSteps({ bump, changelog, stale, judgement }: Findings): string[] {
  return [
    ...(bump === "major" || bump === "minor" ? [`The change asks for a ${bump} version.`] : []),
    ...(changelog === undefined ? [] : [changelog]),
    ...(judgement.facts.length === 0
      ? []
      : ["If the facts themselves changed, change them in scripts/judges/facts too, each with its source."]),
    ...(stale.length === 0
      ? []
      : ["generated/ does not come from this text: run `npm run generate`, then `npm run api`, and commit what they write."]),
  ];
}

function next(findings: Findings): string[] {
  const steps = nextSteps(findings);
  return steps.length === 0 ? [] : [...steps.map((step, index) => `${index + 1}. ${step}`), ""];
}

function changes({ changes: all }: Findings): string[] {
  if (all.length === 0) return ["None.", ""];
  const rows = all.slice(0, most).map(({ bump, side, line, message }) => `| ${bump} | ${side} | ${line ?? ""} | ${cell(message)} |`);
  return ["| Version | Side | Line | Change |", "|---|---|--:|---|", ...rows, ...cut(all.length), ""];
}

function disagreements({ judgement, client, drift, compileProblems }: Findings): string[] {
  const lists: [string, readonly string[]][] = [
    ["Stated facts", judgement.facts],
    ["Types", judgement.types],
    ["Mock", judgement.mock],
    ["Proxy", judgement.proxy],
    ["The client's own code", compileProblems.map(({ file, line, message }) => `${file}:${line} ${firstLine(message)}`)],
    ["What the client makes of it", client],
    ...drift.map(({ file, summary, agrees, differences }): [string, readonly string[]] => [
      `Metadata, ${file}`,
      agrees ? [] : [summary, ...differences],
    ]),
  ];
  const shown = lists.filter(([, list]) => list.length > 0);
  if (shown.length === 0) return ["None: facts, contract cases, metadata and the client's code agree.", ""];
  return shown.flatMap(([title, list]) => [`### ${title}`, "", ...list.slice(0, most).map((line) => `- ${line}`), ...cut(list.length), ""]);
}

function diffs(title: string, what: string, all: readonly FileDiff[]): string[] {
  const heading = [`## ${title}`, ""];
  if (all.length === 0) return [...heading, `No line of ${what} changes.`, ""];
  const tables = all.flatMap(({ file, pairs }) => [
    `### ${file}`,
    "",
    "| Before | After |",
    "|---|---|",
    ...pairs.slice(0, most).map(({ before, after }) => `| ${code(before)} | ${code(after)} |`),
    ...cut(pairs.length),
    "",
  ]);
  return [...heading, ...tables];
}

function coverage({ mutation }: Findings): string[] {
  if (mutation === "none") return ["Not known: no mutation run yet. `npm run mutate` takes about a minute."];
  if (mutation === "of another text")
    return ["Not known: the last mutation run was of another text. `npm run mutate` takes about a minute."];
  const { mutants, constraints, survivors, noticed } = mutation;
  const alone = heldByFactsAlone(mutation);
  return [
    `${mutants} changes of ${constraints.length} constraints: facts notice ${noticed.facts}, types ${noticed.types}, mock ${noticed.mock}, proxy ${noticed.proxy}; ${survivors.length} survive.`,
    "",
    ...survivors
      .slice(0, most)
      .map(({ at, line, change, reason }) => `- survives: \`${at}\` (line ${line}): ${change}. ${reason ?? "**Not explained.**"}`),
    `${alone.length} constraints are held by the facts alone. All of them: review/mutation.md.`,
  ];
}

function cut(length: number): string[] {
  return length > most ? ["", `… and ${length - most} more: see report.json.`] : [];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function code(line: string | undefined): string {
  if (line === undefined) return "";
  const text = line.trim() === "" ? " " : line.trim();
  // A longer fence, so that a line with backticks stays one.
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${fence === "``" ? ` ${cell(text)} ` : cell(text)}${fence}`;
}
