import { readFileSync } from "node:fs";
import { BadInput } from "../tool/bad-input.ts";
import { anchorOf, docPages } from "../tool/doc-pages.ts";
import { type Html, html } from "./html.ts";
import { blocks, inline } from "./markdown.ts";
import type { PageSettings } from "./markdown-rules.ts";

/** A page of docs/. */
export type Guide = {
  /** Its file there, without the ending; in the site too. */
  readonly name: string;
  readonly title: string;
  /** Its first paragraph, markdown. */
  readonly lead: string;
  /** What follows that, before the first section. */
  readonly before: string;
  readonly sections: readonly Section[];
};
export type Section = { readonly heading: string; readonly anchor: string; readonly text: string };

/** From what everybody needs to what is looked up. A page that is not here follows after them. */
const order = ["recording", "attempts", "notifications", "crashes", "testing", "recipes", "cli", "errors", "options", "clouds", "parts"];
/** Names that other pages of the site have. */
const taken = ["index", "reference", "guides"];

/** Every page of docs/, in the order of reading. */
export function readGuides(root: string): Guide[] {
  const found = docPages(root).flatMap((path) => /^docs\/(.+)\.md$/.exec(path)?.[1] ?? []);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return found.toSorted((a, b) => place(a) - place(b)).map((name) => readGuide(name, readFileSync(`${root}docs/${name}.md`, "utf8")));
}

function readGuide(name: string, source: string): Guide {
  if (taken.includes(name)) throw new BadInput(`docs/${name}.md: the site has another page of that name.`);
  const [, title, rest = ""] = /^# (.+)\n([\s\S]*)$/.exec(source.replaceAll("\r\n", "\n")) ?? [];
  if (title === undefined) throw new BadInput(`docs/${name}.md does not begin with its title: "# …".`);
  // What only marks a place for a program; no other HTML comes through.
  const [begin = "", ...parts] = splitSections(rest.replaceAll(/^<!--.*-->\n/gm, ""));
  const [lead = "", ...before] = begin.trim().split(/\n{2,}/);
  const sections = parts.map((part) => {
    const [, heading = "", text = ""] = /^## (.+)\n([\s\S]*)$/.exec(part) ?? [];
    return { heading, anchor: anchorOf(heading), text };
  });
  return { name, title, lead, before: before.join("\n\n"), sections };
}

/** At each `## `, but not inside of code. */
function splitSections(text: string): string[] {
  const parts: string[][] = [[]];
  let inCode = false;
  for (const line of text.split("\n")) {
    if (line.startsWith("```")) inCode = !inCode;
    if (!inCode && line.startsWith("## ")) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts.map((lines) => lines.join("\n"));
}

/** What the site knows better than the file: it takes the place of the table in a section, or stands at its end. */
export type Richer = Readonly<Record<string, Html>>;

/** A guide's sections as they are shown. */
export function guideBody(guide: Guide, richer: Richer = {}, settings: PageSettings = {}): Html {
  const lost = Object.keys(richer).find((anchor) => !guide.sections.some((section) => section.anchor === anchor));
  if (lost !== undefined) throw new BadInput(`docs/${guide.name}.md has no section #${lost}: the docs show more there.`);
  const show = (text: string) => html`<div class="prose wide">${blocks(text, { ...settings, anchors: true })}</div>`;
  const body = ({ anchor, text }: Section) => {
    const better = richer[anchor];
    if (better === undefined) return show(text);
    const [before = "", after = ""] = text.split(/(?:^\|.*\n)+/m);
    return html`${show(before)}${better}${after.trim() !== "" && show(after)}`;
  };
  return html`${guide.before !== "" && show(guide.before)}
${guide.sections.map(
  (section) => html`<section aria-labelledby="${section.anchor}"><h2 id="${section.anchor}">${inline(section.heading)}</h2>
${body(section)}</section>
`,
)}`;
}
