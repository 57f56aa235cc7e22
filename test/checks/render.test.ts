import { describe, expect, test } from "vitest";
import { readReport } from "../../scripts/checks/runner/read-report.ts";
import { stageText, summaryText } from "../../scripts/checks/runner/render.ts";
import { docs, failed, faults, lint, passed } from "./planted-stages.ts";

describe("a stage that ends", () => {
  test("passed: one line, with the counts of tests or what the check said last", () => {
    expect(stageText(passed(lint))).toBe("ok lint         1.3 s  all is well");
    expect(stageText(passed(docs, { passed: 7, skipped: 2 }))).toBe("ok docs         1.3 s  7 passed, 0 failed, 2 skipped");
  });

  test("passed, but not all was looked at: that line is printed too", () => {
    const output = "\nNo browser: the tests are SKIPPED.\nTests 7 passed\n";
    expect(stageText({ ...passed(docs), output }).split("\n")[1]).toBe("No browser: the tests are SKIPPED.");
  });

  test("failed: the first lines say what to run again, then comes the whole output", () => {
    expect(stageText(failed(docs, ["test/docs/site.test.ts"]))).toBe(
      [
        "FAILED docs: docs, after 2.0 s",
        "Again: npm test -- --only docs",
        "   or: npx vitest run --project docs test/docs/site.test.ts",
        "",
        "this is wrong",
        "",
      ].join("\n"),
    );
    expect(stageText(failed(lint))).toContain("Again: npm test -- --only lint\n   or: npx biome check .\n");
  });

  test("ended because another failed: nothing", () => {
    expect(stageText({ ...failed(docs), outcome: "ended" })).toBe("");
  });
});

describe("the end of the output", () => {
  test("a table of stages and times, then the counts alone on the last line", () => {
    expect(summaryText([lint, docs], [passed(docs, { passed: 41, skipped: 2 }), passed(lint)], 3).split("\n")).toEqual([
      "",
      "stage       result   seconds",
      "lint        passed       1.3",
      "docs        passed       1.3",
      "total                    3.0",
      "",
      "42 passed, 0 failed, 2 skipped",
    ]);
  });

  test("after a failure it says again what to run, and which stages never ran", () => {
    expect(summaryText([lint, docs, faults], [failed(lint), { ...passed(docs, {}), outcome: "ended" }], 3).split("\n")).toEqual([
      "",
      "stage       result   seconds",
      "lint        failed       2.0",
      "docs        ended        1.3",
      "faults      not run",
      "total                    3.0",
      "",
      "Again: npm test -- --only lint",
      "   or: npx biome check .",
      "0 passed, 1 failed",
    ]);
  });
});

describe("the report of vitest", () => {
  const file = (name: string, status: string, ...tests: string[]) => ({
    name: `/repository/${name}`,
    status,
    assertionResults: tests.map((one) => ({ status: one })),
  });
  const report = (failures: number, ...testResults: ReturnType<typeof file>[]) =>
    JSON.stringify({ numPassedTests: 5, numFailedTests: failures, numPendingTests: 1, numTodoTests: 1, testResults });

  test("counts what passed, failed and was skipped, and names the files that failed", () => {
    const text = report(1, file("test/a.test.ts", "passed", "passed"), file("test/b.test.ts", "failed", "failed"));
    expect(readReport(text, 1, "/repository/")).toEqual({ counts: { passed: 5, failed: 1, skipped: 2 }, files: ["test/b.test.ts"] });
  });

  test("a file that cannot be loaded is a failure", () => {
    const { counts, files } = readReport(report(0, file("test/a.test.ts", "failed")), 1, "/repository/");
    expect([counts.failed, files]).toEqual([1, ["test/a.test.ts"]]);
  });

  test("so is an error outside of every test, and a run without a report", () => {
    expect(readReport(report(0), 1, "/repository/").counts.failed).toBe(1);
    expect(readReport(undefined, 0, "/repository/").counts.failed).toBe(1);
    expect(readReport(report(0), 0, "/repository/").counts.failed).toBe(0);
  });
});
