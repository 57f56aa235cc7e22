import type { Judgement } from "../judges/judgement.ts";
import { type MutationReport, unexplained } from "../mutate/report.ts";
import type { Problem } from "../spec/problem.ts";
import type { Bump, Change } from "./change.ts";
import type { Plan } from "./next/plan-type.ts";
import type { FileDiff } from "./side-by-side.ts";

/** fine: nothing changes in meaning. decision: somebody must decide. broken: it cannot be judged. */
export type Verdict = "fine" | "decision" | "broken";

/** What Microsoft's metadata says about the revision, by file. */
export type Drift = {
  readonly file: string;
  readonly agrees: boolean;
  readonly differences: readonly string[];
  /** Where we mean to differ, with the reason. */
  readonly chosen: readonly string[];
  /** Those of the differences that an entry of openapi/reviewed-differences.yaml would choose, letter for letter. */
  readonly reviewable: readonly string[];
  /** Entries of that list that are no difference any more. */
  readonly outdated: readonly string[];
};

/** What one review found out about a text of the spec. */
export type Findings = {
  readonly base: string;
  readonly changes: readonly Change[];
  readonly bump: Bump | "none";
  /** What CHANGELOG.md lacks. */
  readonly changelog: string | undefined;
  /** Files of `generated/` that do not come from this text. */
  readonly stale: readonly string[];
  readonly generated: readonly FileDiff[];
  readonly surface: readonly FileDiff[];
  /** Files of the report of the public API that are not as this text makes them. */
  readonly staleSurface: readonly string[];
  /** Why `src/` would not compile with what is generated from this text. */
  readonly compileProblems: readonly { readonly file: string; readonly line: number; readonly message: string }[];
  readonly judgement: Judgement;
  /** What the client reads and the spec has no more, examples that it does not take, and keywords that it does not enforce. */
  readonly client: readonly string[];
  readonly drift: readonly Drift[];
  /** What the document itself still lacks, with the line. */
  readonly gaps: readonly string[];
  /** What is to be written where, so that everything follows. */
  readonly plan: Plan;
  /** The last mutation run: of this text, of another one, or none. */
  readonly mutation: MutationReport | "of another text" | "none";
};

export type Review =
  | { readonly verdict: "broken"; readonly problems: readonly Problem[] }
  | ({ readonly verdict: "fine" | "decision" } & Findings);

/** Why somebody must decide, one line each; none: it is fine. */
export function reasonsToDecide({ changes, judgement, client, drift, compileProblems, plan, gaps, mutation }: Findings): string[] {
  const asking = changes.filter(({ bump }) => bump !== "patch").length;
  const { facts, types, mock, proxy } = judgement;
  const cases = mock.length + proxy.length;
  const survivors = typeof mutation === "string" ? 0 : unexplained(mutation).length;
  return [
    ...count(asking, "change to decide about", "changes to decide about"),
    ...count(facts.length, "stated fact disagrees", "stated facts disagree"),
    ...count(types.length, "stated type disagrees", "stated types disagree"),
    ...count(cases, "case of the contract tests disagrees", "cases of the contract tests disagree"),
    ...count(compileProblems.length, "place in the client does not compile", "places in the client do not compile"),
    ...count(client.length, "case of the client's own disagrees", "cases of the client's own disagree"),
    ...(drift.some(({ agrees }) => !agrees) ? ["Microsoft's metadata disagrees"] : []),
    ...count(gaps.length, "place of the spec asks for another", "places of the spec ask for another"),
    ...count(plan.todos.length, "place left to be written (TODO)", "places left to be written (TODO)"),
    ...count(survivors, "mutation survived without a reason", "mutations survived without a reason"),
  ];
}

function count(number: number, one: string, many: string): string[] {
  return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
}
