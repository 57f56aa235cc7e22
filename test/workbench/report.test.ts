// What a person reads of a review: short, the same in a terminal and in a pull request, and safe in both.

import { afterAll, expect, test, vi } from "vitest";
import type { Findings, Review } from "../../scripts/review/findings.ts";
import { noPlan } from "../../scripts/review/next/plan-type.ts";
import { renderAnnotations } from "../../scripts/review/render-github.ts";
import { renderJson } from "../../scripts/review/render-json.ts";
import { renderMarkdown } from "../../scripts/review/render-markdown.ts";
import { renderTerminal } from "../../scripts/review/render-terminal.ts";
import { reportOf } from "../../scripts/review/report.ts";
import { frozenLimit as limit } from "../support/frozen.ts";
import { rename, reviewOf } from "./review-of.ts";

vi.stubEnv("FORCE_COLOR", undefined);
vi.stubEnv("NO_COLOR", "1");
afterAll(() => void vi.unstubAllEnvs());

const shown = (review: Review, all = false) => renderTerminal(reportOf(review, all)).trim().split("\n");

test("a rename is one line, and the examples that show it are one more", () => {
  const lines = shown(reviewOf(rename)).filter((line) => /^ {2}(major|minor|patch)/.test(line));
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^ {2}major both {3}wire line \d+ +schemas › ResultInfo › properties › subCode: renamed from subcode\. /);
  expect(lines[2]).toMatch(
    /^ {2}patch caller – .*examples: updateFailed, operationCompleted, operationFailed, notificationDocumented and 1 more\. /,
  );
});

test("the same change at several operations is one line; --all shows each", () => {
  const review = reviewOf((text) => text.replaceAll("        - graphApplication: [Calls.AccessMedia.All]\n", ""));
  const changes = (all: boolean) => shown(review, all).filter((line) => line.startsWith("  major"));
  expect(changes(false)).toHaveLength(1);
  expect(changes(false)[0]).toContain("and the same at 2 more places. Callers that have no more than Calls.AccessMedia.All are refused.");
  expect(changes(true)).toHaveLength(3);
});

test("facts are told by component, cases by outcome, equal files of metadata together; --all tells each", () => {
  const entries = { reviewable: ["a differs"], outdated: [] };
  const file = (name: string) => ({
    file: `../${name}`,
    agrees: false,
    differences: ["a differs"],
    chosen: ["b differs: we chose"],
    ...entries,
  });
  const where = 'state it near scripts/judges/facts/a.ts:7, "x": fact(1, "<its source>"), or take it out of the spec.';
  const review = reviewOf(rename, {
    judgement: {
      facts: ["type", "format"].map((keyword) => `schema A.b: ${keyword} is new in openapi/recording-status.yaml ("x"): ${where}`),
      types: [],
      mock: ["POST /a one: the mock answers 200, not 400", "POST /a two: the mock answers 200, not 400"],
      proxy: [],
    },
    drift: [file("one.csdl"), file("two.csdl")],
  });
  const text = shown(review).join("\n");
  expect(text).toContain("  schema A: 2 facts are new (state them near scripts/judges/facts/a.ts:7)");
  expect(text).toContain("  2 cases: the mock answers 200, not 400. The first: POST /a one");
  expect(text).toContain("Microsoft's metadata differs, one.csdl and two.csdl\n  a differs");
  expect(text).not.toContain("we chose");
  const everything = shown(review, true).join("\n");
  for (const part of ["fact(1,", "POST /a two", "b differs: we chose"]) expect(everything).toContain(part);
});

test("the headline counts what the report lists, by its name: stated types are no contract cases", () => {
  const names = ["entity", "action", "a", "b", "c", "d"];
  const types = names.map((name) => `the type of ${name} is not as stated in scripts/judges/wire-types.ts:7: it lacks "a"`);
  const paste = { file: "scripts/judges/wire-types.ts", line: 7, gone: 1, text: ["x"] };
  const found = (judgement: Partial<Findings["judgement"]>, pastes = [paste]) => {
    const plan = { ...noPlan, pastes: { ...noPlan.pastes, types: pastes } };
    return shown(reviewOf(rename, { judgement: { facts: [], types: [], mock: [], proxy: [], ...judgement }, plan })).join("\n");
  };
  const mock = ["POST /a one: the mock answers 200, not 400"];
  const both = found({ types: types.slice(0, 2), mock });
  expect(both).toContain("; 2 stated types disagree; 1 case of the contract tests disagrees.");
  expect(both).toContain("  State the types of entity, action: ");
  expect(both).toContain("Contract cases that disagree\n  POST /a one: the mock answers 200, not 400\n");
  expect(found({ types })).toContain("  State the types of entity, action, a, b and 2 more: ");
  const unplanned = found({ types: types.slice(0, 1) }, []);
  expect(unplanned).toMatch(/; 1 stated type disagrees\.[\s\S]+\nStated types that disagree\n {2}the type of entity is not /);
  expect(unplanned).toContain("Agreeing: the facts, the contract cases, the client's code.");
});

