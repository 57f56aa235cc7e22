// The excerpts of Microsoft's metadata: small, so that an edit of them can be seen.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { judgeMetadata, type MetadataJudgement, type Question } from "../../scripts/drift/judge-metadata.ts";
import { readMetadata } from "../../scripts/drift/read-metadata.ts";
import { type Reviewed, readReviewedDifferences, reviewedPath } from "../../scripts/drift/reviewed.ts";
import { readSpecSide, type SpecSide } from "../../scripts/drift/spec-side.ts";
import { excerpts } from "../../scripts/review/drift-step.ts";
import { readSpecText, specPath } from "../../scripts/spec/document.ts";
import { root } from "../../scripts/tool/root.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
/** The v1.0 metadata of a cloud that has the action, and of one that has not. */
export const csdl = readFileSync(root + excerpts.csdl, "utf8");
export const csdlWithoutAction = read("./drift-metadata-without-action.csdl");
/** As Microsoft's OpenAPI documents state the action. */
export const openapi = readFileSync(root + excerpts.openapi, "utf8");
export const spec = readSpecText();

const knownServers = [
  ["global", "v1.0", "graph.microsoft.com", "com"],
  ["global", "beta", "graph.microsoft.com", "com"],
  ["usGovL4", "v1.0", "graph.microsoft.us", "us"],
  ["usGovL5", "v1.0", "dod-graph.microsoft.us", "us"],
] as const;
const serverText = ([name, version, host, login]: (typeof knownServers)[number]) =>
  [
    `  - ${name === "global" && version === "beta" ? "&globalBeta\n    " : ""}url: https://${host}/${version}`,
    `    description: ${name}`,
    `    x-cloud: { name: ${name}, version: ${version}, authorityHost: https://login.microsoftonline.${login}, tokenScope: https://${host}/.default }\n`,
  ].join("\n");
const refusals = `  - { name: china, url: https://microsoftgraph.chinacloudapi.cn, reason: None. }
  - { name: usGovL4, version: beta, url: https://graph.microsoft.us/beta, reason: None. }
  - { name: usGovL5, version: beta, url: https://dod-graph.microsoft.us/beta, reason: None. }
`;

/** Its clouds are those of these tests, whatever the spec serves meanwhile. */
export const specOfKnownClouds = spec
  .replace(/\nservers:\n[\s\S]*?\n(?=\n# What the client)/, () => `\nservers:\n${knownServers.map(serverText).join("")}`)
  .replace(/\nx-unsupported-clouds:\n[\s\S]*?\n(?=\ntags:)/, () => `\nx-unsupported-clouds:\n${refusals}`);

/** Replaces a text that must be there. */
export function edit(text: string, from: string | RegExp, to: string | ((found: string) => string)): string {
  const edited = text.replace(from, (found) => (typeof to === "string" ? to : to(found)));
  if (edited === text) throw new Error(`Nothing to edit: ${from}`);
  return edited;
}

/** Each edit of the spec is compared with metadata of both formats, and the spec as it is with each edit of those: a text is read once. */
const sides = new Map<string, SpecSide>();
const reviewedOfSpec = readReviewedDifferences(root);

/** What the spec says and the metadata of the excerpts does not, or the other way round: nothing, until somebody edits the spec. */
export const unstated = [...new Set([csdl, openapi].flatMap((metadata) => findings(judgeAsReviewed(metadata))))];
/** Such an edit fails one test, which names the cure. All others go on as if it had been reviewed. */
const alsoReviewed = unstated.map((difference): Reviewed => {
  return { difference, in: [], sometimesIn: ["csdl", "openapi"], reason: "Not stated in the metadata of the excerpts.", source: "choice" };
});

export function judgeTexts(metadataText: string, specText: string = spec, question: Question = {}): MetadataJudgement {
  return judgeAsReviewed(metadataText, specText, question, alsoReviewed);
}

/** By the reviewed list as it is. */
export function judgeAsReviewed(
  metadataText: string,
  specText: string = spec,
  question: Question = {},
  more: readonly Reviewed[] = [],
): MetadataJudgement {
  const side = sides.get(specText) ?? readSpecSide(specText);
  sides.set(specText, side);
  const reviewed = [...reviewedOfSpec, ...more];
  return judgeMetadata(side, readMetadata(Buffer.from(metadataText), "metadata", side.hosts), reviewed, question);
}

/** A repository with nothing but the spec and its reviewed list, in which the metadata of the excerpts agrees. */
export function writeSpecRepository(folder: string, text: string = spec): void {
  mkdirSync(`${folder}openapi`);
  writeFileSync(folder + specPath, text);
  const list = readFileSync(root + reviewedPath, "utf8");
  writeFileSync(folder + reviewedPath, `${list}\n${alsoReviewed.map((entry) => `- ${JSON.stringify(entry)}\n`).join("")}`);
}

/** What a reviewer must look at, one line each. */
export function findings({ open, outdated }: MetadataJudgement): string[] {
  return [...open.map(({ text }) => text), ...outdated.map(({ difference }) => `outdated: ${difference}`)];
}
