import type MarkdownIt from "markdown-it";
import { anchorOf } from "../tool/doc-pages.ts";
import { code } from "./code.ts";
import { html } from "./html.ts";

/** How a page of the repository becomes one of the site; a description of the spec has none of this. */
export type PageSettings = {
  /** Headings get the anchors that links of the repository name. */
  readonly anchors?: boolean;
  /** What is drawn in the place of a Mermaid diagram. */
  readonly diagram?: string;
};

type Token = ReturnType<MarkdownIt["parse"]>[number];

/** Where a link of README.md or docs/ leads in the site; nothing if it is to a place of the repository that the site does not have. */
export function placeOf(href: string): string | undefined {
  if (/^(https?:|#)/.test(href)) return href;
  if (/^(\.\.\/)?openapi\/recording-status\.yaml$/.test(href)) return "openapi.yaml";
  const [, name, anchor = ""] = /^(?:docs\/|\.\.\/)?([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  if (name === undefined || name === name.toUpperCase()) return name === "README" ? `index.html${anchor}` : undefined;
  return `${name}.html${anchor}`;
}

/** Links lead to pages of the site, or become plain text. */
export function links(tokens: readonly Token[]): void {
  for (const { children } of tokens) {
    let lost = false;
    for (const token of children ?? []) {
      if (token.type === "link_open") {
        const target = placeOf(token.attrGet("href") ?? "");
        lost = target === undefined;
        if (target !== undefined) token.attrSet("href", target);
      }
      // A token without a tag and with no content renders as nothing.
      if (lost && /^link_(open|close)$/.test(token.type)) token.type = "text";
    }
  }
}

export function anchors(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries())
    if (token.type === "heading_open") token.attrSet("id", anchorOf(tokens[index + 1]?.content ?? ""));
}

/** A table as `table` of page.ts makes it: its rows are cards in a narrow window, each cell under the name of its column. */
export function tables(tokens: readonly Token[]): void {
  let heads: string[] = [];
  let column = 0;
  for (const [index, token] of tokens.entries()) {
    const role = roles[token.type];
    if (role !== undefined) token.attrSet("role", role);
    if (token.type === "table_open") heads = [];
    if (token.type === "tr_open") column = 0;
    if (token.type === "th_open") heads.push((tokens[index + 1]?.content ?? "").replaceAll("`", ""));
    if (token.type === "td_open") {
      // The first names the row.
      if (column === 0) nameRow(token, tokens[index + 2]);
      else token.attrSet("data-label", heads[column] ?? "");
      column++;
    }
  }
}

const roles: Readonly<Record<string, string>> = {
  thead_open: "rowgroup",
  tbody_open: "rowgroup",
  tr_open: "row",
  th_open: "columnheader",
  td_open: "cell",
};

function nameRow(open: Token, close: Token | undefined): void {
  open.attrSet("role", "rowheader");
  open.attrSet("scope", "row");
  open.tag = "th";
  if (close !== undefined) close.tag = "th";
}

/** Code in colour, diagrams drawn. */
export function fence({ info, content }: Token, { diagram }: PageSettings): string {
  const [language = ""] = info.trim().split(/\s+/);
  if (language === "mermaid" && diagram !== undefined) return `<figure>${diagram}</figure>\n`;
  if (["ts", "js", "json"].includes(language)) return `${code(content).html}\n`;
  return `${html`<pre tabindex="0"><code>${content.trimEnd()}</code></pre>`.html}\n`;
}