test("what does not change and what was not run is not spoken of", () => {
  const text = shown(reviewOf((one) => one.replace(`maxLength: ${limit}`, `maxLength: ${2 * limit}`))).join("\n");
  expect(text).not.toMatch(/\b0 |generated|public API|[Mm]utation|not compared/);
  expect(text).toContain("Agreeing: the facts, the stated types, the contract cases, the client's code.");
});

test("what was run is not asked for again: the public API differs from the base's, and is written already", () => {
  const surface = [{ file: "index.d.ts", pairs: [{ before: "a: string;", after: "b: string;" }] }];
  const asked = (staleSurface: readonly string[]) =>
    reportOf(reviewOf(rename, { surface, staleSurface }), false).next.map(({ say }) => say);
  expect(asked(["index.d.ts"]).join()).toContain("`npm run api`");
  expect(asked([]).join()).not.toContain("`npm run api`");
});

test("what is to be run is the last line of Next: whatever is written by hand comes before it", () => {
  const todos = ["scripts/judges/facts/a.ts:1: TODO source"];
  const last = (found: Partial<Findings>) => reportOf(reviewOf(rename, found), false).next.at(-1)?.say;
  const plan = { ...noPlan, developer: ["a.ts:1 is gone"], todos };
  expect(last({ plan, changelog: "CHANGELOG.md has no new line.", stale: ["a"], staleSurface: ["b"] })).toBe(
    "generated/ does not come from this text: when all that is done, run `npm run generate`, then `npm run api`, then `npm run format`, and again after any later change; commit what they write.",
  );
  expect(last({ plan: { ...noPlan, todos } })).toBe(
    "When all that is done, run `npm run format`, and again after any later change; commit what it writes.",
  );
});

test("Markdown says what the terminal says", () => {
  const review = reviewOf(rename, { changelog: "CHANGELOG.md lacks a line." });
  const markdown = renderMarkdown(review);
  const { headline, rows, rest, next } = reportOf(review, false);
  for (const part of [headline, ...rows.map(({ text }) => text), rest ?? "", ...next.map(({ say }) => say)])
    expect(markdown).toContain(part.replaceAll("_", "\\_"));
  expect(markdown).toMatch(
    /- \*\*major\*\*, both, on the wire, line \d+: schemas › ResultInfo › properties › subCode: renamed from subcode\./,
  );
  // A table is wider than a phone.
  expect(markdown).not.toMatch(/^\|/m);
});

test("names of the document are no markup, no table and no command", () => {
  const review = reviewOf((text) => text.replaceAll("subcode", "'::error::a|b<img>*%'"));
  expect(renderMarkdown(review)).toContain("::error::a\\|b&lt;img&gt;\\*%: renamed from subcode");
  expect(renderMarkdown(reviewOf(rename, { client: ["`a_b[]` is @odata.type [x](y) of #1"] }))).toContain(
    "- `a_b[]` is @\u2060odata.type \\[x\\](y) of #\u20601",
  );
  const lines = renderAnnotations(review);
  for (const line of lines)
    expect(line).toMatch(/^::(error|warning|notice) file=openapi\/recording-status\.yaml,line=\d+,title=[^,:]+::[^\r\n]+$/);
  expect(lines[0]).toContain("::error::a|b<img>*%25: renamed from subcode");
});

test("the JSON has the same fields whatever the verdict is", () => {
  const judged = JSON.parse(renderJson(reviewOf(rename)));
  const broken = JSON.parse(
    renderJson({ verdict: "broken", problems: [{ rule: "yaml", severity: "error", message: "No.", line: 1, column: 1 }] }),
  );
  expect(Object.keys(broken).sort()).toEqual(Object.keys(judged).sort());
  expect(judged).toMatchObject({ format: 1, verdict: "decision", bump: "major", problems: [], changelog: null });
  expect(Object.keys(judged.changes[0]).sort()).toEqual(["bump", "line", "path", "side", "subject", "what", "why", "wire"]);
});
