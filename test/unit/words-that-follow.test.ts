// What the pages of docs/ and CHANGELOG.md say of clouds, codes, statuses and properties is what the spec and src/ say. A failure says what to write where.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { commsCodes } from "../../src/model/comms-codes.ts";
import { clouds, retryableStatuses, unsupportedClouds, updateRecordingStatusRequestSchema } from "../../src/wire.ts";
import { responseExamples } from "../support/examples.ts";
import { hints } from "../support/expected.ts";
import { resolve } from "../support/spec.ts";
import { createObservedClient } from "./observed-client.ts";
import { row, strayList, strayRows, unmentioned } from "./words-that-follow.ts";

const spec = "openapi/recording-status.yaml";
const page = (name: string) => ({ file: `docs/${name}.md`, text: readFileSync(`docs/${name}.md`, "utf8") });
const options = page("options");
const changelog = readFileSync("CHANGELOG.md", "utf8");
const properties = Object.keys(updateRecordingStatusRequestSchema.properties);
const codes = Object.entries(commsCodes);

/** The first line of the failure is the first thing to do. */
function expectNothing(toDo: readonly string[]): void {
  if (toDo.length > 0) throw new Error(toDo.join("\n"));
}

describe("docs/", () => {
  test("has a row for each communications code", () => {
    const rows = new Map(codes.map(([code, { meaning, fix }]) => [code, row(code, meaning, fix)]));
    expectNothing(strayRows({ ...page("errors"), head: "| `commsCode` |", rows, source: "src/model/comms-codes.ts" }));
  });

  test("has a row for each cloud", () => {
    const rows = Object.entries(clouds).map(([name, { versions, tokenScope, authorityHost }]) => {
      const roots = Object.values(versions).map((root, index) => `\`${index === 0 ? root : root.replace(/^.*\//, "…/")}\``);
      const names = Object.keys(versions).map((version) => `\`${version}\``);
      return [name, row(`\`${name}\``, names.join(", "), roots.join(", "), `\`${tokenScope}\``, `\`${authorityHost}\``)] as const;
    });
    expectNothing(strayRows({ ...page("clouds"), head: "| `cloud` | `version` |", rows: new Map(rows), source: `servers in ${spec}` }));
  });

  test("has a row for each cloud and version that is refused", () => {
    const rows = unsupportedClouds.map(({ name, reason, ...more }) => {
      const what = "version" in more ? `\`${name}\` ${more.version}` : `\`${name}\``;
      return [what.replaceAll("`", ""), row(what, reason)] as const;
    });
    expectNothing(strayRows({ ...page("clouds"), head: "| Refused |", rows: new Map(rows), source: `x-unsupported-clouds in ${spec}` }));
  });

  test("lists the statuses that are repeated", () => {
    const { file, text } = page("attempts");
    expectNothing(strayList(file, text, retryableStatuses, `x-retryable in ${spec}`));
  });

  test("has a row for each property of an update", () => {
    const missing = properties.filter((name) => !options.text.includes(`\n| \`update.${name}\` |`));
    const line = options.text.slice(0, options.text.indexOf("\n| `update.")).split("\n").length + 1;
    expectNothing(
      missing.map((name) => `${options.file}:${line}: add a row for what ${spec} says: | \`update.${name}\` | What it is. | left out |`),
    );
    const known = new Set(properties);
    const gone = [...options.text.matchAll(/^\| `update\.(\w+)` \|/gm)].filter(([, name = ""]) => !known.has(name));
    expectNothing(gone.map(([begin]) => `${options.file}: take out the row ${begin}: ${spec} has no such property of the request.`));
  });
});

describe("CHANGELOG.md names", () => {
  test.each([
    ["each communications code", new Map(codes.map(([code, { meaning }]) => [code, `\`commsCodes\` knows ${code}: ${meaning}`]))],
    [
      "each cloud",
      new Map([...Object.keys(clouds), ...unsupportedClouds.map(({ name }) => name)].map((name) => [name, `The cloud \`${name}\`.`])),
    ],
    ["each status that is repeated", new Map(retryableStatuses.map((status) => [`${status}`, `Reports are repeated after ${status}.`]))],
    ["each property of an update", new Map(properties.map((name) => [name, `\`updateRecordingStatus\` takes \`${name}\`.`]))],
  ])("%s", (_, names) => expectNothing(unmentioned("CHANGELOG.md", changelog, names)));
});

