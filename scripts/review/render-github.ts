import { specPath } from "../spec/document.ts";
import type { Review } from "./findings.ts";

type Level = "error" | "warning" | "notice";

const levels = { major: "error", minor: "warning", patch: "notice" } as const;

/** Annotations of the YAML's lines, as GitHub Actions reads them from the output of a step. */
export function renderAnnotations(review: Review): string[] {
  if (review.verdict === "broken")
    return review.problems.map(({ rule, message, line, column }) => annotation("error", { line, col: column, title: rule }, message));
  return review.changes.map(({ bump, side, wire, line, subject, what, why }) =>
    annotation(levels[bump], { line, title: `${bump}, ${side}, on the wire: ${wire}` }, `${subject}: ${what}. ${why}`),
  );
}

function annotation(level: Level, properties: Readonly<Record<string, string | number>>, message: string): string {
  const all = Object.entries({ file: specPath, ...properties }).map(([name, value]) => `${name}=${escapedProperty(`${value}`)}`);
  return `::${level} ${all.join(",")}::${escaped(message)}`;
}

/** As GitHub's own toolkit escapes: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
