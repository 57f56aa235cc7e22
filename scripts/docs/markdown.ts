import markdownIt from "markdown-it";
import { type Html, html, raw } from "./html.ts";

/** Where the sections of README.md stand in the site; a link to any other place of the repository becomes plain text. */
const places: Readonly<Record<string, string>> = {
  "#clouds": "clouds.html",
  "#errors": "errors.html",
  "#communications-codes": "errors.html#communications-codes",
};

// No HTML from the source, and no images: a page must ask for nothing from elsewhere.
const markdown = markdownIt({ html: false, linkify: false, typographer: false }).disable("image");

markdown.core.ruler.push("places", ({ tokens }) => {
  for (const { children } of tokens) {
    let lost = false;
    for (const token of children ?? []) {
      if (token.type === "link_open") {
        const href = token.attrGet("href") ?? "";
        const target = /^https?:/.test(href) ? href : places[href];
        lost = target === undefined;
        if (target !== undefined) token.attrSet("href", target);
      }
      // A token without a tag and with no content renders as nothing.
      if (lost && /^link_(open|close)$/.test(token.type)) token.type = "text";
    }
  }
});
// Wide tables scroll in a box of their own.
markdown.renderer.rules.table_open = () => '<div class="scroll" role="region" aria-label="Table" tabindex="0"><table>\n';
markdown.renderer.rules.table_close = () => "</table></div>\n";

/** Markdown as blocks: paragraphs, lists, tables. */
export function blocks(text: string): Html {
  return raw(markdown.render(text));
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
