import { type Guide, guideBody } from "./guides.ts";
import { type Html, html, raw } from "./html.ts";
import { inline } from "./markdown.ts";
import { page } from "./page.ts";

/** The list of all guides: where the bar of the site leads to. */
export function guidesPage(project: string, guides: readonly Guide[]): string {
  return page(project, {
    name: "guides",
    title: "Guides",
    lead: html`<p class="lead">One page for each question. They are the same as in the folder <code>docs</code> of the package.</p>`,
    body: html`<ul class="cards">${guides.map(
      ({ name, title, lead }) =>
        html`<li><a href="${name}.html"><strong>${title}</strong><span>${raw(withoutLinks(inline(firstSentence(lead))))}</span></a></li>`,
    )}</ul>`,
  });
}

function firstSentence(text: string): string {
  return /^[\s\S]*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}

/** Inside of a link there can be no other. */
function withoutLinks({ html: text }: Html): string {
  return text.replaceAll(/<\/?a\b[^>]*>/g, "");
}

export type GuideInput = {
  readonly project: string;
  readonly guide: Guide;
  readonly guides: readonly Guide[];
  /** The life of a recording, as SVG. */
  readonly diagram: string;
};

export function guidePage({ project, guide, guides, diagram }: GuideInput): string {
  return page(project, {
    name: "guides",
    path: `${guide.name}.html`,
    title: guide.title,
    lead: html`<p class="lead">${inline(guide.lead)}</p>`,
    body: html`<div class="guide"><div class="guide-text">${guideBody(guide, {}, { diagram })}</div>
<aside class="guide-list"><nav aria-label="Guides"><ul>${guides.map(
      (one) =>
        html`<li><a href="${one.name}.html"${one === guide && html` aria-current="page"`}>${one.title}</a>${one === guide && contents(one)}</li>`,
    )}</ul></nav></aside></div>`,
  });
}

function contents({ sections }: Guide): Html {
  return html`<ul>${sections.map(({ heading, anchor }) => html`<li><a href="#${anchor}">${inline(heading)}</a></li>`)}</ul>`;
}
