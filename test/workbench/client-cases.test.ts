// What the client's own code makes of an edit: it is run on the examples, for no type tells what it reads by its name.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type ClientJudgement, judgeClient } from "../../scripts/client/judge-client.ts";
import { compile } from "../../scripts/generate/compile.ts";
import { wireNames } from "../../scripts/judges/cases/wire-names.ts";
import type { Findings } from "../../scripts/review/findings.ts";
import { nextSteps } from "../../scripts/review/next-steps.ts";
import { readDocument, readSpecText } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";
import { limit } from "../support/as-it-is.ts";
import { rename, reviewOf } from "./review-of.ts";

const text = readSpecText();
const base = readDocument(text);

const { resultInfo } = wireNames.CommsOperation;
const { subcode } = wireNames.ResultInfo;
const anew = `${subcode}Anew`;

type Edit = readonly [from: string | RegExp, to: string];

async function judge(edits: readonly Edit[], where: string = root): Promise<ClientJudgement> {
  const edited = edits.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    expect(after, `${from} must stand in the spec`).not.toBe(before);
    return after;
  }, text);
  const revision = readDocument(edited);
  return judgeClient({ root: where, base, revision, generated: await compile(revision) });
}

/** One line of src/ that names what is read. */
function lineAt(place: string): string {
  const [file = "", line] = place.split(":");
  return readFileSync(root + file, "utf8").split("\n")[Number(line) - 1] ?? "";
}

describe("a name that the client reads, and the spec has no more, is told with the line that reads it and the name that is there now", () => {
  const names: readonly (readonly [what: string, edit: Edit, label: string, file: string, now: string])[] = [
    [
      "a property of answers",
      [new RegExp(`\\b${subcode}:`, "g"), `${anew}:`],
      `\`${resultInfo}.${subcode}\``,
      "src/http/read-operation.ts",
      `\`${anew}\` there`,
    ],
    ["a property of errors", [/\binnerError:/g, "inner:"], "`error.innerError`", "src/http/graph-error.ts", "`inner` there"],
    ["of notifications", [/\bresourceUrl:/g, "address:"], "`value.resourceUrl`", "src/input/parse-notifications.ts", "`address` there"],
    ["a header", [/\bRetry-After:/g, "Retry-When:"], "the header `retry-after`", "src/http/retry.ts", "`Retry-When` there"],
  ];
  let found: ClientJudgement;
  beforeAll(async () => {
    found = await judge(names.map(([, edit]) => edit));
  });
  test.each(names)("%s", (_, __, label, file, now) => {
    const about = found.objections.filter((line) => line.startsWith(`The client reads ${label} by its name (`));
    expect(about, found.objections.join("\n")).toEqual([expect.stringContaining(`), and the spec has ${now}: a developer must change `)]);
    const places = /\((.+?)\)/.exec(about[0] ?? "")?.[1]?.split(", ") ?? [];
    const name = /[\w-]+(?=`$)/.exec(label)?.[0] ?? "";
    for (const place of places) expect([place, lineAt(place)]).toEqual([expect.stringContaining("src/"), expect.stringContaining(name)]);
    expect(places.some((place) => place.startsWith(file))).toBe(true);
  });
  test("nothing else is", () => {
    expect(found.failure).toBeUndefined();
    // The one that is no name: the notifications lack what they are about.
    expect(found.objections.slice(names.length)).toEqual([
      expect.stringMatching(/^The client does not take the example commsNotifications ← /),
    ]);
  });
});

test("an example that the client does not take, an answer or a request, is told once for all that are alike", async () => {
  const { objections } = await judge([
    [/(updateRunning:[\s\S]+?\n {6,}status: )running/, "$1[running]"],
    [/(withoutContext:[\s\S]+?\n {6,}value: \{ status: )\w+/, "$1humming"],
  ]);
  expect(objections).toHaveLength(2);
  expect(objections).toContainEqual(
    expect.stringMatching(
      /^The client does not take the example POST .+ → 200 running and 1 more: .*its status is no string\. A developer /,
    ),
  );
  expect(objections).toContainEqual(
    expect.stringMatching(/^The client does not take the example POST .+ ← withoutContext and 1 more: .*humming/),
  );
});

test("a keyword that the client does not enforce in what it sends is told with what holds it, and nothing that it knows or need not know", async () => {
  const { objections } = await judge([
    ["additionalProperties: false\n      properties:\n        status: {", "maxProperties: 2\n      properties:\n        status: {"],
    [`maxLength: ${limit}`, `maxLength: ${limit}\n          not: { const: '' }\n          title: Context`],
    [/(CallId:\n[\s\S]+?schema:\n? *(?:\{ )?)type: string/, "$1not: false, type: string"],
  ]);
  const or = "a developer must teach src/util/schema-check.ts this keyword, or the spec must do without it.";
  expect(objections).toEqual([
    `The client does not enforce \`maxProperties\` in what it sends (UpdateRecordingStatusRequest): ${or}`,
    `The client does not enforce \`not\` in what it sends (UpdateRecordingStatusRequest.clientContext, the parameter id): ${or}`,
  ]);
  const next = nextSteps({ ...(reviewOf(rename) as Findings), client: objections }).map(({ say }) => say);
  expect(next).toContain(
    "For a developer: teach src/util/schema-check.ts the keyword `maxProperties` (UpdateRecordingStatusRequest), or take it out of the spec",
  );
});

test("what reaches no client, and what it copes with, is no objection", async () => {
  // It is not even started: there is nothing to start.
  const wording: Edit = ["It sets an absolute state, it does not toggle.", "It sets a state."];
  expect(await judge([wording], "/nowhere/")).toEqual({ objections: [] });
  const harmless: Edit[] = [
    [`maxLength: ${limit}`, `maxLength: ${2 * limit}`],
    ["code: '8522'", "code: '8523'"],
  ];
  expect(await judge(harmless)).toEqual({ objections: [] });
});

test("a client that does not run is a failure, never silence", async () => {
  const higher: Edit = [`maxLength: ${limit}`, `maxLength: ${2 * limit}`];
  expect(await judge([higher], "/nowhere/")).toEqual({ objections: [], failure: expect.stringMatching(/ENOENT.*nowhere/) });
  const revision = readDocument(text.replace(...higher));
  const generated = await compile(revision);
  const withoutClouds = (generated.get("constants.gen.ts") ?? "").replace("export const clouds", "const clouds");
  const { failure } = await judgeClient({ root, base, revision, generated: new Map([...generated, ["constants.gen.ts", withoutClouds]]) });
  expect(failure).toMatch(/^SyntaxError: .*clouds/);
  expect(await judgeClient({ root, base, revision, generated: new Map() })).toMatchObject({
    failure: expect.stringMatching(/None of the generated/),
  });
});
