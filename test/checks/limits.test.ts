import { expect, test } from "vitest";
import { judgeLimits } from "../../scripts/checks/limits/judge-limits.ts";
import { readExcess } from "../../scripts/checks/limits/read-excess.ts";

const long = { file: "src/a.ts", line: 3, opening: "export function createGate() {", lines: 50, limit: 40 };
const reason = "It has one.";

test("what is over a limit is named with its line, its length and the limit", () => {
  expect(judgeLimits([long], [])).toEqual([expect.stringContaining("src/a.ts:3 this function has 50 lines; the limit is 40.")]);
  expect(judgeLimits([{ ...long, opening: undefined }], [])).toEqual([expect.stringContaining("src/a.ts:3 the file has 50 lines")]);
});

test("an exception lets a function be longer, up to its own limit", () => {
  const exceptions = [{ file: "src/a.ts", of: "createGate", atMost: 50, reason }];
  expect(judgeLimits([long], exceptions)).toEqual([]);
  expect(judgeLimits([{ ...long, lines: 51 }], exceptions)).toEqual([expect.stringContaining("the limit is 50, by its exception")]);
});

test.each([
  ["another function of the file", { file: "src/a.ts", of: "createGates", atMost: 50, reason }],
  ["the file itself", { file: "src/a.ts", atMost: 50, reason }],
  ["another file", { file: "src/b.ts", of: "createGate", atMost: 50, reason }],
])("an exception for %s does not cover it, and is one that nobody needs", (_, exception) => {
  expect(judgeLimits([long], [exception])).toEqual([
    expect.stringContaining("this function has 50 lines"),
    expect.stringMatching(/keeps the limit: take it out of/),
  ]);
});

const diagnostic = (category: string, message: string) => ({
  severity: "info",
  message,
  category,
  location: { path: "src/a.ts", start: { line: 3, column: 8 } },
});

test("biome's report is read for the two limits and nothing else", () => {
  const report = JSON.stringify({
    diagnostics: [
      diagnostic("lint/complexity/noExcessiveLinesPerFunction", "This function has too many lines (50). Maximum allowed is 40."),
      diagnostic("lint/style/noExcessiveLinesPerFile", "This file has too many lines (210). Maximum allowed is 200."),
      diagnostic("lint/style/useConst", "This let declares a variable that is only assigned once."),
    ],
  });
  expect(readExcess(report, (file, line) => `${file} ${line}`)).toEqual([
    { file: "src/a.ts", line: 3, opening: "src/a.ts 3", lines: 50, limit: 40 },
    { file: "src/a.ts", line: 3, opening: undefined, lines: 210, limit: 200 },
  ]);
});

test("a report in other words is an error, not a pass", () => {
  const report = JSON.stringify({ diagnostics: [diagnostic("lint/style/noExcessiveLinesPerFile", "Too long.")] });
  expect(() => readExcess(report, () => "")).toThrow("biome says it in other words now: Too long.");
});
