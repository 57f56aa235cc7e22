import type { Findings, Review } from "./findings.ts";
import { placeOf } from "./next/paste.ts";
import { type NextStep, nextSteps, stepLine } from "./next-steps.ts";
import { stepWords } from "./render-markdown.ts";
import { reportOf } from "./report.ts";

/** Raised when a field goes away or means something else; a field more is no change of the format. */
const format = 1;

/** The review for programs; openapi/README.md lists the fields. The same fields are there whatever the verdict is. */
export function renderJson(review: Review): string {
  const { mutation: _, plan: __, ...found } = review.verdict === "broken" ? { ...nothing, ...review } : { ...review, ...stepsOf(review) };
  return JSON.stringify({ format, ...found, changelog: found.changelog ?? null, report: shownOf(review) }, undefined, 2);
}

/** What a person reads, for whoever shows it elsewhere. */
function shownOf(review: Review) {
  const { headline, rows, sections, rest = null, next } = reportOf(review, false);
  const pastesOf = ({ pastes }: NextStep) => pastes.map((paste) => ({ place: placeOf(paste), text: paste.text }));
  return { headline, rows, sections, rest, next: next.map((step) => ({ say: stepWords(step), pastes: pastesOf(step) })) };
}

function stepsOf(findings: Findings) {
  const steps = nextSteps(findings);
  return { problems: [], next: steps.map(stepLine), pastes: steps.flatMap(({ pastes }) => pastes), todos: findings.plan.todos };
}

const nothing: Omit<Findings, "base" | "mutation" | "plan"> & {
  readonly base: null;
  readonly mutation: undefined;
  readonly plan: undefined;
  readonly next: readonly string[];
  readonly pastes: readonly [];
  readonly todos: readonly [];
} = {
  base: null,
  bump: "none",
  changes: [],
  changelog: undefined,
  stale: [],
  generated: [],
  surface: [],
  staleSurface: [],
  compileProblems: [],
  judgement: { facts: [], types: [], mock: [], proxy: [] },
  client: [],
  drift: [],
  mutation: undefined,
  plan: undefined,
  gaps: [],
  next: [],
  pastes: [],
  todos: [],
};
