import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import type { Review } from "./findings.ts";
import { renderJson } from "./render-json.ts";
import { renderMarkdown } from "./render-markdown.ts";

/** Rules that say that the document is none, or leads nowhere: bad input, which is written over nothing. */
const badInput = ["yaml", "openapi", "struct", "no-unresolved-refs"];

/** Writes `review/`. Bad input leaves an older report as it is: false. */
export function writeReport(root: string, review: Review): boolean {
  const [markdown, json] = ["review/report.md", "review/report.json"].map((path) => root + path) as [string, string];
  if (review.verdict === "broken" && existsSync(json) && review.problems.some(({ rule }) => badInput.includes(rule))) return false;
  mkdirSync(`${root}review`, { recursive: true });
  writeFileSync(json, `${renderJson(review)}\n`);
  writeFileSync(markdown, renderMarkdown(review));
  return true;
}
