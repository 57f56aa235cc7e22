// What the metadata of a cloud means for the cloud table, and how the reviewed list is kept from rotting.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readReviewedDifferences, reviewedPath } from "../../scripts/drift/reviewed.ts";
import { readSpecSide } from "../../scripts/drift/spec-side.ts";
import { csdl, csdlWithoutAction, edit, findings, judgeTexts, openapi, spec } from "./drift-fixtures.ts";

const withApp = edit(
  edit(csdl, "</EntityContainer>", '<Singleton Name="app" Type="graph.commsApplication" /></EntityContainer>'),
  '<EntityType Name="participant"',
  '<EntityType Name="commsApplication"><NavigationProperty Name="calls" Type="Collection(graph.call)" ContainsTarget="true" /></EntityType><EntityType Name="participant"',
);
const withoutAction = edit(csdl, /<Action Name="updateRecordingStatus"[\s\S]*?<\/Action>/, "");
const withoutL5 = edit(spec, /\n {2}- url: https:\/\/dod-graph\.microsoft\.us\/v1\.0[\s\S]*?\.default/, "");
const withoutChina = edit(spec, /\n {2}- name: china[\s\S]*?Mooncake\)\./, "");
const refusingL5 = edit(
  spec,
  "x-unsupported-clouds:\n",
  "x-unsupported-clouds:\n  - { name: usGovL5, version: v1.0, url: https://dod-graph.microsoft.us/v1.0, reason: No. }\n",
);

describe("the cloud table", () => {
  test.each([
    ["a cloud that has the action, and is served", csdl, spec, { cloud: "global" }, "agrees"],
    ["a government cloud that has the action, and is served", csdl, spec, { cloud: "usGovL5" }, "agrees"],
    ["a cloud that lacks the action, and is refused", csdlWithoutAction, spec, { cloud: "china" }, "absent"],
    ["a cloud that lacks it in beta, and is refused there", csdlWithoutAction, spec, { cloud: "usGovL4", version: "beta" }, "absent"],
    ["a cloud that lacks the action, though its call is there, and is refused", withoutAction, spec, { cloud: "china" }, "absent"],
    ["beta metadata with the path of old", withApp, spec, { cloud: "global", version: "beta" }, "agrees"],
  ])("%s", (_what, metadata, specText, question, verdict) => {
    const judgement = judgeTexts(metadata, specText, question);
    expect({ verdict: judgement.verdict, finds: findings(judgement) }).toEqual({ verdict, finds: [] });
  });

  test.each([
    [
      "a cloud that lacks the action, and is served",
      csdlWithoutAction,
      spec,
      { cloud: "global" },
      /absent.*lacks the type call.*but the spec has a server for global v1\.0/,
    ],
    [
      "a cloud that lacks only the action",
      withoutAction,
      spec,
      { cloud: "usGovL4" },
      /absent.*has the type call, the type updateRecordingStatusOperation and the singleton communications, but/,
    ],
    ["a cloud that has the action, and is refused", csdl, spec, { cloud: "china" }, /has the action.*but the spec refuses it/],
    [
      "a cloud that has it in beta, and is refused there",
      csdl,
      spec,
      { cloud: "usGovL5", version: "beta" },
      /usGovL5 beta has the action.*refuses/,
    ],
    [
      "a cloud that has it, and that the spec served once",
      csdl,
      withoutL5,
      { cloud: "usGovL5" },
      /has the action.*but the spec has no server for it/,
    ],
    ["a cloud that is both served and refused", csdl, refusingL5, { cloud: "usGovL5" }, /both serves usGovL5 v1\.0 and refuses it/],
    [
      "nobody says of which cloud, and the action is absent",
      csdlWithoutAction,
      spec,
      {},
      /absent.*name the cloud: --cloud global, .* or china/,
    ],
    [
      "v1.0 metadata that gains the path of old",
      withApp,
      spec,
      { cloud: "global" },
      /POST \/app\/calls\/\{\}\/updateRecordingStatus is in the metadata only/,
    ],
    [
      "beta metadata that loses the path of old",
      csdl,
      spec,
      { version: "beta" },
      /POST \/app.*in the spec only: there is no singleton or entity set app/,
    ],
  ])("%s: a difference", (_what, metadata, specText, question, expected) => {
    const judgement = judgeTexts(metadata, specText, question);
    expect(judgement.verdict).toBe("differs");
    expect(findings(judgement)).toEqual([expect.stringMatching(expected)]);
  });

  test("a cloud that the spec forgets is not known any more", () => {
    expect(readSpecSide(spec).cloudNames).toEqual(expect.arrayContaining(["global", "usGovL4", "usGovL5", "china"]));
    expect(readSpecSide(withoutChina).cloudNames).not.toContain("china");
    expect(readSpecSide(withoutL5).cloudNames).toContain("usGovL5");
  });

  test("a document says of which version it is; another one is not asked of it", () => {
    expect(judgeTexts(openapi).version).toBe("v1.0");
    expect(judgeTexts(openapi.replace("com/v1.0/", "com/beta/")).version).toBe("beta");
    expect(() => judgeTexts(openapi, spec, { version: "beta" })).toThrow(/--version beta: the document says that it is of v1\.0/);
    expect(() => judgeTexts(csdl, spec, { version: "v2" })).toThrow("--version v2: must be v1.0 or beta.");
  });

  test("the spec as OpenAPI agrees with itself, in both versions", () => {
    for (const version of ["v1.0", "beta"]) expect(judgeTexts(spec, spec, { version }).verdict).toBe("agrees");
  });
});

