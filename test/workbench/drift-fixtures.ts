// Metadata made by hand, with the facts of Microsoft's: small, so that an edit of it can be seen.
import { readFileSync } from "node:fs";
import { judgeMetadata, type MetadataJudgement, type Question } from "../../scripts/drift/judge-metadata.ts";
import { readMetadata } from "../../scripts/drift/read-metadata.ts";
import { readReviewedDifferences } from "../../scripts/drift/reviewed.ts";
import { readSpecSide } from "../../scripts/drift/spec-side.ts";
import { readSpecText } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
/** The v1.0 metadata of a cloud that has the action, and of one that has not. */
export const csdl = read("./drift-metadata.csdl");
export const csdlWithoutAction = read("./drift-metadata-without-action.csdl");
/** As Microsoft's OpenAPI documents state the action. */
export const openapi = read("./drift-openapi.yaml");
export const spec = readSpecText();

/** Replaces a text that must be there. */
export function edit(text: string, from: string | RegExp, to: string | ((found: string) => string)): string {
  const edited = text.replace(from, (found) => (typeof to === "string" ? to : to(found)));
  if (edited === text) throw new Error(`Nothing to edit: ${from}`);
  return edited;
}

export function judgeTexts(metadataText: string, specText: string = spec, question: Question = {}): MetadataJudgement {
  const side = readSpecSide(specText);
  return judgeMetadata(side, readMetadata(Buffer.from(metadataText), "metadata", side.hosts), readReviewedDifferences(root), question);
}

/** What a reviewer must look at, one line each. */
export function findings({ open, outdated }: MetadataJudgement): string[] {
  return [...open.map(({ text }) => text), ...outdated.map(({ difference }) => `outdated: ${difference}`)];
}
