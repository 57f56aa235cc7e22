import { type Html, html } from "./html.ts";

/** The pages of the site, in the order of the navigation; paths from the site's root. */
export const pages = {
  overview: { path: "index.html", name: "Overview" },
  guides: { path: "guides.html", name: "Guides" },
  reference: { path: "reference.html", name: "API reference" },
  errors: { path: "errors.html", name: "Errors" },
  clouds: { path: "clouds.html", name: "Clouds" },
  typescript: { path: "typescript/index.html", name: "TypeScript" },
} as const;

export type PageName = keyof typeof pages;

/**
 * What a page may ask for: nothing beyond its own origin, whatever a description of the spec holds. Scripts and styles are files of the
 * site. (`'self'` covers files in Chromium, but not in every browser: so nothing that is loaded from a file depends on it.)
 */
export const contentPolicy =
  "connect-src 'self' data:; img-src data:; font-src data:; media-src 'none'; frame-src 'none'; object-src 'none'; form-action 'none'; base-uri 'none'";

type Page = {
  /** The entry of the navigation that leads to it, or near it. */
  readonly name: Exclude<PageName, "typescript">;
  /** Where it stands, if not where that entry leads. */
  readonly path?: string;
  readonly title: string;
  readonly lead: Html;
  readonly body: Html;
  /** More for the head: styles of this page only. */
  readonly head?: Html;
};

/** A whole page. */
export function page(project: string, { name, path = pages[name].path, title, lead, body, head }: Page): string {
  const { html: text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<title>${name === "overview" ? project : `${title} · ${project}`}</title>
<link rel="icon" href="data:,">
${head}
<link rel="stylesheet" href="assets/top.css">
<link rel="stylesheet" href="assets/site.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${navigation(project, name, "", path)}
<main id="main" class="page-${name}">
<header class="hero">
<h1>${title}</h1>
${lead}
</header>
${body}
</main>
<footer class="bottom"><p>Made by <code>npm run docs</code> from <code>openapi/recording-status.yaml</code>, <code>README.md</code>, <code>docs/</code> and the code. It asks for nothing from the network.</p></footer>
</body>
</html>
`;
  return text;
}

/** The bar at the top of every page, those of TypeDoc included; `up` leads from the page to the site's root, `here` from there to the page. */
export function navigation(project: string, current: PageName, up: string, here: string = pages[current].path): Html {
  const links = Object.entries(pages).map(([name, { path, name: label }]) => {
    const mark = name === current && html` aria-current="${path === here ? "page" : "true"}"`;
    return html`<li><a href="${up}${path}"${mark}>${label}</a></li>`;
  });
  return html`<header class="site-top"><a class="site-brand" href="${up}${pages.overview.path}"><span class="site-dot" aria-hidden="true"></span>${project}</a>
<nav aria-label="Site"><ul>${links}</ul></nav></header>`;
}

/** A row of a table; its first cell names it. */
export type Row = { readonly id?: string; readonly cells: readonly Html[] };

/**
 * A table in a box that scrolls by itself. In a narrow window its rows become cards, each cell under the name of its column; the roles
 * keep it a table for a screen reader then.
 */
export function table(label: string, heads: readonly string[], rows: readonly Row[]): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table class="rows" role="table">
<thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
    ({
      id,
      cells: [name, ...cells],
    }) => html`<tr role="row"${id !== undefined && html` id="${id}"`}><th scope="row" role="rowheader">${name}</th>${cells.map(
      (cell, index) => html`<td role="cell" data-label="${heads[index + 1]}">${cell}</td>`,
    )}</tr>
`,
  )}</tbody>
</table></div>`;
}