describe("where a difference is", () => {
  test("its lines are those of both sides", () => {
    const [found] = judgeTexts(edit(csdl, 'Name="subcode" Type="Edm.Int32"', 'Name="subcode" Type="Edm.Int64"')).open;
    expect(csdl.split("\n")[(found?.metadata?.() ?? 0) - 1]).toContain('Name="subcode"');
    expect(spec.split("\n")[(found?.spec?.() ?? 0) - 1]).toContain("subcode:");
  });

  test("of an enum they are those of the enum", () => {
    const [found] = judgeTexts(edit(openapi, "        - Failed\n", "")).open;
    expect(openapi.split("\n")[(found?.metadata?.() ?? 0) - 1]).toContain("enum:");
    expect(spec.split("\n")[(found?.spec?.() ?? 0) - 1]).toContain("enum: [notStarted");
  });

  test("of a cloud they are those of its server and of the action", () => {
    const [found] = judgeTexts(csdl, spec, { cloud: "china" }).open;
    expect(csdl.split("\n")[(found?.metadata?.() ?? 0) - 1]).toContain('Action Name="updateRecordingStatus"');
    expect(spec.split("\n")[(found?.spec?.() ?? 0) - 1]).toContain("name: china");
  });
});

describe("the reviewed list", () => {
  const folder = mkdtempSync(join(tmpdir(), "recording-status-drift-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => {
    mkdirSync(join(folder, "openapi"), { recursive: true });
    writeFileSync(join(folder, reviewedPath), text);
    return readReviewedDifferences(`${folder}/`);
  };
  const entry = "{ difference: a is b, in: [csdl], reason: so, source: choice }";

  test("has a reason and a source for each entry, and accepts nothing else", () => {
    const { accepted } = judgeTexts(csdl);
    expect(accepted.length).toBeGreaterThanOrEqual(10);
    expect(accepted.every(({ reason, source }) => reason.length > 10 && source.length > 3)).toBe(true);
  });

  test("is read, and may be missing", () => {
    expect(read(`- ${entry}`)).toEqual([{ difference: "a is b", in: ["csdl"], sometimesIn: [], reason: "so", source: "choice" }]);
    expect(readReviewedDifferences(`${folder}/none/`)).toEqual([]);
  });

  test.each([
    [`- ${entry.replace("reason: so, ", "")}`, /entry 1 lacks reason/],
    [`- ${entry}\n- ${entry.replace("so", '" "').replace("source: choice", "")}`, /entry 2 lacks reason and source/],
    [`- ${entry.replace("in: [csdl], ", "")}`, /entry 1 lacks in or sometimesIn/],
    [`- ${entry.replace("[csdl]", "[xml]")}`, /entry 1 must name its formats/],
    [`- ${entry}\n- ${entry}`, /"a is b" is there twice/],
    ["a: b", /must be a list/],
    ["- [", /is not valid YAML/],
  ])("%s is refused", (text, message) => expect(() => read(text)).toThrow(message));
});
