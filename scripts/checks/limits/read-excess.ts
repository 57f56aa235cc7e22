import type { Excess } from "./judge-limits.ts";

type Diagnostic = {
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number } };
};

const rules = ["lint/complexity/noExcessiveLinesPerFunction", "lint/style/noExcessiveLinesPerFile"];

/** What biome's report in JSON says of the two limits. The function's own line is looked up, for the report does not name it. */
export function readExcess(report: string, lineOf: (file: string, line: number) => string): Excess[] {
  const { diagnostics } = JSON.parse(report) as { readonly diagnostics: readonly Diagnostic[] };
  return diagnostics
    .filter(({ category }) => rules.includes(category))
    .map(({ category, message, location }) => {
      const [, lines, limit] = /\((\d+)\)\D+(\d+)/.exec(message) ?? [];
      if (lines === undefined || limit === undefined) throw new Error(`biome says it in other words now: ${message}`);
      const file = location.path.replaceAll("\\", "/");
      const { line } = location.start;
      return { file, line, opening: category === rules[0] ? lineOf(file, line) : undefined, lines: Number(lines), limit: Number(limit) };
    });
}
