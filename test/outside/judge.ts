// The judgement: what stood in the sinks, and what bodies, recorders and works did, against what the scripted Graph had received and answered.
import type { Facts } from "./bot.ts";
import { nothingRaised, recorderStops, rightSettlement, withinBounds } from "./rule-bounds.ts";
import { journalled } from "./rule-journal.ts";
import { endedBeforeReport, nothingAfterReport, nothingEarly, nothingNew } from "./rule-order.ts";
import { leftOn, repeatedReport, rightStatus } from "./rule-report.ts";

const rules = [
  nothingEarly,
  endedBeforeReport,
  nothingAfterReport,
  nothingNew,
  rightStatus,
  withinBounds,
  repeatedReport,
  leftOn,
  recorderStops,
  nothingRaised,
  rightSettlement,
  journalled,
  ({ graph }: Facts) => [...graph.wrongs],
];

/** What was wrong with a run, each with the letter of its rule; empty when all is well. */
export function judge(facts: Facts): string[] {
  return [...new Set(rules.flatMap((rule) => rule(facts)))].sort();
}
