// The comparison of the spec with Microsoft's metadata: each edit of either side gives what it must, and nothing else.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { copies } from "../../scripts/review/drift-step.ts";
import { root } from "../../scripts/tool/root.ts";
import { csdlEdits } from "./drift-edits.ts";
import { csdl, edit, findings, judgeAsReviewed, judgeTexts, openapi, spec, unstated } from "./drift-fixtures.ts";
import { openapiEdits } from "./drift-openapi-edits.ts";
import { specEdits } from "./drift-spec-edits.ts";

const wholeCopy = copies.find(({ clouds }) => clouds.includes("global"))?.file ?? "";
const verdictOf = (finds: readonly string[]) => (finds.length === 0 ? "agrees" : "differs");

test("the excerpts of Microsoft's metadata say what the spec says, but for what was reviewed", () => {
  if (unstated.length > 0)
    throw new Error(
      `The spec differs from openapi/metadata/, which says what Microsoft publishes; \`npm run review\` gives the entries for openapi/reviewed-differences.yaml: ${unstated.join("; ")}`,
    );
  for (const metadata of [csdl, openapi, spec]) {
    const judgement = judgeAsReviewed(metadata);
    expect({ verdict: judgement.verdict, finds: findings(judgement) }).toEqual({ verdict: "agrees", finds: [] });
  }
});

test.skipIf(!existsSync(root + wholeCopy))("the excerpt says what Microsoft's whole file says", () => {
  const differences = (metadata: string) =>
    judgeAsReviewed(metadata, spec, { cloud: "global", version: "v1.0" }).accepted.map(({ text }) => text);
  expect(differences(csdl)).toEqual(differences(readFileSync(root + wholeCopy, "utf8")));
});

describe("an edit of the CSDL", () => {
  test.each(csdlEdits)("$what", ({ from, to, finds }) => {
    const judgement = judgeTexts(edit(csdl, from, to));
    expect(findings(judgement).toSorted()).toEqual(finds.toSorted());
    expect(judgement.verdict).toBe(verdictOf(finds));
  });
});

describe("an edit of the OpenAPI document", () => {
  test.each(openapiEdits)("$what", ({ from, to, finds }) => {
    const judgement = judgeTexts(edit(openapi, from, to));
    expect(findings(judgement).toSorted()).toEqual(finds.toSorted());
    expect(judgement.verdict).toBe(verdictOf(finds));
  });
});

describe.each(["csdl", "openapi"] as const)("an edit of the spec, against %s", (format) => {
  test.each(specEdits)("$what", ({ from, to, finds, inOpenApi = finds }) => {
    const expected = format === "csdl" ? finds : inOpenApi;
    const judgement = judgeTexts(format === "csdl" ? csdl : openapi, edit(spec, from, to));
    expect(findings(judgement).toSorted()).toEqual(expected.toSorted());
    expect(judgement.verdict).toBe(verdictOf(expected));
  });
});
