import markdownIt from "markdown-it";
import { type Html, html, raw } from "./html.ts";
import { anchors, fence, links, type PageSettings, tables } from "./markdown-rules.ts";

// No HTML from the source, and no images: a page must ask for nothing from elsewhere.
const markdown = markdownIt({ html: false, linkify: false, typographer: false }).disable("image");

markdown.core.ruler.push("links", ({ tokens }) => links(tokens));
markdown.core.ruler.push("tables", ({ tokens }) => tables(tokens));
markdown.core.ruler.push("anchors", ({ tokens, env }) => {
  if ((env as PageSettings).anchors === true) anchors(tokens);
});
markdown.renderer.rules.fence = (tokens, index, _, env: PageSettings) => {
  const token = tokens[index];
  return token === undefined ? "" : fence(token, env);
};
// Wide tables scroll in a box of their own.
markdown.renderer.rules.table_open = () =>
  '<div class="scroll" role="region" aria-label="Table" tabindex="0"><table class="rows" role="table">\n';
markdown.renderer.rules.table_close = () => "</table></div>\n";

/** Markdown as blocks: paragraphs, lists, tables, code. */
export function blocks(text: string, settings: PageSettings = {}): Html {
  return raw(markdown.render(text, settings));
}

/** Markdown inside a line. */
export function inline(text: string): Html {
  return raw(markdown.renderInline(text));
}

/** A description of the spec: its `Source: …` at the end, set apart in small type. */
export function description(text: string): Html {
  const { body, source } = splitSource(text);
  return html`${blocks(body)}${source !== undefined && html`<p class="source">${inline(source)}</p>`}`;
}

/** The same, in one line: for tables and captions. */
export function shortDescription(text: string): Html {
  const { body, source } = splitSource(text);
  return html`${inline(body)}${source !== undefined && html` <span class="source">${inline(source)}</span>`}`;
}

/** The last `Source:`, if nothing but its own paragraph follows it. */
function splitSource(text: string): { body: string; source?: string } {
  const [, body, source] = /^([\s\S]*\s)(Source:(?:(?!\n\s*\n)[\s\S])*)$/.exec(text.trim()) ?? [];
  return body === undefined || source === undefined ? { body: text } : { body, source };
}
