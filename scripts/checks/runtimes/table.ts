import type { Result } from "./suite.ts";

/** A runtime, and what came of the suite in it; or why it was skipped. */
export type Row = { readonly name: string } & (
  | { readonly results: readonly Result[]; readonly ms: number; readonly missing?: undefined }
  | { readonly missing: string; readonly results?: undefined }
);

const failed = (row: Row): readonly Result[] => row.results?.filter(({ said }) => said !== "") ?? [];
const isFailed = (row: Row): boolean => row.results !== undefined && (row.results.length === 0 || failed(row).length > 0);

/** One line for each runtime, and below it what a test said that failed. */
export function renderTable(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.flatMap((row) => [`${row.name.padEnd(width)}  ${verdictOf(row)}`, ...failed(row).map(explain)]).join("\n");
}

function verdictOf(row: Row): string {
  if (row.results === undefined) return `SKIPPED: ${row.missing}`;
  const passed = row.results.length - failed(row).length;
  return `${isFailed(row) ? "FAILED" : "ok"}  ${passed} of ${row.results.length} tests, ${(row.ms / 1000).toFixed(1)} s`;
}

const explain = ({ name, said }: Result) => `  ${name}: ${said.replaceAll("\n", "\n    ")}`;

/** The last line, and the exit code: what was skipped is no failure, but nobody may miss it. */
export function summarize(rows: readonly Row[]): { readonly line: string; readonly code: number } {
  const skipped = rows.filter(({ missing }) => missing !== undefined).map(({ name }) => name);
  const bad = rows.filter(isFailed).map(({ name }) => name);
  const parts = [
    `${rows.length - skipped.length - bad.length} runtimes passed`,
    `${bad.length} failed${bad.length > 0 ? ` (${bad.join(", ")})` : ""}`,
    ...(skipped.length > 0 ? [`Notice: ${skipped.length} skipped (${skipped.join(", ")})`] : []),
  ];
  return { line: `${parts.join(", ")}.`, code: bad.length > 0 ? 1 : 0 };
}
