// The excerpts of Microsoft's metadata and the spec, as these tests edit them: small, so that an edit of them can be seen, and frozen.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { judgeMetadata, type MetadataJudgement, type Question } from "../../scripts/drift/judge-metadata.ts";
import { readMetadata } from "../../scripts/drift/read-metadata.ts";
import { readReviewedDifferences, reviewedPath } from "../../scripts/drift/reviewed.ts";
import { readSpecSide, type SpecSide } from "../../scripts/drift/spec-side.ts";
import { excerpts } from "../../scripts/review/drift-step.ts";
import { specPath } from "../../scripts/spec/document.ts";
import { frozenRoot, frozenSpec } from "../support/frozen.ts";

/** The v1.0 metadata of a cloud that has the action, and of one that has not. */
export const csdl = readFileSync(frozenRoot + excerpts.csdl, "utf8");
export const csdlWithoutAction = readFileSync(new URL("./drift-metadata-without-action.csdl", import.meta.url), "utf8");
/** As Microsoft's OpenAPI documents state the action. */
export const openapi = readFileSync(frozenRoot + excerpts.openapi, "utf8");
export const spec = frozenSpec;

/** Replaces a text that must be there. */
export function edit(text: string, from: string | RegExp, to: string | ((found: string) => string)): string {
  const edited = text.replace(from, (found) => (typeof to === "string" ? to : to(found)));
  if (edited === text) throw new Error(`Nothing to edit: ${from}`);
  return edited;
}

/** Each edit of the spec is compared with metadata of both formats, and the spec as it is with each edit of those: a text is read once. */
const sides = new Map<string, SpecSide>();
const reviewed = readReviewedDifferences(frozenRoot);

export function judgeTexts(metadataText: string, specText: string = spec, question: Question = {}): MetadataJudgement {
  const side = sides.get(specText) ?? readSpecSide(specText);
  sides.set(specText, side);
  return judgeMetadata(side, readMetadata(Buffer.from(metadataText), "metadata", side.hosts), reviewed, question);
}

/** A repository with nothing but the spec and its reviewed list. */
export function writeSpecRepository(folder: string): void {
  mkdirSync(`${folder}openapi`);
  writeFileSync(folder + specPath, spec);
  copyFileSync(frozenRoot + reviewedPath, folder + reviewedPath);
}

/** What a reviewer must look at, one line each. */
export function findings({ open, outdated }: MetadataJudgement): string[] {
  return [...open.map(({ text }) => text), ...outdated.map(({ difference }) => `outdated: ${difference}`)];
}
