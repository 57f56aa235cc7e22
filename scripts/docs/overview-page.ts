import { type DeclarationReflection, type ProjectReflection, ReflectionKind } from "typedoc";
import { BadInput } from "../tool/bad-input.ts";
import { type Html, html, raw } from "./html.ts";
import { blocks, inline } from "./markdown.ts";
import { page, pages } from "./page.ts";
import type { CodeFacts } from "./read-code.ts";
import type { Readme } from "./readme.ts";

export type OverviewInput = {
  readonly project: string;
  readonly tagline: string;
  readonly readme: Readme;
  readonly facts: CodeFacts;
  readonly api: ProjectReflection;
  readonly diagram: string;
  /** One line for each of the other pages. */
  readonly summaries: Readonly<Record<"guides" | "reference" | "errors" | "clouds" | "typescript", string>>;
};

/** What it is, the order that it keeps, and the ways on from here. */
export function overviewPage({ project, tagline, readme, facts, api, diagram, summaries }: OverviewInput): string {
  const cards = Object.entries(summaries).map(([name, summary]) => {
    const { path, name: label } = pages[name as keyof typeof summaries];
    return html`<li><a href="${path}"><strong>${label}</strong><span>${summary}</span></a></li>`;
  });
  return page(project, {
    name: "overview",
    title: project,
    lead: html`<p class="lead">${inline(tagline)}</p><div class="prose">${blocks(readme.introduction)}</div>`,
    body: html`<ul class="cards">${cards}</ul>
<section aria-labelledby="ten-minutes"><h2 id="ten-minutes">Ten minutes, without an account</h2>
<div class="prose wide">${blocks(readme.start)}</div></section>
<section aria-labelledby="first"><h2 id="first">The first recording, with a real credential</h2>
<div class="prose wide">${blocks(readme.firstRecording)}</div></section>
<section aria-labelledby="order"><h2 id="order">The compliant order</h2>
<div class="lifecycle-grid"><figure>${raw(diagram)}
<figcaption>Every legal move from phase to phase, drawn from the table that the code runs on. Persisting is permitted in ${list(facts.permitting)} only.</figcaption></figure>
${phases(api, facts)}</div></section>
<section aria-labelledby="terms"><h2 id="terms">The terms of use, and why HTTP 200 is not yet success</h2>
<div class="prose wide">${blocks(readme.terms)}</div></section>
<section aria-labelledby="three-ways-to-report"><h2 id="three-ways-to-report">Three ways to report</h2>
<div class="prose wide">${blocks(readme.ways)}</div></section>`,
  });
}

function list(names: readonly string[]): Html {
  return html`${names.map((name, index) => html`${index > 0 && " and "}<code>${name}</code>`)}`;
}

/** What each phase means, in the words of the type's own comment. */
function phases(api: ProjectReflection, { moves, permitting }: CodeFacts): Html {
  const type = api.getReflectionsByKind(ReflectionKind.TypeAlias).find(({ name }) => name === "RecordingPhase") as
    | DeclarationReflection
    | undefined;
  const comment = (type?.comment?.summary ?? []).map(({ text }) => text).join("");
  const meanings = new Map([...comment.matchAll(/^- `(\w+)`: (.*)$/gm)].map(([, phase = "", meaning = ""]) => [phase, meaning]));
  const missing = Object.keys(moves).find((phase) => !meanings.has(phase));
  if (missing !== undefined)
    throw new BadInput(`src/lifecycle/state.ts: the comment of RecordingPhase has no line "- \`${missing}\`: …", which the docs show.`);
  return html`<dl class="phases">${Object.keys(moves).map(
    (phase) =>
      html`<div${permitting.includes(phase) && html` class="permits"`}><dt><code>${phase}</code></dt><dd>${inline(meanings.get(phase) ?? "")}</dd></div>`,
  )}</dl>`;
}
