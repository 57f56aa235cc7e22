// The comparison of the spec with Microsoft's metadata: each edit of either side gives what it must, and nothing else.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judgeMetadata } from "../../scripts/drift/judge-metadata.ts";
import { readMetadata } from "../../scripts/drift/read-metadata.ts";
import { readReviewedDifferences } from "../../scripts/drift/reviewed.ts";
import { readSpecSide } from "../../scripts/drift/spec-side.ts";
import { copies, excerpts } from "../../scripts/review/drift-step.ts";
import { readSpecText } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";
import { csdlEdits } from "./drift-edits.ts";
import { csdl, edit, findings, judgeTexts, openapi, spec } from "./drift-fixtures.ts";
import { openapiEdits } from "./drift-openapi-edits.ts";
import { specEdits } from "./drift-spec-edits.ts";

const wholeCopy = copies.find(({ clouds }) => clouds.includes("global"))?.file ?? "";
const verdictOf = (finds: readonly string[]) => (finds.length === 0 ? "agrees" : "differs");

test("what these tests edit agrees", () => {
  for (const metadata of [csdl, openapi, spec]) {
    const judgement = judgeTexts(metadata);
    expect({ verdict: judgement.verdict, finds: findings(judgement) }).toEqual({ verdict: "agrees", finds: [] });
  }
});

describe("the repository", () => {
  const side = readSpecSide(readSpecText());
  const judge = (path: string) =>
    judgeMetadata(side, readMetadata(readFileSync(root + path), path, side.hosts), readReviewedDifferences(root), {
      cloud: "global",
      version: "v1.0",
    });

  test.each(Object.values(excerpts))("%s says what the spec says, but for what was reviewed", (path) => {
    const found = findings(judge(path));
    if (found.length > 0)
      throw new Error(
        `The spec differs from ${path}, which says what Microsoft publishes; \`npm run review\` gives the entries for openapi/reviewed-differences.yaml: ${found.join("; ")}`,
      );
  });

  test.skipIf(!existsSync(root + wholeCopy))("the excerpt says what Microsoft's whole file says", () => {
    const differences = (path: string) => judge(path).accepted.map(({ text }) => text);
    expect(differences(excerpts.csdl)).toEqual(differences(wholeCopy));
  });
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
