/** Text that is HTML already; everything else is escaped on its way in. */
export type Html = { readonly html: string };
type Value = Html | string | number | false | null | undefined | readonly Value[];

/** Builds HTML. Values are escaped unless they came from here; lists are joined, `false` and nothing leave no trace. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return raw(strings.map((text, index) => text + show(values[index])).join(""));
}

/** Marks text as HTML: only for what a renderer made of text that it escaped itself. */
export function raw(text: string): Html {
  return { html: text };
}

function show(value: Value): string {
  if (value === undefined || value === null || value === false) return "";
  if (typeof value === "string" || typeof value === "number") return escapeText(`${value}`);
  return "html" in value ? value.html : value.map(show).join("");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** JSON for a `<script type="application/json">`: no text in it can end the element. */
export function embedJson(value: unknown): Html {
  return raw(JSON.stringify(value).replaceAll("<", "\\u003c"));
}
