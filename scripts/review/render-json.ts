import type { Findings, Review } from "./findings.ts";
import { nextSteps } from "./next-steps.ts";
import { reportOf } from "./report.ts";

/** Raised when a field goes away or means something else; a field more is no change of the format. */
const format = 1;

/** The review for programs; openapi/README.md lists the fields. The same fields are there whatever the verdict is. */
export function renderJson(review: Review): string {
  const { mutation: _, ...found } =
    review.verdict === "broken" ? { ...nothing, ...review } : { ...review, problems: [], next: nextSteps(review) };
  const { headline, rows, sections, rest = null } = reportOf(review, false);
  const report = { headline, rows, sections, rest };
  return JSON.stringify({ format, ...found, changelog: found.changelog ?? null, report }, undefined, 2);
}

const nothing: Omit<Findings, "base" | "mutation"> & {
  readonly base: null;
  readonly mutation: undefined;
  readonly next: readonly string[];
} = {
  base: null,
  bump: "none",
  changes: [],
  changelog: undefined,
  stale: [],
  generated: [],
  surface: [],
  compileProblems: [],
  judgement: { facts: [], types: [], mock: [], proxy: [] },
  client: [],
  drift: [],
  mutation: undefined,
  next: [],
};
