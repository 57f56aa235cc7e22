import { styleText } from "node:util";
import { hintFor } from "../lint/redocly-hints.ts";
import { specPath } from "../spec/document.ts";
import type { Problem } from "../spec/problem.ts";
import { type Findings, type Review, reasonsToDecide } from "./findings.ts";
import { nextSteps } from "./render-markdown.ts";
import { firstLine } from "./show.ts";

const colours = { fine: "green", decision: "yellow", broken: "red" } as const;
const bumpColours = { major: "red", minor: "yellow", patch: "gray" } as const;
/** More do not fit into half a minute of reading. */
const most = 12;

/** What the command prints: the verdict first, then why, then what to do. Plain where the output is no terminal. */
export function renderTerminal(review: Review): string {
  const lines = review.verdict === "broken" ? broken(review.problems) : judged(review);
  return [badge(review), ...lines].join("\n");
}

function badge(review: Review): string {
  const label = styleText(["bold", colours[review.verdict]], review.verdict.toUpperCase());
  if (review.verdict === "broken") return `\n${label}  ${specPath} cannot be judged.`;
  const reasons = reasonsToDecide(review);
  return `\n${label}  ${specPath}, compared with ${review.base}: ${reasons.length === 0 ? "nothing changes in meaning" : reasons.join("; ")}.`;
}

function broken(problems: readonly Problem[]): string[] {
  return problems.slice(0, most * 2).map((one) => {
    const hint = hintFor(one);
    return `  ${specPath}:${one.line}:${one.column} ${styleText("bold", one.rule)}: ${one.message}${hint === undefined ? "" : ` To mend it: ${hint}.`}`;
  });
}

function judged(review: Extract<Review, { verdict: "fine" | "decision" }>): string[] {
  const { judgement, drift, compileProblems } = review;
  return [
    ...section(
      "Changes",
      review.changes.map(({ bump, side, line, message }) => {
        const version = styleText(bumpColours[bump], bump.padEnd(5));
        return `${version} ${side.padEnd(7)} line ${`${line ?? "–"}`.padStart(3)}  ${message}`;
      }),
    ),
    ...section("Facts that disagree", judgement.facts),
    ...section("Contract cases that disagree", [...judgement.types, ...judgement.mock, ...judgement.proxy]),
    ...section(
      "The client's code that would not compile",
      compileProblems.map(({ file, line, message }) => `${file}:${line} ${firstLine(message)}`),
    ),
    ...section("What the client makes of it", review.client),
    ...section(
      "Microsoft's metadata",
      drift.filter(({ agrees }) => !agrees).flatMap(({ file, summary, differences }) => [`${file}: ${summary}`, ...differences]),
    ),
    "",
    ...checks(review),
    ...section("Next", nextSteps(review)),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > most ? [`  … and ${lines.length - most} more`] : [];
  return ["", styleText("bold", title), ...lines.slice(0, most).map((line) => `  ${line}`), ...more];
}

function checks({ generated, surface, drift, mutation, stale }: Findings): string[] {
  const lines = (diffs: Findings["generated"]) => diffs.reduce((sum, { pairs }) => sum + pairs.length, 0);
  return [
    `  generated/: ${lines(generated)} lines change${stale.length === 0 ? "" : "; the working tree's is stale"}. Public API: ${lines(surface)} lines change.`,
    `  Microsoft's metadata: ${drift.map(({ file, agrees }) => `${file.split("/").at(-1)} ${agrees ? "agrees" : "DISAGREES"}`).join(", ") || "not compared"}.`,
    `  Mutation: ${lastRun(mutation)}.`,
  ];
}

function lastRun(mutation: Findings["mutation"]): string {
  if (mutation === "none") return "no run yet, see npm run mutate";
  if (mutation === "of another text") return "the last run was of another text, see npm run mutate";
  return `${mutation.mutants} mutants, ${mutation.survivors.length} survivors`;
}
