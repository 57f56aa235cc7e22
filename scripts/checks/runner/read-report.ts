import type { Counts } from "./stage.ts";

type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

/** What a run of vitest came to, from its report in JSON. Without a report nothing was tested, whatever the exit code says. */
export function readReport(text: string | undefined, code: number, root: string): { readonly counts: Counts; readonly files: string[] } {
  if (text === undefined) return { counts: { passed: 0, failed: 1, skipped: 0 }, files: [] };
  const report = JSON.parse(text) as Report;
  const broken = report.testResults.filter(({ status }) => status === "failed");
  // A file that cannot even be loaded has no failed test.
  const unloaded = broken.filter(({ assertionResults }) => !assertionResults.some(({ status }) => status === "failed"));
  const failed = report.numFailedTests + unloaded.length;
  return {
    counts: {
      passed: report.numPassedTests,
      // An error outside of every test, or a setup that failed.
      failed: failed === 0 && code !== 0 ? 1 : failed,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    files: broken.map(({ name }) => name.replaceAll("\\", "/").replace(root.replaceAll("\\", "/"), "")),
  };
}