describe("a communications code", () => {
  const inExamples = new Map(responseExamples.flatMap((example) => codesOf(example).map((code) => [code, example.name] as const)));

  test("of an example in the spec is one that the client explains", () => {
    const unknown = [...inExamples].filter(([code]) => commsCodes[code] === undefined);
    expectNothing(
      unknown.map(
        ([code, name]) => `src/model/comms-codes.ts: add ${code}, the code of the example ${name} in ${spec}, with meaning and fix.`,
      ),
    );
  });

  test("has its words stated for the contract tests", () => {
    const unstated = [...new Set([...inExamples.keys(), ...codes.map(([code]) => Number(code))])].filter(
      (code) => hints[code] === undefined,
    );
    expectNothing(
      unstated.map((code) => `test/support/expected.ts: add to hints what the hint of ${code} must tell to do: ${code}: /…/i,`),
    );
  });
});

test.each(
  codes.flatMap(([code]) => [[code, `${code}`, "m"] as const, [code, "UnknownError", JSON.stringify({ errorCode: code })] as const]),
)("%s: the hint of a refusal tells what to do, whichever form the code has (%s)", async (code, graphCode, message) => {
  const { report, clock } = createObservedClient(() => Response.json({ error: { code: graphCode, message } }, { status: 403 }));
  const call = report("recording");
  await clock.advance(0);
  expect(call.error).toMatchObject({ commsCode: Number(code), retryable: false, hint: expect.stringMatching(hints[Number(code)] ?? /^$/) });
});

describe("a planted omission is told with the file, the line and what to write", () => {
  const table = ["# A", "", "| Code | Why |", "|---|---|", "| 1 | One. |", "| `2` (b) | Two. |", ""].join("\n");
  const rows = (...texts: readonly string[]) => new Map(texts.map((text, index) => [`${index + 1}`, `| \`${index + 1}\` | ${text} |`]));
  const stray = (text: string, texts: readonly string[]) =>
    strayRows({ file: "A.md", text, head: "| Code |", rows: rows(...texts), source: "a.ts" });

  test.each([
    ["nothing", table, ["One.", "Two."], []],
    ["a row that is missing", table, ["One.", "Two.", "Three."], ["A.md:6: add this row below, as a.ts says: | `3` | Three. |"]],
    ["a row that differs", table, ["Else.", "Two."], ["A.md:5: write this row, as a.ts says: | `1` | Else. |"]],
    ["a row too many", table, ["One."], ["A.md:6: take out the row of 2: a.ts has no such thing."]],
    ["the table", "# A\n", ["One."], ['A.md: put back the table that begins with "| Code |": it lists what a.ts says.']],
  ])("%s", (_, text, texts, expected) => expect(stray(text, texts)).toEqual(expected));

  test("a status that is missing in the list", () => {
    const text = "# A\n- **Repeated**: 429, 503, failed connections.\n";
    expect(strayList("A.md", text, [429, 503], "the spec")).toEqual([]);
    expect(strayList("A.md", text, [425, 429, 503], "the spec")).toEqual([
      'A.md:2: write "**Repeated**: 425, 429, 503, failed connections …", as the spec says.',
    ]);
  });

  test("a name that the changelog does not have", () => {
    const text = "# C\n\n## [Unreleased]\n\n### Added\n\n- `atlantis`, 8506, 17.\n";
    const about = new Map(["atlantis", "8506", "17", "atlantis.deep", "7", "atlan"].map((name) => [name, `About ${name}.`]));
    expect(unmentioned("C.md", text, about)).toEqual([
      'C.md:5: add a line about atlantis.deep below, such as "- About atlantis.deep."',
      'C.md:5: add a line about 7 below, such as "- About 7."',
      'C.md:5: add a line about atlan below, such as "- About atlan."',
    ]);
  });
});

/** In either form: a number in a string, or JSON in the message. */
function codesOf({ value }: (typeof responseExamples)[number]): number[] {
  const { code, message } = resolve(resolve(value).error);
  const found = code === "UnknownError" ? /"errorCode":"?(\d+)/.exec(`${message}`)?.[1] : /^\d+$/.exec(`${code}`)?.[0];
  return found === undefined ? [] : [Number(found)];
}
