import { hintFor } from "../lint/redocly-hints.ts";
import { unexplained } from "../mutate/report.ts";
import { specPath } from "../spec/document.ts";
import { type Findings, type Review, reasonsToDecide, type Verdict } from "./findings.ts";
import { groupChanges, type Row } from "./group-changes.ts";
import { disagreements, type Section } from "./group-disagreements.ts";
import { type NextStep, nextSteps } from "./next-steps.ts";

/** What a person reads of a review: the same in a terminal and in a pull request. */
export type Report = {
  readonly verdict: Verdict;
  readonly headline: string;
  readonly rows: readonly Row[];
  readonly sections: readonly Section[];
  /** One line on what agrees, and on what is generated. */
  readonly rest: string | undefined;
  readonly next: readonly NextStep[];
};

/** More do not fit into half a minute of reading. */
const most = { rows: 10, lines: 5, problems: 20 };

/** `all`: nothing is put together, and nothing is cut. */
export function reportOf(review: Review, all: boolean): Report {
  if (review.verdict === "broken") return broken(review, all);
  const reasons = reasonsToDecide(review);
  const rows = groupChanges(review.changes, all);
  const cutRows = all ? rows : rows.slice(0, most.rows);
  return {
    verdict: review.verdict,
    headline: `${specPath}, compared with ${review.base}: ${reasons.length === 0 ? "nothing changes in meaning" : reasons.join("; ")}.`,
    rows: cutRows,
    sections: [
      ...more(rows.length - cutRows.length, "changes"),
      ...disagreements(review, all).map((section) => (all ? section : cut(section))),
      ...survivors(review),
    ],
    rest: restOf(review),
    next: nextSteps(review),
  };
}

function broken({ problems }: Extract<Review, { verdict: "broken" }>, all: boolean): Report {
  const lines = problems.map((one) => {
    const hint = hintFor(one);
    return `${specPath}:${one.line}:${one.column} ${one.rule}: ${one.message}${hint === undefined ? "" : ` To mend it: ${hint}.`}`;
  });
  const problem = { title: "Problems", lines };
  const sections = [all ? problem : cut(problem, most.problems)];
  return { verdict: "broken", headline: `${specPath} cannot be judged.`, rows: [], sections, rest: undefined, next: [] };
}

function cut({ title, lines }: Section, length = most.lines): Section {
  if (lines.length <= length + 1) return { title, lines };
  return { title, lines: [...lines.slice(0, length), `… and ${lines.length - length} more: --all shows them`] };
}

function more(count: number, what: string): Section[] {
  return count <= 0 ? [] : [{ title: `… and ${count} more ${what}: --all shows them`, lines: [] }];
}

function survivors({ mutation }: Findings): Section[] {
  const open = typeof mutation === "string" ? [] : unexplained(mutation);
  const lines = open.map(({ at, line, change }) => `${at} (line ${line}): ${change}`);
  return lines.length === 0 ? [] : [cut({ title: "Mutations that survived without a reason", lines })];
}

/** What changes in the files, and what agrees; nothing about what does not change. */
function restOf({ generated, surface, drift, judgement, client, compileProblems, changes }: Findings): string | undefined {
  if (changes.length === 0 && generated.length === 0) return undefined;
  const count = (diffs: Findings["generated"]) => diffs.reduce((sum, { pairs }) => sum + pairs.length, 0);
  const files = [
    ...(count(generated) > 0 ? [`${count(generated)} of generated/`] : []),
    ...(count(surface) > 0 ? [`${count(surface)} of the public API`] : []),
  ];
  const { facts, types, mock, proxy } = judgement;
  const agreeing = [
    ...(facts.length === 0 ? ["the facts"] : []),
    ...(types.length === 0 ? ["the stated types"] : []),
    ...(mock.length + proxy.length === 0 ? ["the contract cases"] : []),
    ...(compileProblems.length + client.length === 0 ? ["the client's code"] : []),
    ...(drift.length > 0 && drift.every(({ agrees }) => agrees) ? ["Microsoft's metadata"] : []),
  ];
  return [
    ...(agreeing.length === 0 ? [] : [`Agreeing: ${agreeing.join(", ")}.`]),
    ...(files.length === 0 ? [] : [`Lines that change: ${files.join(", ")}.`]),
  ].join(" ");
}
