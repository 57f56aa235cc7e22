import { existsSync, readFileSync } from "node:fs";
import { judgeMetadata, type MetadataJudgement } from "../drift/judge-metadata.ts";
import { readMetadata } from "../drift/read-metadata.ts";
import { readReviewedDifferences } from "../drift/reviewed.ts";
import { readSpecSide } from "../drift/spec-side.ts";
import { isBadInput } from "../tool/bad-input.ts";
import type { Drift } from "./findings.ts";

/** Copies of Microsoft's metadata that may lie next to the repository, and the clouds that they speak for. */
export const copies: readonly { readonly file: string; readonly clouds: readonly string[] }[] = [
  { file: "../shared/metadata/v1.0-Prod.csdl", clouds: ["global"] },
  { file: "../shared/metadata/v1.0-Fairfax.csdl", clouds: ["usGovL4", "usGovL5"] },
];

/** What Microsoft says of the action, in the repository itself: a pull request is judged where nothing lies next to it. */
export const excerpts = { csdl: "openapi/metadata/excerpt.csdl", openapi: "openapi/metadata/excerpt-openapi.yaml" } as const;

/** The copies say more than the excerpt in their place. */
function comparedIn(root: string): typeof copies {
  const whole = copies.filter(({ file }) => existsSync(root + file));
  const parts = [...(whole.length > 0 ? [] : [excerpts.csdl]), excerpts.openapi].filter((file) => existsSync(root + file));
  return [...whole, ...parts.map((file) => ({ file, clouds: ["global"] }))];
}

/** Compares a text of the spec with Microsoft's metadata. What cannot be compared is a difference, never an error. */
export async function compareWithMetadata(root: string, text: string): Promise<Drift[]> {
  return comparedIn(root).flatMap(({ file, clouds }) => {
    try {
      const side = readSpecSide(text);
      const metadata = readMetadata(readFileSync(root + file), file, side.hosts);
      const reviewed = readReviewedDifferences(root);
      return [
        driftOf(
          file,
          clouds.map((cloud) => judgeMetadata(side, metadata, reviewed, { cloud, version: "v1.0" })),
        ),
      ];
    } catch (error) {
      if (!isBadInput(error)) throw error;
      const differences = [`It cannot be compared: ${error.message}`];
      return [{ file, agrees: false, differences, chosen: [], reviewable: [], outdated: [] }];
    }
  });
}

/** One file may speak for two clouds: what is the same for both is said once. */
function driftOf(file: string, judgements: readonly MetadataJudgement[]): Drift {
  const differing = judgements.filter(({ verdict }) => verdict === "differs");
  const lines = differing.flatMap(({ open, outdated }) => [
    ...open.map(({ text, spec }) => `${text}${spec === undefined ? "" : ` (line ${spec()})`}`),
    ...outdated.map(({ difference }) => `reviewed, but no difference any more: ${difference}`),
  ]);
  const chosen = judgements.flatMap(({ accepted }) => accepted.map(({ text, reason }) => `${text}: ${reason}`));
  // What stands at the cloud as a whole is no difference of which we could choose a side.
  const reviewable = differing.flatMap(({ open }) => open.filter(({ at, text }) => text.startsWith(`${at} `)).map(({ text }) => text));
  const outdated = differing.flatMap((one) => one.outdated.map(({ difference }) => difference));
  return {
    file,
    agrees: differing.length === 0,
    differences: [...new Set(lines)],
    chosen: [...new Set(chosen)],
    reviewable: [...new Set(reviewable)],
    outdated: [...new Set(outdated)],
  };
}
