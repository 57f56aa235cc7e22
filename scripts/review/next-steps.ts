import type { Findings } from "./findings.ts";

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
