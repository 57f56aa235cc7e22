import { type Judgement, type Suite, suites } from "../judges/judgement.ts";
import { showPath } from "../spec/places.ts";
import type { Mutant } from "./mutants.ts";
import type { ReviewedSurvivor } from "./survivors.ts";

/** One constraint of the spec, and who notices when it changes. */
export type Constraint = {
  readonly at: string;
  readonly line: number;
  /** How many changes were tried. */
  readonly mutants: number;
  /** How many of them each suite noticed. */
  readonly noticed: Readonly<Record<Suite, number>>;
};
export type Survivor = { readonly at: string; readonly line: number; readonly change: string; readonly reason?: string };
export type MutationReport = {
  /** Of the spec's text: a report of another text says nothing about this one. */
  readonly sha256: string;
  readonly seconds: number;
  readonly mutants: number;
  readonly noticed: Readonly<Record<Suite, number>>;
  readonly constraints: readonly Constraint[];
  readonly survivors: readonly Survivor[];
  /** Entries of the reviewed list that no longer survive: to be taken out. */
  readonly outdated: readonly ReviewedSurvivor[];
};

type Judged = { readonly mutant: Mutant; readonly judgement: Judgement };

export function reportOf(
  judged: readonly Judged[],
  placeOf: (path: Mutant["path"]) => readonly [number, number],
  reviewed: readonly ReviewedSurvivor[],
  run: { readonly sha256: string; readonly seconds: number },
): MutationReport {
  const byConstraint = Map.groupBy(judged, ({ mutant }) => showPath(mutant.path));
  const constraints = [...byConstraint].map(([at, group]) => ({
    at,
    line: lineOf(group[0]),
    mutants: group.length,
    noticed: countNoticed(group),
  }));
  const surviving = judged.filter(({ judgement }) => suites.every((suite) => judgement[suite].length === 0));
  const survivors = surviving.map((one): Survivor => {
    const [at, change] = [showPath(one.mutant.path), one.mutant.what];
    const reason = reviewed.find((entry) => entry.constraint === at && entry.change === change)?.reason;
    return { at, line: lineOf(one), change, ...(reason === undefined ? {} : { reason }) };
  });
  const outdated = reviewed.filter(({ constraint, change }) => !survivors.some((one) => one.at === constraint && one.change === change));
  return { ...run, mutants: judged.length, noticed: countNoticed(judged), constraints, survivors, outdated };

  function lineOf(one: Judged | undefined): number {
    return one === undefined ? 1 : placeOf(one.mutant.path)[0];
  }
}

/** Those that somebody must look at. */
export function unexplained({ survivors }: MutationReport): Survivor[] {
  return survivors.filter(({ reason }) => reason === undefined);
}

/** Constraints whose change the facts alone notice: no test sends anything that would show it. */
export function heldByFactsAlone({ constraints }: MutationReport): Constraint[] {
  return constraints.filter(({ noticed }) => noticed.facts > 0 && noticed.types + noticed.mock + noticed.proxy === 0);
}

function countNoticed(group: readonly Judged[]): Record<Suite, number> {
  const count = (suite: Suite) => group.filter(({ judgement }) => judgement[suite].length > 0).length;
  return { facts: count("facts"), types: count("types"), mock: count("mock"), proxy: count("proxy") };
}
