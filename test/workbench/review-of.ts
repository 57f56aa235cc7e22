import { highest } from "../../scripts/review/change.ts";
import { changesOf } from "../../scripts/review/compatibility.ts";
import type { Findings, Review } from "../../scripts/review/findings.ts";
import { noPlan } from "../../scripts/review/next/plan-type.ts";
import { frozenSpec } from "../support/frozen.ts";

/** A review of an edit whose judges found what is given, and else nothing. */
export function reviewOf(edit: (text: string) => string, found: Partial<Findings> = {}): Review {
  const changes = changesOf(frozenSpec, edit(frozenSpec));
  const nothing = {
    changelog: undefined,
    stale: [],
    generated: [],
    surface: [],
    staleSurface: [],
    compileProblems: [],
    client: [],
    drift: [],
    gaps: [],
    plan: noPlan,
    mutation: "none",
  } as const;
  const judgement = { facts: [], types: [], mock: [], proxy: [] };
  return {
    verdict: "decision",
    base: "main (1234567)",
    changes,
    bump: highest(changes.map(({ bump }) => bump)),
    judgement,
    ...nothing,
    ...found,
  };
}

/** A property of an answer has another name, wherever it stands. */
export const rename = (text: string) => text.replaceAll("subcode", "subCode");
