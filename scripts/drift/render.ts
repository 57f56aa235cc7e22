import { styleText } from "node:util";
import { specPath } from "../spec/document.ts";
import type { MetadataJudgement } from "./judge-metadata.ts";
import type { Metadata } from "./model.ts";
import type { Difference } from "./notebook.ts";
import { type Reviewed, reviewedPath } from "./reviewed.ts";

const colours = { agrees: "green", absent: "green", differs: "red" } as const;

/** What the command prints: the verdict first, then what differs and where, what was accepted, and what to do. Plain where the output is no terminal. */
export function renderDrift(judgement: MetadataJudgement, name: string): string {
  const { verdict, summary, open, accepted, outdated } = judgement;
  const badge = styleText(["bold", colours[verdict]], verdict.toUpperCase());
  // What concerns a whole cloud is the summary itself.
  const [first] = open;
  const places = first?.text === summary ? placesOf(first, name) : undefined;
  return [
    `${badge}  ${name}: ${summary}${places ?? ""}`,
    ...section("Differences", places !== undefined ? [] : open.map((one) => `${one.text}${placesOf(one, name)}`)),
    ...section(
      "Reviewed, but no difference any more",
      outdated.map(({ difference }) => difference),
    ),
    ...section(
      `Differences that we chose (${reviewedPath}): ${accepted.length}`,
      accepted.flatMap(({ text, reason }) => [text, styleText("dim", `  ${reason}`)]),
    ),
    ...section("Next", nextSteps(judgement)),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", styleText("bold", title), ...lines.map((line) => `  ${line}`)];
}

function placesOf({ spec, metadata }: Difference, name: string): string {
  const places = [...(spec === undefined ? [] : [`${specPath}:${spec()}`]), ...(metadata === undefined ? [] : [`${name}:${metadata()}`])];
  return places.length === 0 ? "" : ` (${places.join(", ")})`;
}

function nextSteps({ open, outdated, accepted, summary }: MetadataJudgement): string[] {
  const ofACloud = open[0]?.text === summary && accepted.length + outdated.length === 0;
  return [
    ...(open.length === 0 ? [] : [`Correct ${specPath} where Microsoft is right.`]),
    ...(open.length === 0 || ofACloud
      ? []
      : [`Where we mean to differ, add the difference to ${reviewedPath}, letter for letter, with reason and source.`]),
    ...(outdated.length === 0 ? [] : [`Take what is no difference any more out of ${reviewedPath}.`]),
  ];
}

/** The same for programs. */
export function driftAsJson(judgement: MetadataJudgement, name: string, { format }: Metadata): unknown {
  const { verdict, summary, version, cloud, open, accepted, outdated } = judgement;
  const shown = ({
    spec,
    metadata,
    at,
    text,
    final: _,
    ...others
  }: Difference & { readonly reason?: string; readonly source?: string }) => ({
    at,
    difference: text,
    specLine: spec?.(),
    metadataLine: metadata?.(),
    ...others,
  });
  const outdatedEntries: readonly Reviewed[] = outdated;
  return {
    verdict,
    summary,
    file: name,
    format,
    version,
    cloud,
    differences: open.map(shown),
    accepted: accepted.map(shown),
    outdated: outdatedEntries,
  };
}
